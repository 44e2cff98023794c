#!/usr/bin/env bash
# How people are greeted by one rule in JsonLogic, which is there so that two sides can share rules.
#
# Versions: json-logic-js 2.0.5, json-logic-engine 5.0.7 (JavaScript); json-logic-qubit 0.9.1, jsonlogic-rs 0.5.0 (Python).
# Input: {"cat": ["Dear ", {"var": "first"}, " ", {"var": "middle"}, "!"]} for Ada, whose middle name is null; {"missing": ["email"]} for an address that is
#        empty; {"==": ["", 0]}, a field that was left alone beside 0; {"!!": [{}]}, an object without a property.
# Expected: one answer from all, that of json-logic-js, which JsonLogic's own pages run.
# Seen: json-logic-js greets "Dear Ada !", qubit "Dear Ada None!" and rs "Dear Ada null!". The empty address is missing to json-logic-js and qubit, and there
#       to the other two. "" is 0 to all but qubit. The empty object is true, and false to qubit and the engine: a rule that was tried in the
#       browser decides otherwise on the server.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
./venv/bin/pip install --quiet json-logic-qubit==0.9.1 jsonlogic-rs==0.5.0
npm install --silent --no-fund --no-audit json-logic-js@2.0.5 json-logic-engine@5.0.7 > npm.log 2>&1

cat > cases.json << 'JSON'
[[{"cat": ["Dear ", {"var": "first"}, " ", {"var": "middle"}, "!"]}, {"first": "Ada", "middle": null}],
 [{"missing": ["email"]}, {"email": ""}],
 [{"==": ["", 0]}, {}],
 [{"!!": [{}]}, {}]]
JSON
cat > ask.py << 'PYTHON'
import json

import jsonlogic_rs
from json_logic import jsonLogic

for name, apply in (("qubit", jsonLogic), ("rs", jsonlogic_rs.apply)):
    print(f"{name}:", *(json.dumps(apply(rule, data)) for rule, data in json.load(open("cases.json"))), sep=" | ")
PYTHON
cat > ask.mjs << 'JAVASCRIPT'
import { readFileSync } from "node:fs";
import { LogicEngine } from "json-logic-engine";
import logic from "json-logic-js";
const engine = new LogicEngine();
for (const [name, apply] of [["json-logic-js", logic.apply], ["engine", (rule, data) => engine.run(rule, data)]]) {
  console.log([`${name}:`, ...JSON.parse(readFileSync("cases.json")).map(([rule, data]) => JSON.stringify(apply(rule, data)))].join(" | "));
}
JAVASCRIPT

seen="$(NODE_OPTIONS= node ask.mjs; ./venv/bin/python -W ignore ask.py)"
printf '%s\n' "$seen"
[ "$seen" = 'json-logic-js: | "Dear Ada !" | ["email"] | true | true
engine: | "Dear Ada !" | [] | true | false
qubit: | "Dear Ada None!" | ["email"] | false | false
rs: | "Dear Ada null!" | [] | true | true' ] || exit 1
