#!/usr/bin/env bash
# When an appointment ends whose length is written in hours, or in days, over the night in which the clocks go forward.
#
# Versions: icalendar 7.3.2, ical 14.3.1 (Python); ical.js 2.2.1, node-ical 0.26.1, ts-ics 2.4.6 (JavaScript).
# Input: DTSTART;TZID=Europe/Berlin:20260328T220000, once with DURATION:PT8H and once with DURATION:P1D, and the time zone with them.
# Expected: 05:00 UTC and 20:00 UTC on 29 March. RFC 5545, 3.3.6: days and weeks follow the calendar, so that a day later it is
#           22:00 by the wall again, while hours, minutes and seconds are exact, so that eight of them are eight.
# Seen: none has both. icalendar, ical and ical.js add hours to the wall clock: the shift of eight hours ends at 04:00 UTC, after
#       seven. node-ical and ts-ics add days as 24 hours: 21:00 UTC, which is 23:00 in Berlin. icalendar still calls the length
#       of the shift 8:00:00.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
./venv/bin/pip install --quiet icalendar==7.3.2 ical==14.3.1
npm install --silent --no-fund --no-audit ical.js@2.2.1 node-ical@0.26.1 ts-ics@2.4.6 > npm.log 2>&1

for length in PT8H P1D; do
  printf '%s\r\n' BEGIN:VCALENDAR VERSION:2.0 PRODID:-//example.com//shifts//EN \
    BEGIN:VTIMEZONE TZID:Europe/Berlin \
    BEGIN:DAYLIGHT TZOFFSETFROM:+0100 TZOFFSETTO:+0200 DTSTART:19700329T020000 'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU' END:DAYLIGHT \
    BEGIN:STANDARD TZOFFSETFROM:+0200 TZOFFSETTO:+0100 DTSTART:19701025T030000 'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU' END:STANDARD \
    END:VTIMEZONE BEGIN:VEVENT UID:1@example.com \
    DTSTAMP:20260101T000000Z 'DTSTART;TZID=Europe/Berlin:20260328T220000' "DURATION:$length" SUMMARY:Shift END:VEVENT \
    END:VCALENDAR > "$length.ics"
done

cat > read.py << 'PYTHON'
from datetime import timezone
from pathlib import Path

import icalendar
from ical.calendar_stream import IcsCalendarStream

for length in ("PT8H", "P1D"):
    text = Path(f"{length}.ics").read_bytes().decode()
    one = icalendar.Calendar.from_ical(text).walk("VEVENT")[0]
    other = IcsCalendarStream.calendar_from_ics(text).events[0]
    ends = [each.end.astimezone(timezone.utc).strftime("%d %H:%M") for each in (one, other)]
    print(length, one.duration, *ends, sep=" | ")
PYTHON

cat > read.mjs << 'JAVASCRIPT'
import { readFileSync } from "node:fs";
import ICAL from "ical.js";
import nodeIcal from "node-ical";
import { convertIcsCalendar, getEventEnd } from "ts-ics";
for (const length of ["PT8H", "P1D"]) {
  const text = readFileSync(`${length}.ics`, "utf8");
  const whole = new ICAL.Component(ICAL.parse(text));
  const first = new ICAL.Event(whole.getFirstSubcomponent("vevent")).endDate.toJSDate();
  const second = Object.values(nodeIcal.sync.parseICS(text)).find((each) => each.type === "VEVENT").end;
  const third = getEventEnd(convertIcsCalendar(undefined, text).events[0]);
  console.log([length, ...[first, second, third].map((end) => end.toISOString().slice(8, 16).replace("T", " "))].join(" | "));
}
JAVASCRIPT

python="$(./venv/bin/python -W ignore read.py)"
javascript="$(TZ=UTC NODE_OPTIONS= node read.mjs)"
printf 'length | length to icalendar | icalendar | ical\n%s\nlength | ical.js | node-ical | ts-ics\n%s\n' "$python" "$javascript"
[ "$python" = $'PT8H | 8:00:00 | 29 04:00 | 29 04:00\nP1D | 1 day, 0:00:00 | 29 20:00 | 29 20:00' ] || exit 1
[ "$javascript" = $'PT8H | 29 04:00 | 29 05:00 | 29 05:00\nP1D | 29 20:00 | 29 21:00 | 29 21:00' ] || exit 1
