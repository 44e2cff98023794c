#!/usr/bin/env bash
# Where readers of calendars put a meeting whose file brings its own time zone along, as invitations from Exchange do.
#
# Versions: ics 0.7.3, icalendar 7.3.2.
# Input: a file with a VTIMEZONE "Customized Time Zone" (one hour before Greenwich, two in summer) and a meeting at
#        10:00 in it on 6 July.
# Expected: 08:00 UTC from both, and the same from what is written again.
# Seen: icalendar says so. ics takes no notice of the zone and says 10:00 UTC, without an error; what it writes is
#       10:00 UTC from then on, so that a file that was only read and written has moved its meetings by two hours.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
./venv/bin/pip install --quiet ics==0.7.3 icalendar==7.3.2

cat > read.py << 'PYTHON'
from datetime import timezone

import icalendar
import ics

LINES = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//example.com//meetings//EN
BEGIN:VTIMEZONE
TZID:Customized Time Zone
BEGIN:STANDARD
DTSTART:16010101T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
END:DAYLIGHT
END:VTIMEZONE
BEGIN:VEVENT
UID:1@example.com
DTSTAMP:20260101T000000Z
SUMMARY:Review
DTSTART;TZID=Customized Time Zone:20260706T100000
DTEND;TZID=Customized Time Zone:20260706T110000
END:VEVENT
END:VCALENDAR
"""
text = LINES.replace("\n", "\r\n")
(event,) = icalendar.Calendar.from_ical(text).walk("VEVENT")
print("icalendar", event["DTSTART"].dt.astimezone(timezone.utc).isoformat())
calendar = ics.Calendar(text)
(meeting,) = calendar.events
print("ics", meeting.begin.isoformat())
print("written", next(each for each in calendar.serialize().split("\r\n") if each.startswith("DTSTART:2026")))
PYTHON

read="$(./venv/bin/python -W ignore read.py)"
printf '%s\n' "$read"
expected="icalendar 2026-07-06T08:00:00+00:00
ics 2026-07-06T10:00:00+00:00
written DTSTART:20260706T100000Z"
[ "$read" = "$expected" ] || exit 1
