#!/usr/bin/env bash
# Which prices are whole cents to libraries that check JSON by a schema.
#
# Versions: jsonschema 4.26.0, fastjsonschema 2.22.3 (Python); ajv 8.20.0, @cfworker/json-schema 4.1.6 (JavaScript).
# Input: all prices from 0.00 to 99.99 and {"multipleOf": 0.01}, as descriptions of interfaces have it for amounts.
# Expected: none of the 10 000 is refused: JSON's numbers are decimal, and each divided by 0.01 is an integer (JSON Schema, Validation,
#           6.2.1); or all libraries refuse the same ones.
# Seen: jsonschema and ajv refuse 1363, 0.07, 0.14 and 19.99 among them, as the binary number next to 19.99 divided by that next to 0.01
#       is 1998.9999999999998. fastjsonschema and @cfworker/json-schema refuse none. So an amount that one side has checked
#       is an error to the other. ajv has an option for it (multipleOfPrecision), which is off.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
./venv/bin/pip install --quiet jsonschema==4.26.0 fastjsonschema==2.22.3
npm install --silent --no-fund --no-audit ajv@8.20.0 @cfworker/json-schema@4.1.6 > npm.log 2>&1

cat > check.py << 'PYTHON'
import fastjsonschema
import jsonschema


def accepts(price):
    try:
        return check(price) == price
    except fastjsonschema.JsonSchemaException:
        return False


schema = {"multipleOf": 0.01}
check = fastjsonschema.compile(schema)
validator = jsonschema.Draft202012Validator(schema)
prices = [number / 100 for number in range(10_000)]
refused = [price for price in prices if not validator.is_valid(price)]
print("jsonschema", len(refused), refused[:2], 19.99 in refused)
print("fastjsonschema", sum(not accepts(price) for price in prices))
PYTHON

cat > check.mjs << 'JAVASCRIPT'
import { Validator } from "@cfworker/json-schema";
import Ajv from "ajv/dist/2020.js";
const check = new Ajv.default({ strict: false }).compile({ multipleOf: 0.01 });
const other = new Validator({ multipleOf: 0.01 }, "2020-12");
const prices = Array.from({ length: 10000 }, (_, number) => number / 100);
const refused = prices.filter((price) => !check(price));
console.log("ajv", refused.length, JSON.stringify(refused.slice(0, 2)), refused.includes(19.99));
console.log("@cfworker/json-schema", prices.filter((price) => !other.validate(price).valid).length);
JAVASCRIPT

seen="$(./venv/bin/python -W ignore check.py; NODE_OPTIONS= node check.mjs)"
printf '%s\n' "$seen"
[ "$seen" = 'jsonschema 1363 [0.07, 0.14] True
fastjsonschema 0
ajv 1363 [0.07,0.14] true
@cfworker/json-schema 0' ] || exit 1
