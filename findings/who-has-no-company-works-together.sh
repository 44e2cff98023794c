#!/usr/bin/env bash
# What a library that asks lists of records in SQL answers where there are nulls and texts among them.
#
# Version: alasql 4.19.1 (JavaScript); SQLite beside it, from Python.
# Input: two people of no company, and one of Acme, joined with each other by company; the first and the last of three days (texts, 2026-03-04);
#        the sum of 0.5, "4.25" and 2, of which one is a text, as CSV files hold them; deals by amount, of which one is null.
# Expected: nobody works with anybody, as null equals nothing in SQL (ISO 9075, 8.2); the days; 6.75, or an error; null at one end.
# Seen: SQLite does so. To alasql null equals null in a join, though not in a condition, so that all who have no company are colleagues; the
#       least and the greatest of texts are not there at all, and no error; the sum is 2, that of what stands behind the text; and null is
#       nought in the order, in the middle between losses and gains.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

npm install --silent --no-fund --no-audit alasql@4.19.1 > npm.log 2>&1

cat > rows.json << 'JSON'
{"people": [{"name": "Ada", "company": null}, {"name": "Alan", "company": 1}, {"name": "Grace", "company": null}],
 "meetings": [{"day": "2026-11-01"}, {"day": "2026-03-04"}, {"day": "2026-07-15"}],
 "amounts": [{"amount": 0.5}, {"amount": "4.25"}, {"amount": 2}],
 "deals": [{"title": "loss", "worth": -5}, {"title": "open", "worth": null}, {"title": "gain", "worth": 3}]}
JSON
cat > asked << 'SQL'
SELECT a.name AS one, b.name AS other FROM people AS a JOIN people AS b ON a.company = b.company WHERE a.name < b.name
SELECT name FROM people WHERE company = company ORDER BY name
SELECT MIN(day) AS first, MAX(day) AS last_day FROM meetings
SELECT SUM(amount) AS s FROM amounts
SELECT title FROM deals ORDER BY worth
SQL

cat > ask.cjs << 'JAVASCRIPT'
const { readFileSync } = require("node:fs");
const alasql = require("alasql");
for (const [name, rows] of Object.entries(JSON.parse(readFileSync("rows.json")))) {
  alasql(`CREATE TABLE ${name}`);
  alasql.tables[name].data = rows;
}
for (const sql of readFileSync("asked", "utf8").trim().split("\n")) console.log(JSON.stringify(alasql(sql).map(Object.values)));
JAVASCRIPT

cat > ask.py << 'PYTHON'
import json
import sqlite3
from pathlib import Path

base = sqlite3.connect(":memory:")
for name, rows in json.loads(Path("rows.json").read_text()).items():
    base.execute(f"CREATE TABLE {name} ({', '.join(rows[0])})")
    base.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * len(rows[0]))})", [tuple(row.values()) for row in rows])
for sql in Path("asked").read_text().splitlines():
    print(json.dumps(base.execute(sql).fetchall(), separators=(",", ":")))
PYTHON

seen="$(paste -d'|' <(TZ=UTC NODE_OPTIONS= node ask.cjs) <(python3 ask.py))"
printf 'alasql|SQLite\n%s\n' "$seen"
[ "$seen" = '[["Ada","Grace"]]|[]
[["Alan"]]|[["Alan"]]
[[null,null]]|[["2026-03-04","2026-11-01"]]
[[2]]|[[6.75]]
[["loss"],["open"],["gain"]]|[["open"],["loss"],["gain"]]' ] || exit 1
