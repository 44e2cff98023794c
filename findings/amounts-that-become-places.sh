#!/usr/bin/env bash
# What a library that describes tables makes of amounts with a decimal comma, as German and French exports have them.
#
# Version: frictionless 5.21.0.
# Input: company;amount with "1.234,50" and "2,00" under amount.
# Expected: a number with a decimal comma, or a text.
# Seen: the column is described as "geopoint" and read as places: [1.234, 50.0] and [2.0, 0.0], without an error. One
#       amount that is no place ("2.000,00", a longitude there is none of) makes it a text again.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
./venv/bin/pip install --quiet frictionless==5.21.0

printf 'company;amount\nAcme;1.234,50\nBeta;2,00\n' > small.csv
printf 'company;amount\nAcme;1.234,50\nBeta;2.000,00\nGamma;500,00\n' > large.csv

cat > read.py << 'PYTHON'
from frictionless import describe, extract

for name in ("small", "large"):
    kind = describe(f"{name}.csv").to_dict()["schema"]["fields"][1]["type"]
    print(kind, [row["amount"] for row in extract(f"{name}.csv")[name]])
PYTHON

read="$(./venv/bin/python read.py)"
printf '%s\n' "$read"
[ "$(printf '%s' "$read" | head -1)" = "geopoint [[1.234, 50.0], [2.0, 0.0]]" ] || exit 1
[ "$(printf '%s' "$read" | tail -1)" = "string ['1.234,50', '2.000,00', '500,00']" ] || exit 1
