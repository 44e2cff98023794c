#!/usr/bin/env bash
# What readers of invitations make of texts that are quoted or escaped as iCalendar has it.
#
# Versions: node-ical 0.26.1, ts-ics 2.4.6, ical.js 2.2.1 (JavaScript); ical 14.3.1, icalendar 7.3.2 (Python).
# Input: a guest whose name has a semicolon in quotation marks (CN="Lovelace; Ada", RFC 5545, 3.2), two categories of which the
#        first has an escaped comma (Fairs\, Europe; 3.3.11), and a description with a path (C:\new, an escaped backslash).
# Expected: Lovelace; Ada - the categories "Fairs, Europe" and "VIP" - C:\new.
# Seen: ical.js and icalendar say so. To node-ical and ts-ics the guest is called "Lovelace, with a quotation mark in front and
#       without the rest; these two and ical cut the category in two and leave the backslash in the first half, and ical writes
#       three categories again; to node-ical the path is a backslash and a line break. No word from any of them.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
./venv/bin/pip install --quiet ical==14.3.1 icalendar==7.3.2
npm install --silent --no-fund --no-audit node-ical@0.26.1 ts-ics@2.4.6 ical.js@2.2.1 > npm.log 2>&1

printf '%s\r\n' BEGIN:VCALENDAR VERSION:2.0 PRODID:-//example.com//meetings//EN BEGIN:VEVENT UID:1@example.com \
  DTSTAMP:20260101T000000Z DTSTART:20260302T100000Z DTEND:20260302T110000Z SUMMARY:Stand 'CATEGORIES:Fairs\, Europe,VIP' \
  'DESCRIPTION:C:\\new' 'ATTENDEE;CN="Lovelace; Ada":mailto:ada@example.com' END:VEVENT END:VCALENDAR > stand.ics

cat > read.mjs << 'JAVASCRIPT'
import { readFileSync } from "node:fs";
import ICAL from "ical.js";
import nodeIcal from "node-ical";
import { convertIcsCalendar } from "ts-ics";
const text = readFileSync("stand.ics", "utf8");
const show = (name, ...seen) => console.log(name, JSON.stringify(seen));
const first = Object.values(nodeIcal.sync.parseICS(text)).find((each) => each.type === "VEVENT");
show("node-ical", first.attendee.params.CN, first.categories, first.description);
const second = convertIcsCalendar(undefined, text).events[0];
show("ts-ics", second.attendees[0].name, second.categories, second.description);
const third = new ICAL.Component(ICAL.parse(text)).getFirstSubcomponent("vevent");
const guest = third.getFirstProperty("attendee").getParameter("cn");
show("ical.js", guest, third.getFirstProperty("categories").getValues(), third.getFirstPropertyValue("description"));
JAVASCRIPT

cat > read.py << 'PYTHON'
import json
from pathlib import Path

import icalendar
from ical.calendar_stream import IcsCalendarStream

text = Path("stand.ics").read_bytes().decode()
calendar = IcsCalendarStream.calendar_from_ics(text)
event = calendar.events[0]
print("ical", json.dumps([event.attendees[0].common_name, event.categories, event.description]))
print("written again", sum(line.startswith("CATEGORIES:") for line in IcsCalendarStream.calendar_to_ics(calendar).splitlines()))
other = icalendar.Calendar.from_ical(text).walk("VEVENT")[0]
print("icalendar", json.dumps([other["ATTENDEE"].params["CN"], [str(each) for each in other["CATEGORIES"].cats], str(other["DESCRIPTION"])]))
PYTHON

seen="$(TZ=UTC NODE_OPTIONS= node read.mjs; ./venv/bin/python -W ignore read.py)"
printf '%s\n' "$seen"
cat > expected << 'SEEN'
node-ical ["\"Lovelace",["Fairs\\","Europe","VIP"],"C:\\\new"]
ts-ics ["\"Lovelace",["Fairs\\"," Europe","VIP"],"C:\\new"]
ical.js ["Lovelace; Ada",["Fairs, Europe","VIP"],"C:\\new"]
ical ["Lovelace; Ada", ["Fairs\\", " Europe", "VIP"], "C:\\new"]
written again 3
icalendar ["Lovelace; Ada", ["Fairs, Europe", "VIP"], "C:\\new"]
SEEN
[ "$seen" = "$(cat expected)" ] || exit 1
