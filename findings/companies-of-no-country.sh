#!/usr/bin/env bash
# Whether VAT numbers that companies have today are valid to two libraries.
#
# Versions: jsvat 2.5.4 (JavaScript), python-stdnum 2.2.
# Input: numbers with the right check digits: a Belgian one that begins with 1, as newer ones do (1000.000.021), and one
#        of Northern Ireland (XI, since 2021); an older Belgian one and a Dutch one of the form of 2020 beside them.
# Expected: all valid, or not known.
# Seen: python-stdnum says so. To jsvat the Belgian one has a known form and is wrong, and XI is no country; the Dutch one is right.
#       A new company cannot be told from a slip of the pen.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
./venv/bin/pip install --quiet python-stdnum==2.2
npm install --silent --no-fund --no-audit jsvat@2.5.4 > npm.log 2>&1

cat > check.cjs << 'JAVASCRIPT'
const { checkVAT, countries } = require("jsvat");
for (const number of process.argv.slice(2)) {
  const { isValid, country } = checkVAT(number, countries);
  console.log(number, "jsvat", isValid, country?.isoCode.short ?? "no country");
}
JAVASCRIPT

numbers=(BE0428759497 BE1000000021 XI110305878 NL000099998B57)
seen="$(NODE_OPTIONS= node check.cjs "${numbers[@]}"
./venv/bin/python -c "import sys; from stdnum.eu import vat; print('stdnum', *map(vat.is_valid, sys.argv[1:]))" "${numbers[@]}")"
printf '%s\n' "$seen"
[ "$seen" = "BE0428759497 jsvat true BE
BE1000000021 jsvat false BE
XI110305878 jsvat false no country
NL000099998B57 jsvat true NL
stdnum True True True True" ] || exit 1
