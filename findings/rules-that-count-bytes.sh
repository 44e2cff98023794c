#!/usr/bin/env bash
# Whether one condition in CEL, the Common Expression Language, in which rules of authorization and automation are written, is true of the same deals everywhere.
#
# Versions: cel-python 0.5.0, common-expression-language 0.10.0 (Python), cel-js 0.8.2 (JavaScript).
# Input: size(name) of Müller; amount == limit with the integer 10 and the float 10.0; amount == null for a deal with one; 7 / 2; 1 / 0 > 1 || true.
# Expected: 6, true, false, 3, true. CEL's language definition: size() of a string counts code points; numbers of different types are compared as on one line,
#           values of other types are not equal; integers are divided to an integer; || does not care about an error where the other side is true.
# Seen: cel-python refuses the second and the third, so that a rule about missing amounts fails where there is one. common-expression-language counts
#       bytes: 7 letters. cel-js divides to 3.5 and refuses the last. No two of them have the same five answers.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
./venv/bin/pip install --quiet cel-python==0.5.0 common-expression-language==0.10.0
npm install --silent --no-fund --no-audit cel-js@0.8.2 > npm.log 2>&1

cat > ask.py << 'PYTHON'
import cel
import celpy
from celpy.adapter import json_to_cel

rules = ["size(name)", "amount == limit", "amount == null", "7 / 2", "1 / 0 > 1 || true"]
deal = {"name": "Müller", "amount": 10, "limit": 10.0}
environment = celpy.Environment()


def by_celpy(rule):
    return environment.program(environment.compile(rule)).evaluate({name: json_to_cel(value) for name, value in deal.items()})


for name, ask in (("cel-python", by_celpy), ("common-expression-language", lambda rule: cel.evaluate(rule, deal))):
    found = []
    for rule in rules:
        try:
            found.append(str(ask(rule)).lower())
        except Exception:
            found.append("an error")
    print(f"{name}: {' | '.join(found)}")
PYTHON
cat > ask.mjs << 'JAVASCRIPT'
import { evaluate } from "cel-js";
const rules = ["size(name)", "amount == limit", "amount == null", "7 / 2", "1 / 0 > 1 || true"];
const deal = { name: "Müller", amount: 10, limit: 10.0 };
const found = rules.map((rule) => {
  try {
    return String(evaluate(rule, deal));
  } catch {
    return "an error";
  }
});
console.log(`cel-js: ${found.join(" | ")}`);
JAVASCRIPT

seen="$(./venv/bin/python -W ignore ask.py; NODE_OPTIONS= node ask.mjs)"
printf '%s\n' "$seen"
[ "$seen" = "cel-python: 6 | an error | an error | 3 | true
common-expression-language: 7 | true | false | 3 | true
cel-js: 6 | true | false | 3.5 | an error" ] || exit 1
