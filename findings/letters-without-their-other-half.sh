#!/usr/bin/env bash
# Whether a letter is the same when a template in Handlebars is filled in by Python as when it is filled in by the language's own library.
#
# Versions: pybars3 0.9.7 (Python), "Handlebars.js templating for Python"; handlebars 4.7.10 (JavaScript).
# Input: {{#if phone}}call{{else if email}}write{{else}}wait{{/if}} for somebody with an address alone; {{tags}} for the list VIP, Fair; {{!-- }} --}}, a comment with
#        brackets in it, before "Dear Ada"; {{#if items}}…{{else}}none{{/if}} for a quote that has no field called items.
# Expected: write; VIP,Fair; Dear Ada; none - as Handlebars has it (its guide: chained conditionals with else if, comments of {{!-- --}} that may have }} in them).
# Seen: the words behind "else if" are left out and so is their condition: what is written is "wait", or nothing where there is no other else. The
#       list is written as Python has it, in quotation marks that are escaped for HTML; a piece of the comment is in the letter. The field that is not
#       there is taken for a method of Python's dict, which is an error; "values" and "keys" are, too.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
./venv/bin/pip install --quiet pybars3==0.9.7
npm install --silent --no-fund --no-audit handlebars@4.7.10 > npm.log 2>&1

cat > letters.json << 'JSON'
[["{{#if phone}}call{{else if email}}write{{else}}wait{{/if}}", {"email": "ada@example.com"}],
 ["{{tags}}", {"tags": ["VIP", "Fair"]}],
 ["{{!-- }} --}}Dear Ada", {}],
 ["{{#if items}}some{{else}}none{{/if}}", {"name": "Quote 7"}]]
JSON
cat > fill.py << 'PYTHON'
import json

from pybars import Compiler

found = []
for letter, record in json.load(open("letters.json")):
    try:
        found.append(str(Compiler().compile(letter)(record)))
    except TypeError as error:
        found.append(f"TypeError: {error}")
print("pybars3:", " | ".join(found))
PYTHON
cat > fill.mjs << 'JAVASCRIPT'
import { readFileSync } from "node:fs";
import handlebars from "handlebars";
console.log("handlebars:", JSON.parse(readFileSync("letters.json")).map(([letter, record]) => handlebars.compile(letter)(record)).join(" | "));
JAVASCRIPT

seen="$(NODE_OPTIONS= node fill.mjs; ./venv/bin/python -W ignore fill.py)"
printf '%s\n' "$seen"
[ "$seen" = "handlebars: write | VIP,Fair | Dear Ada | none
pybars3: wait | [&#x27;VIP&#x27;, &#x27;Fair&#x27;] |  --}}Dear Ada | TypeError: dict.items() takes no arguments (1 given)" ] || exit 1
