#!/usr/bin/env bash
# Whether the numbers of French companies' offices (SIRET) are valid to the libraries that check them.
#
# Versions: siret 1.0.1 (JavaScript), python-stdnum 2.2.
# Input: 732 829 320 00074, as the rule has it; and two of La Poste (SIREN 356 000 000): 356 000 000 00048, its seat, and 356 000 000 49837, an office.
# Expected: all valid. The check is Luhn's, but for La Poste's offices, of which there are too many for it: the sum of their digits can be divided by
#           five (INSEE; that of the last is 45).
# Seen: python-stdnum says so. To siret the office is wrong, though the company and its seat are right: an offer to one of its offices
#       cannot be filed.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
./venv/bin/pip install --quiet python-stdnum==2.2
npm install --silent --no-fund --no-audit siret@1.0.1 > npm.log 2>&1

cat > ask.mjs << 'JAVASCRIPT'
import library from "siret";
const numbers = ["73282932000074", "35600000000048", "35600000049837"];
console.log("siret:", library.isSIREN("356000000"), "|", ...numbers.map((each) => library.isSIRET(each)));
JAVASCRIPT

seen="$(./venv/bin/python -c '
from stdnum.fr import siren, siret
numbers = ["73282932000074", "35600000000048", "35600000049837"]
print("stdnum:", siren.is_valid("356000000"), "|", *map(siret.is_valid, numbers))'; NODE_OPTIONS= node ask.mjs)"
printf '%s\n' "$seen"
[ "$seen" = "stdnum: True | True True True
siret: true | true true false" ] || exit 1
