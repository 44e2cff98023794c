#!/usr/bin/env bash
# What three readers of American addresses make of house numbers that are more than a number.
#
# Versions: pyap 0.3.1, usaddress 0.5.16 (Python); parse-address 1.1.2 (JavaScript).
# Input: "12 1/2 Main St, Troy, NY 12180", "N6W23001 Bluemound Rd, Waukesha, WI 53188", "100 Main St, St. Louis, MO 63101".
# Expected: 12 1/2, N6W23001 (a number of the grid around Milwaukee), and the town St. Louis; or nothing, where it is not known.
# Seen: usaddress says so. pyap finds the house number 2, then 23001, which are other houses, and the town Louis on "Main St" St.;
#       its whole address begins with the wrong number. parse-address has the grid and the town right, and says 12 for 12 1/2.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
./venv/bin/pip install --quiet --no-compile pyap==0.3.1 usaddress==0.5.16
npm install --silent --no-fund --no-audit parse-address@1.1.2 > npm.log 2>&1

printf '%s\n' '12 1/2 Main St, Troy, NY 12180' 'N6W23001 Bluemound Rd, Waukesha, WI 53188' '100 Main St, St. Louis, MO 63101' > addresses.txt

cat > read.py << 'PYTHON'
from pathlib import Path

import pyap
import usaddress

for text in Path("addresses.txt").read_text().splitlines():
    found = pyap.parse(text, country="US")[0]
    print("pyap         ", found.street_number, "|", found.street_name, "|", found.city)
    parts = usaddress.tag(text)[0]
    number = f"{parts['AddressNumber']} {parts.get('AddressNumberSuffix', '')}".strip()
    print("usaddress    ", number, "|", parts["StreetName"], "|", parts["PlaceName"])
PYTHON

cat > read.cjs << 'JAVASCRIPT'
const { readFileSync } = require("node:fs");
const { parseLocation } = require("parse-address");
for (const text of readFileSync("addresses.txt", "utf8").trim().split("\n")) {
  const found = parseLocation(text);
  console.log("parse-address", found.number, "|", found.street, "|", found.city);
}
JAVASCRIPT

seen="$(./venv/bin/python -W ignore read.py; NODE_OPTIONS= node read.cjs)"
printf '%s\n' "$seen"
[ "$seen" = 'pyap          2 | Main | Troy
usaddress     12 1/2 | Main | Troy
pyap          23001 | Bluemound | Waukesha
usaddress     N6W23001 | Bluemound | Waukesha
pyap          100 | Main St | Louis
usaddress     100 | Main | St. Louis
parse-address 12 | Main | Troy
parse-address N6W23001 | Bluemound | Waukesha
parse-address 100 | Main | St Louis' ] || exit 1
