#!/usr/bin/env bash
# Which days and words stand in the file for calendars that a library for "add to calendar" links makes of an event.
#
# Version: calendar-link 2.11.5, ics(), "a standard ICS file"; read by ical.js 2.2.1 (JavaScript).
# Input: a fair of two whole days from 4 March 2026 on (allDay: true, duration: [2, "day"]), and a call with the title "C:\new" and, beside it, "C:\old".
# Expected: 4 and 5 March: DTSTART;VALUE=DATE:20260304 and DTEND;VALUE=DATE:20260306, which is the first day after it (RFC 5545, 3.6.1; without VALUE=DATE the value
#           is a time as well as a day, 3.8.2.4); the backslash of both titles as two, since it is escaped in texts (3.3.11).
# Seen: DTSTART:20260304 and DTEND:20260305, without VALUE: ical.js has an invalid time, and a reader that is more lenient a fair of one day, as the duration
#       is passed over where allDay is set. "C:\old" is escaped, "C:\new" is not: it comes out as "C:", a line break and "ew".
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

npm install --silent --no-fund --no-audit calendar-link@2.11.5 ical.js@2.2.1 > npm.log 2>&1

cat > ask.mjs << 'JAVASCRIPT'
import { ics } from "calendar-link";
import ICAL from "ical.js";
const file = (event) => decodeURIComponent(ics(event).replace(/^[^,]*,/, ""));
const event = (text) => new ICAL.Component(ICAL.parse(text)).getFirstSubcomponent("vevent");
const fair = file({ title: "Fair", start: "2026-03-04", duration: [2, "day"], allDay: true });
console.log(...fair.split(/\r?\n/).filter((line) => /^DT(START|END)/.test(line)));
try {
  console.log(String(event(fair).getFirstPropertyValue("dtstart")));
} catch (error) {
  console.log(error.message);
}
for (const title of ["C:\\new", "C:\\old"]) {
  const call = file({ title, start: "2026-03-04T10:00:00Z", duration: [1, "hour"] });
  console.log(JSON.stringify(event(call).getFirstPropertyValue("summary")));
}
JAVASCRIPT

seen="$(TZ=UTC NODE_OPTIONS= node ask.mjs)"
printf '%s\n' "$seen"
[ "$seen" = 'DTSTART:20260304 DTEND:20260305
invalid date-time value: "2026-03-04T::"
"C:\new"
"C:\\old"' ] || exit 1
