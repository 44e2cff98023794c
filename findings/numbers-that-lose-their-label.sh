#!/usr/bin/env bash
# What a JavaScript library for address cards (vCard) makes of a card as iPhones export it, and of a surname with a semicolon.
#
# Version: vcf 2.1.2; vobject 0.9.9 (Python) to read what it writes.
# Input: a card of version 4.0 with a number whose label is one's own (item1.TEL and item1.X-ABLabel), and the surname "Lovelace; King", whose
#        semicolon is escaped (RFC 6350, 3.4 and 6.2.2); read, shown as jCard and written again.
# Expected: the name of each line as it was; the first part of the name "Lovelace; King", as jCard has values without their escapes (RFC 7095, 3.4).
# Seen: the label is written as X-AB-LABEL, which is another property: who asks for X-ABLabel finds none, so that the number is unlabelled.
#       In jCard the name is cut at the escaped semicolon: the surname is "Lovelace\\" with the backslash, the first name "King", and the
#       person's own first name is a middle name. What is written has the name as it was.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
./venv/bin/pip install --quiet vobject==0.9.9
npm install --silent --no-fund --no-audit vcf@2.1.2 > npm.log 2>&1

sed 's/$/\r/' > ada.vcf << 'CARD'
BEGIN:VCARD
VERSION:4.0
FN:Ada Lovelace
N:Lovelace\; King;Ada;;;
item1.TEL:+49301234567
item1.X-ABLabel:Boat
END:VCARD
CARD

cat > again.cjs << 'JAVASCRIPT'
const { readFileSync, writeFileSync } = require("node:fs");
const Card = require("vcf");
const card = new Card().parse(readFileSync("ada.vcf", "utf8"));
writeFileSync("again.vcf", card.toString("4.0"));
console.log("jCard", JSON.stringify(card.get("n").toJSON()[3]));
JAVASCRIPT

cat > read.py << 'PYTHON'
from pathlib import Path

import vobject

for name in ("ada.vcf", "again.vcf"):
    card = vobject.readOne(Path(name).read_bytes().decode())
    labels = [line.value for line in card.lines() if line.name.upper() == "X-ABLABEL"]
    print(name, card.n.value.family, "|", card.n.value.given, "|", labels)
PYTHON

seen="$(NODE_OPTIONS= node again.cjs; ./venv/bin/python -W ignore read.py 2>/dev/null)"
printf '%s\n' "$seen"
[ "$seen" = 'jCard ["Lovelace\\"," King","Ada","","",""]
ada.vcf Lovelace; King | Ada | ['"'Boat'"']
again.vcf Lovelace; King | Ada | []' ] || exit 1
