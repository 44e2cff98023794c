#!/usr/bin/env bash
# What a library that reads prices makes of Swiss thousands and of a price below one with three decimals.
#
# Version: price-parser 0.5.1.
# Input: "CHF 1'234.50" and "CHF 1’234.50" (U+2019, which Swiss style guides and the CLDR data for de-CH prescribe);
#        "0,999 €" and "1234.567 EUR", neither of which any grouping of thousands can write.
# Expected: 1234.50 twice; 0.999 and 1234.567.
# Seen: the typographic apostrophe ends the number: 1, with the right currency and no error. A separator with three
#       digits behind it is always one of thousands: 999, and 1234567.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
./venv/bin/pip install --quiet price-parser==0.5.1

cat > read.py << 'PYTHON'
from price_parser import Price

for text in ("CHF 1'234.50", "CHF 1\u2019234.50", "0,999 \u20ac", "1234.567 EUR"):
    price = Price.fromstring(text)
    print(price.amount, price.currency)
PYTHON

read="$(PYTHONIOENCODING=utf-8 ./venv/bin/python read.py)"
printf '%s\n' "$read"
[ "$read" = $'1234.50 CHF\n1 CHF\n999 €\n1234567 EUR' ] || exit 1
