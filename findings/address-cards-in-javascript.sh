#!/usr/bin/env bash
# What two JavaScript libraries keep of address cards (vCard) that use what the standards allow.
#
# Versions: ical.js 2.2.1, vcard4 4.0.5.
# Input: a card of version 4.0 with a note that has an escaped semicolon (RFC 6350, 3.4; 3.0 always escapes it), a web address
#        with a comma, a telephone number as an address (VALUE=uri), one with two kinds as two parameters
#        (TYPE=cell;TYPE=work, which means TYPE="cell,work"), and a label with quotation marks (^', which RFC 6868 has for ").
# Expected: "Tea; coffee"; the address as it was; VALUE=uri still there when it is written, as a number is a text without it;
#           both kinds; "West" in double quotation marks.
# Seen: ical.js leaves the backslash in the note, of 3.0 cards too, and writes it as two; it writes a backslash into the web
#       address and leaves VALUE=uri out, since it takes every number of a 4.0 card for an address. vcard4 keeps the last kind
#       only, so that a mobile is none any more, and makes apostrophes of the quotation marks. What one gets wrong the other has right.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

npm install --silent --no-fund --no-audit ical.js@2.2.1 vcard4@4.0.5 > npm.log 2>&1

cat > read.mjs << 'JAVASCRIPT'
import ICAL from "ical.js";
import { parse } from "vcard4";
const card = [
  "BEGIN:VCARD", "VERSION:4.0", "FN:Ada", "NOTE:Tea\\; coffee", "URL:https://example.com/map?at=51.5,0.1",
  "TEL;VALUE=uri:tel:+44-20-7946-0018", "TEL;TYPE=cell;TYPE=work:020 7946 0019",
  "ADR;LABEL=\"The ^'West^' wing\":;;1 Road;Bath;;;UK", "END:VCARD", "",
].join("\r\n");
const one = ICAL.parse(card);
const find = (name) => one[1].filter((each) => each[0] === name);
console.log("ical.js", JSON.stringify([find("note")[0][3], find("tel")[1][1].type, find("adr")[0][1].label]));
const old = ICAL.parse(card.replace("VERSION:4.0", "VERSION:3.0"))[1].find((each) => each[0] === "note");
console.log("ical.js, 3.0", JSON.stringify(old[3]));
for (const line of ICAL.stringify(one).split("\r\n")) if (/^(NOTE|URL|TEL)/.test(line)) console.log("  writes", line);
const other = parse(card).parsedVcard;
const all = (name) => other.filter((each) => each.property === name);
console.log("vcard4", JSON.stringify([all("NOTE")[0].value, all("TEL")[1].parameters.TYPE, all("ADR")[0].parameters.LABEL]));
JAVASCRIPT

seen="$(TZ=UTC NODE_OPTIONS= node read.mjs)"
printf '%s\n' "$seen"
cat > expected << 'SEEN'
ical.js ["Tea\\; coffee",["cell","work"],"The \"West\" wing"]
ical.js, 3.0 "Tea\\; coffee"
  writes NOTE:Tea\\; coffee
  writes URL:https://example.com/map?at=51.5\,0.1
  writes TEL:tel:+44-20-7946-0018
  writes TEL;TYPE=cell,work:020 7946 0019
vcard4 ["Tea; coffee","work","The 'West' wing"]
SEEN
[ "$seen" = "$(cat expected)" ] || exit 1
