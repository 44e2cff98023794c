#!/usr/bin/env bash
# Whether a text that is no number is one to the function to_number() of JMESPath, with which amounts are taken out of answers of interfaces.
#
# Versions: jmespath 1.1.0 (Python), jmespath 0.16.0 and @jmespath-community/jmespath 1.3.0 (JavaScript).
# Input: to_number(@) of "1200", "", "0x10", "Infinity", "nan" (which is somebody's first name), "1_2" (two houses), "012"; and [?a > `5`].a over
#        the amounts 6, "7" and null.
# Expected: 1200, and null for the others, as no JSON number is written so (JMESPath specification, built-in functions, to_number); [6], as an order
#           is one of numbers alone and anything else makes the comparison null (the same, filter expressions).
# Seen: each JavaScript library takes an amount that nobody has filled in for 0, and hexadecimal and infinite ones for numbers. Python takes what its own
#       float() does: infinity, "not a number" and twelve for the two houses. All read 012 as 12. The filter is an error in Python as soon as one
#       of the amounts is a text, and finds "7" in the older of the JavaScript libraries.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
./venv/bin/pip install --quiet jmespath==1.1.0
npm install --silent --no-fund --no-audit jmespath@0.16.0 @jmespath-community/jmespath@1.3.0 > npm.log 2>&1

cat > ask.py << 'PYTHON'
import jmespath

texts = ["1200", "", "0x10", "Infinity", "nan", "1_2", "012"]
found = [str(jmespath.search("to_number(@)", each)) for each in texts]
try:
    filtered = jmespath.search("[?a > `5`].a", [{"a": 6}, {"a": "7"}, {"a": None}])
except TypeError:
    filtered = "TypeError"
print("Python:", *found, "|", filtered)
PYTHON
cat > ask.mjs << 'JAVASCRIPT'
import older from "jmespath";
import { search } from "@jmespath-community/jmespath";
const texts = ["1200", "", "0x10", "Infinity", "nan", "1_2", "012"];
const amounts = [{ a: 6 }, { a: "7" }, { a: null }];
for (const [name, ask] of [["jmespath", (rule, data) => older.search(data, rule)], ["community", (rule, data) => search(data, rule)]]) {
  console.log(`${name}:`, ...texts.map((each) => String(ask("to_number(@)", each))), "|", JSON.stringify(ask("[?a > `5`].a", amounts)));
}
JAVASCRIPT

seen="$(./venv/bin/python ask.py; NODE_OPTIONS= node ask.mjs)"
printf '%s\n' "$seen"
[ "$seen" = 'Python: 1200 None None inf nan 12 12 | TypeError
jmespath: 1200 0 16 Infinity null null 12 | [6,"7"]
community: 1200 0 16 Infinity null null 12 | [6]' ] || exit 1
