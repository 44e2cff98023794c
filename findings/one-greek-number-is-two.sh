#!/usr/bin/env bash
# Whether a company's VAT number is the same however its country is written, so that companies can be told apart by it.
#
# Version: python-stdnum 2.2.
# Input: one valid Greek number, with the prefix that the Union gives Greece (EL) and with the country's ISO code (GR).
# Expected: both valid and of one compact form, since compact() is there to compare numbers by; or GR refused.
# Seen: both are valid, and the compact forms are two: EL094259216 and GR094259216.  Who looks companies up by the compact form
#       finds none, and makes another one.  The country that is guessed for the bare digits is gr, and never el.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv v
./v/bin/pip install --quiet "python-stdnum==2.2"

./v/bin/python - <<'PY'
from stdnum.eu import vat

union, iso = "EL 094259216", "GR 094259216"
print({each: (vat.is_valid(each), vat.compact(each)) for each in (union, iso)}, vat.guess_country("094259216"))
assert vat.is_valid(union) and vat.is_valid(iso)
assert (vat.compact(union), vat.compact(iso)) == ("EL094259216", "GR094259216")
assert vat.guess_country("094259216") == ["gr"]
PY
