#!/usr/bin/env bash
# Whether invitations that two JavaScript libraries write come back from two readers with the people who are in them.
#
# Versions: written by ts-ics 2.4.6 and ics 3.12.0; read by ical.js 2.2.1 and icalendar 7.3.2 (Python).
# Input: a meeting that "Lovelace, Ada; Acme" sends (surname first, as directories have it), with the guests "Team: Bath" and
#        Grace "G" Hopper, and the one category "Fairs, Europe".
# Expected: all three and the category. A name with a comma, semicolon or colon stands in quotation marks (RFC 5545, 3.2), one within it
#           is ^' (RFC 6868), and a comma in a category is escaped (3.3.11); or the writer refuses what it cannot write.
# Seen: ts-ics writes names bare: to icalendar nobody sends the meeting, Grace is not invited and one guest's address is
#       " Bath:MAILTO:team@example.com"; to ical.js Acme is gone and that address is the same. ics writes the marks, and \" inside
#       of them, which is not known there: icalendar is without Grace, to ical.js she is called "Grace \". Of both files the
#       category is two. Neither writer says anything.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
./venv/bin/pip install --quiet icalendar==7.3.2
npm install --silent --no-fund --no-audit ts-ics@2.4.6 ics@3.12.0 ical.js@2.2.1 > npm.log 2>&1

cat > write.mjs << 'JAVASCRIPT'
import { writeFileSync } from "node:fs";
import ICAL from "ical.js";
import { createEvent } from "ics";
import { generateIcsCalendar } from "ts-ics";
const at = (clock) => ({ date: new Date(`2026-03-02T${clock}:00Z`) });
const organizer = { name: "Lovelace, Ada; Acme", email: "ada@example.com" };
const attendees = [{ name: "Team: Bath", email: "team@example.com" }, { name: 'Grace "G" Hopper', email: "grace@example.com" }];
const categories = ["Fairs, Europe"];
const common = { organizer, attendees, categories };
const event = { uid: "1@example.com", stamp: at("08:00"), start: at("10:00"), end: at("11:00"), summary: "Stand", ...common };
const other = { start: [2026, 3, 2, 10, 0], startInputType: "utc", duration: { hours: 1 }, title: "Stand", ...common };
const files = {
  "ts-ics": generateIcsCalendar({ version: "2.0", prodId: "-//example.com//meetings//EN", events: [event] }),
  ics: createEvent(other).value,
};
for (const [name, text] of Object.entries(files)) {
  writeFileSync(`${name}.ics`, text);
  const found = new ICAL.Component(ICAL.parse(text)).getFirstSubcomponent("vevent");
  const people = ["organizer", "attendee"].flatMap((each) => found.getAllProperties(each));
  console.log(name, "| ical.js |", JSON.stringify(people.map((each) => [each.getParameter("cn"), each.getFirstValue()])));
}
JAVASCRIPT

cat > read.py << 'PYTHON'
from pathlib import Path

import icalendar

for name in ("ts-ics", "ics"):
    event = icalendar.Calendar.from_ical(Path(f"{name}.ics").read_bytes()).walk("VEVENT")[0]
    guests = event["ATTENDEE"] if isinstance(event["ATTENDEE"], list) else [event["ATTENDEE"]]
    people = [(each.params.get("CN"), str(each)) for each in [event.get("ORGANIZER"), *guests] if each is not None]
    print(name, "| icalendar |", people, [str(each) for each in event["CATEGORIES"].cats])
PYTHON

seen="$(TZ=UTC NODE_OPTIONS= node write.mjs; ./venv/bin/python -W ignore read.py)"
printf '%s\n' "$seen"
cat > expected << 'SEEN'
ts-ics | ical.js | [["Lovelace, Ada","MAILTO:ada@example.com"],["Team"," Bath:MAILTO:team@example.com"],["Grace \"G\" Hopper","MAILTO:grace@example.com"]]
ics | ical.js | [["Lovelace, Ada; Acme","MAILTO:ada@example.com"],["Team: Bath","mailto:team@example.com"],["Grace \\","mailto:grace@example.com"]]
ts-ics | icalendar | [('Team', ' Bath:MAILTO:team@example.com')] ['Fairs', ' Europe']
ics | icalendar | [('Lovelace, Ada; Acme', 'MAILTO:ada@example.com'), ('Team: Bath', 'mailto:team@example.com')] ['Fairs', ' Europe']
SEEN
[ "$seen" = "$(cat expected)" ] || exit 1
