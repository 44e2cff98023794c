#!/usr/bin/env bash
# How libraries write an amount just below a million in short.
#
# Versions: millify 0.1.1, numerize 0.12, humanize 4.17.0 (Python); millify 6.1.0, numeral 2.0.6, numbro 2.5.0 and Intl of Node (JavaScript).
# Input: 999,950 with one decimal, and 999,949 beside it.
# Expected: 999.9K, and 1M or 1.0 million: rounded to one decimal the larger one is 1,000.0 thousand, which is the next unit, as Intl.NumberFormat has it
#           with its compact form.
# Seen: humanize, numeral and millify for JavaScript say so. The namesake for Python, and numerize, choose the unit first and round then: 1000k, 1000K, which
#       is the largest of a column of amounts and looks like one of its thousands. numbro goes over to millions some amounts earlier, and has
#       1.0m for both.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
./venv/bin/pip install --quiet millify==0.1.1 numerize==0.12 humanize==4.17.0
npm install --silent --no-fund --no-audit millify@6.1.0 numeral@2.0.6 numbro@2.5.0 > npm.log 2>&1

cat > ask.py << 'PYTHON'
import humanize
from millify import millify
from numerize.numerize import numerize

for name, write in (
    ("millify (Python)", lambda amount: millify(amount, precision=1)),
    ("numerize", lambda amount: numerize(amount, 1)),
    ("humanize", lambda amount: humanize.intword(amount)),
):
    print(f"{name}: {write(999_949)} | {write(999_950)}")
PYTHON
cat > ask.mjs << 'JAVASCRIPT'
import millify from "millify";
import numbro from "numbro";
import numeral from "numeral";
const compact = new Intl.NumberFormat("en", { notation: "compact", maximumFractionDigits: 1 });
const kinds = {
  "millify (JavaScript)": (amount) => (millify.default ?? millify)(amount, { precision: 1 }),
  numeral: (amount) => numeral(amount).format("0.0a"),
  numbro: (amount) => numbro(amount).format({ average: true, mantissa: 1 }),
  Intl: (amount) => compact.format(amount),
};
for (const [name, write] of Object.entries(kinds)) console.log(`${name}: ${write(999949)} | ${write(999950)}`);
JAVASCRIPT

seen="$(./venv/bin/python -W ignore ask.py; NODE_OPTIONS= node ask.mjs)"
printf '%s\n' "$seen"
[ "$seen" = "millify (Python): 999.9k | 1000k
numerize: 999.9K | 1000K
humanize: 999.9 thousand | 1.0 million
millify (JavaScript): 999.9K | 1M
numeral: 999.9k | 1.0m
numbro: 1.0m | 1.0m
Intl: 999.9K | 1M" ] || exit 1
