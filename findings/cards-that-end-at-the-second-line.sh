#!/usr/bin/env bash
# Whether an address card can be read that a library for QR codes puts into one.
#
# Versions: segno 1.6.6 (segno.helpers); read by vobject 0.9.9 (Python) and ical.js 2.2.1 (JavaScript).
# Input: Ada, with a note on two lines, of which the second is "Ask for Bea, please"; Ada with a note on one line; and Ada with the web address
#        https://example.com/map?at=51.5,0.1.
# Expected: both notes and the address. A line break in a value is written as \n (RFC 2426, 2.4.2 and 4), and a web address is no text, in which a comma would be
#           escaped (RFC 2426, 4: uri).
# Seen: the line break is written as one, so that the second line of the note stands in the card as a line of its own, which is none: vobject refuses the whole
#       card, and ical.js too. Commas in texts are escaped as they should be, and in the web address as well, where they should not, so
#       that ical.js, which is right about that, has a backslash in it.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
./venv/bin/pip install --quiet segno==1.6.6 vobject==0.9.9
npm install --silent --no-fund --no-audit ical.js@2.2.1 > npm.log 2>&1

cat > write.py << 'PYTHON'
import vobject
from segno import helpers

cards = {
    "two lines": helpers.make_vcard_data(name="Lovelace;Ada", displayname="Ada", memo="In the garden.\nAsk for Bea, please"),
    "one line": helpers.make_vcard_data(name="Lovelace;Ada", displayname="Ada", memo="Ask for Bea, please"),
    "address": helpers.make_vcard_data(name="Lovelace;Ada", displayname="Ada", url="https://example.com/map?at=51.5,0.1"),
}
for name, card in cards.items():
    with open(f"{name}.vcf", "w", newline="") as file:
        file.write(card)
    try:
        read = vobject.readOne(card)
    except vobject.base.ParseError as error:
        print(f"vobject, {name}: {str(error).split(':', 1)[1].strip()}")
    else:
        print(f"vobject, {name}:", getattr(read, "note", None) and read.note.value or read.url.value)
PYTHON
cat > read.mjs << 'JAVASCRIPT'
import { readFileSync } from "node:fs";
import ICAL from "ical.js";
for (const name of ["two lines", "one line", "address"]) {
  try {
    const found = ICAL.parse(readFileSync(`${name}.vcf`, "utf8"))[1].find((each) => ["note", "url"].includes(each[0]));
    console.log(`ical.js, ${name}:`, found[3]);
  } catch (error) {
    console.log(`ical.js, ${name}: ${error.name}`);
  }
}
JAVASCRIPT

seen="$(./venv/bin/python write.py; NODE_OPTIONS= node read.mjs)"
printf '%s\n' "$seen"
cat > expected << 'SEEN'
vobject, two lines: Failed to parse line: Ask for Bea\, please
vobject, one line: Ask for Bea, please
vobject, address: https://example.com/map?at=51.5,0.1
ical.js, two lines: ParserError
ical.js, one line: Ask for Bea, please
ical.js, address: https://example.com/map?at=51.5\,0.1
SEEN
[ "$seen" = "$(cat expected)" ] || exit 1
