#!/usr/bin/env bash
# What a common reader of CSV files makes of headings with a dot in them, as German and French exports abbreviate.
#
# Version: csvtojson 2.0.14 (JavaScript).
# Input: "Name,Tel,Tel. privat", and "Name,Tel. privat,Tel"; one person, two numbers.
# Expected: two numbers, under the two headings, or, as its manual has dots in a heading, one of them inside of an object.
# Seen: the dot makes an object under Tel, which takes the place of the number that stands there, or is overwritten by it: in both
#       orders the number of the first of the two columns is gone, and nothing says so. flatKeys, which is off, keeps both.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

npm install --silent --no-fund --no-audit csvtojson@2.0.14 > npm.log 2>&1

cat > read.cjs << 'JAVASCRIPT'
const csv = require("csvtojson");
const tables = ["Name,Tel,Tel. privat\nAda,0201,0202\n", "Name,Tel. privat,Tel\nAda,0202,0201\n"];
(async () => {
  for (const options of [{}, { flatKeys: true }])
    for (const table of tables) console.log(JSON.stringify((await csv(options).fromString(table))[0]));
})();
JAVASCRIPT

read="$(NODE_OPTIONS= node read.cjs)"
printf '%s\n' "$read"
[ "$read" = '{"Name":"Ada","Tel":{" privat":"0202"}}
{"Name":"Ada","Tel":"0201"}
{"Name":"Ada","Tel":"0201","Tel. privat":"0202"}
{"Name":"Ada","Tel. privat":"0202","Tel":"0201"}' ] || exit 1
