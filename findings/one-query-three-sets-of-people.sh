#!/usr/bin/env bash
# Whether one query that a person has put together in a query builder finds the same companies in each language it is written out in.
#
# Versions: @react-querybuilder/core 8.24.1, json-logic-js 2.0.5, mingo 7.2.7 (MongoDB's queries in memory), sqlite from Python.
# Input: companies whose name contains "100%", "A_1", "St. A", "(UK)"; as JsonLogic, as a query of MongoDB and as SQL with parameters.
# Expected: those that have the characters in their name, in each language.
# Seen: JsonLogic does so. In SQL the value goes between % and % as it is, and so % and _ in it are wildcards: "100%" finds 1000 Miles, "A_1"
#       finds AB1. For MongoDB it is handed over as a regular expression, so that "St. A" finds Stu Abel, and "(UK)" is a group, which finds
#       UK Songs as well as Acme (UK). Who changes the store behind the page changes what is found.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

npm install --silent --no-fund --no-audit --legacy-peer-deps @react-querybuilder/core@8.24.1 json-logic-js@2.0.5 mingo@7.2.7 > npm.log 2>&1

cat > ask.mjs << 'JAVASCRIPT'
import { execFileSync } from "node:child_process";
import { formatQuery } from "@react-querybuilder/core";
import logic from "json-logic-js";
import { Query } from "mingo";
const names = ["100% Wool", "1000 Miles", "A_1", "AB1", "St. Agnes", "Stu Abel", "Acme (UK)", "UK Songs"];
const companies = names.map((name) => ({ name }));
const program = "import json, sqlite3, sys; names, sql, values = json.loads(sys.argv[1]); c = sqlite3.connect(':memory:'); " +
  "c.execute('create table t (name)'); c.executemany('insert into t values (?)', [[n] for n in names]); " +
  "print(json.dumps([r[0] for r in c.execute('select name from t where ' + sql, values)]))";
for (const value of ["100%", "A_1", "St. A", "(UK)"]) {
  const query = { combinator: "and", rules: [{ field: "name", operator: "contains", value }] };
  const { sql, params } = formatQuery(query, "parameterized");
  const rows = JSON.parse(execFileSync("python3", ["-c", program, JSON.stringify([names, sql, params])]));
  const mongo = new Query(formatQuery(query, "mongodb_query")).find(companies).all().map((each) => each.name);
  const rule = companies.filter((each) => logic.apply(formatQuery(query, "jsonlogic"), each)).map((each) => each.name);
  console.log([value, rule, mongo, rows].map((each) => (Array.isArray(each) ? each.join(", ") : each)).join(" | "));
}
JAVASCRIPT

seen="$(NODE_OPTIONS= node ask.mjs)"
printf 'asked for | JsonLogic | MongoDB | SQL\n%s\n' "$seen"
[ "$seen" = '100% | 100% Wool | 100% Wool | 100% Wool, 1000 Miles
A_1 | A_1 | A_1 | A_1, AB1
St. A | St. Agnes | St. Agnes, Stu Abel | St. Agnes
(UK) | Acme (UK) | Acme (UK), UK Songs | Acme (UK)' ] || exit 1
