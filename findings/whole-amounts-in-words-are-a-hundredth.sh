#!/usr/bin/env bash
# What amount a library writes in words, as quotes and invoices have it, for a deal of 1234 and for one of 1234.5.
#
# Version: num2words 0.5.14.
# Input: 1234, 1234.0 and the text "1234" as euros (to="currency"), as JSON hands out an amount, with and without a fraction.
# Expected: one thousand, two hundred and thirty-four euro from each.
# Seen: an integer counts as cents and a float as euros, in every language: 1234 is "twelve euro, thirty-four cents", 1234.0 and
#       "1234" are a hundred times that. Python's json reads 1234 as an integer and 1234.5 as a float, so that round amounts are the
#       wrong ones.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
./venv/bin/pip install --quiet num2words==0.5.14

cat > words.py << 'PYTHON'
import json

from num2words import num2words

deals = json.loads('[{"amount": 1234}, {"amount": 1234.0}, {"amount": "1234"}]')
for amount in (deal["amount"] for deal in deals):
    print(repr(amount), "|", num2words(amount, to="currency", currency="EUR"))
print(num2words(1234, to="currency", currency="EUR", lang="fr"))
PYTHON

words="$(./venv/bin/python words.py)"
printf '%s\n' "$words"
[ "$words" = "1234 | twelve euro, thirty-four cents
1234.0 | one thousand, two hundred and thirty-four euro, zero cents
'1234' | one thousand, two hundred and thirty-four euro, zero cents
douze euros et trente-quatre centimes" ] || exit 1
