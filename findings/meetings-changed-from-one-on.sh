#!/usr/bin/env bash
# What becomes of a weekly meeting that is moved "from this one on", and of days that are added to one by hand.
#
# Versions: node-ical 0.26.1 (JavaScript); recurring-ical-events 3.8.2 with icalendar 7.3.2 beside it.
# Input: five Mondays at 10:00 UTC; from the third on Tuesdays at 14:00 (RECURRENCE-ID;RANGE=THISANDFUTURE, RFC 5545, 3.2.13).
#        And a meeting on 2 March with two more days written out (RDATE, 3.8.5.2).
# Expected: 2, 9, 17, 24, 31 March; and 2, 4, 10 March.
# Seen: recurring-ical-events says so. expandRecurringEvent of node-ical moves the third only, so that the last two are a day early
#       and at the old hour, and of the days that are written out it gives none. There is no warning, and its manual promises
#       proper handling of RECURRENCE-ID.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
./venv/bin/pip install --quiet recurring-ical-events==3.8.2 icalendar==7.3.2
npm install --silent --no-fund --no-audit node-ical@0.26.1 > npm.log 2>&1

printf '%s\r\n' BEGIN:VCALENDAR VERSION:2.0 PRODID:-//example.com//meetings//EN \
  BEGIN:VEVENT UID:1@example.com DTSTAMP:20260101T000000Z DTSTART:20260302T100000Z DTEND:20260302T110000Z \
  'RRULE:FREQ=WEEKLY;COUNT=5' SUMMARY:weekly END:VEVENT \
  BEGIN:VEVENT UID:1@example.com DTSTAMP:20260101T000000Z 'RECURRENCE-ID;RANGE=THISANDFUTURE:20260316T100000Z' \
  DTSTART:20260317T140000Z DTEND:20260317T150000Z SUMMARY:weekly END:VEVENT \
  BEGIN:VEVENT UID:2@example.com DTSTAMP:20260101T000000Z DTSTART:20260302T100000Z DTEND:20260302T110000Z \
  RDATE:20260304T100000Z,20260310T100000Z 'SUMMARY:by hand' END:VEVENT END:VCALENDAR > meetings.ics

cat > read.cjs << 'JAVASCRIPT'
const ical = require("node-ical");
for (const event of Object.values(ical.sync.parseFile("meetings.ics"))) {
  if (event.type !== "VEVENT") continue;
  const days = ical.expandRecurringEvent(event, { from: new Date("2026-02-01T00:00:00Z"), to: new Date("2026-05-01T00:00:00Z") });
  console.log(event.summary, days.map((each) => each.start.toISOString().slice(8, 16).replace("T", " ")).join(", "));
}
JAVASCRIPT

cat > read.py << 'PYTHON'
import datetime
from pathlib import Path

import icalendar
import recurring_ical_events

calendar = icalendar.Calendar.from_ical(Path("meetings.ics").read_bytes())
days = recurring_ical_events.of(calendar).between(datetime.date(2026, 2, 1), datetime.date(2026, 5, 1))
for name in ("weekly", "by hand"):
    print(name, ", ".join(sorted(each.start.strftime("%d %H:%M") for each in days if each["SUMMARY"] == name)))
PYTHON

javascript="$(TZ=UTC NODE_OPTIONS= node read.cjs)"
python="$(./venv/bin/python -W ignore read.py)"
printf 'node-ical:\n%s\nrecurring-ical-events:\n%s\n' "$javascript" "$python"
[ "$javascript" = 'weekly 02 10:00, 09 10:00, 17 14:00, 23 10:00, 30 10:00
by hand 02 10:00' ] || exit 1
[ "$python" = 'weekly 02 10:00, 09 10:00, 17 14:00, 24 14:00, 31 14:00
by hand 02 10:00, 04 10:00, 10 10:00' ] || exit 1
