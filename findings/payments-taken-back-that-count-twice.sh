#!/usr/bin/env bash
# What readers of a bank's statement (MT940) make of a payment that is taken back, and of a booking over the end of a year.
#
# Versions: mt-940 5.1.1 (Python); mt940-js 1.0.0 (which needs tslib without asking for it) and mt940js 1.3.5 (JavaScript).
# Input: a statement that opens with 1000, has a customer's 100 that came in (C), the same 100 taken back (RC) and 50 that were booked on 31 December and count
#        from 2 January (:61:2601021231C50,00), and closes with 1050.
# Expected: +100, -100, +50, which is what it closes with: RC is the reversal of a credit, and so a debit (SWIFT, MT940, field 61, subfield 3). The day of
#           booking has no year; 31 December beside 2 January is that of the year before.
# Seen: mt-940 has +100 for the payment that is taken back, so that the customer has paid twice, although it hands out the letters RC; its year is right.
#       mt940-js calls it a credit as well, the very same record as the payment itself, down to its id. mt940js has the three amounts. To both of
#       these the booking is of 31 December 2026, a year after it was made.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
./venv/bin/pip install --quiet mt-940==5.1.1
npm install --silent --no-fund --no-audit mt940-js@1.0.0 tslib@2.8.1 mt940js@1.3.5 > npm.log 2>&1
printf '%s\r\n' ':20:S1' ':25:12345/678' ':28C:1/1' ':60F:C260101EUR1000,00' ':61:2601020102C100,00NTRFREF' ':86:paid' \
  ':61:2601020102RC100,00NTRFREF' ':86:paid' ':61:2601021231C50,00NTRFREF' ':86:paid' ':62F:C260102EUR1050,00' '-' > statement.sta

cat > ask.py << 'PYTHON'
import mt940

for each in mt940.parse("statement.sta"):
    print("mt-940:", each.data["amount"].amount, each.data["status"], each.data["entry_date"])
PYTHON
cat > ask.mjs << 'JAVASCRIPT'
import { readFileSync } from "node:fs";
import newer from "mt940-js";
import older from "mt940js";
const bytes = readFileSync("statement.sta");
const read = (await newer.read(bytes))[0].transactions;
for (const each of read) console.log("mt940-js:", each.isCredit ? each.amount : -each.amount, each.entryDate, each.id === read[0].id);
for (const each of new older.Parser().parse(String(bytes))[0].transactions) console.log("mt940js:", each.amount, each.entryDate.toISOString().slice(0, 10));
JAVASCRIPT

seen="$(./venv/bin/python ask.py; TZ=UTC NODE_OPTIONS= node ask.mjs)"
printf '%s\n' "$seen"
[ "$seen" = "mt-940: 100.00 C 2026-01-02
mt-940: 100.00 RC 2026-01-02
mt-940: 50.00 C 2025-12-31
mt940-js: 100 2026-01-02 true
mt940-js: 100 2026-01-02 true
mt940-js: 50 2026-12-31 false
mt940js: 100 2026-01-02
mt940js: -100 2026-01-02
mt940js: 50 2026-12-31" ] || exit 1
