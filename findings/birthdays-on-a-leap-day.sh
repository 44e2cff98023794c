#!/usr/bin/env bash
# What comes of a yearly event on 29 February that says, as RFC 7529 has it, to be kept on the next day in other years.
#
# Versions: icalendar 7.3.2, recurring-ical-events 3.8.2, python-dateutil 2.9.0.post0.
# Input: DTSTART 2024-02-29, RRULE:RSCALE=GREGORIAN;FREQ=YEARLY;SKIP=FORWARD, asked for in 2026.
# Expected: 1 March 2026; or an error that says that RSCALE and SKIP are not known.
# Seen: icalendar reads and writes the rule whole. recurring-ical-events, which works the dates out, refuses the file
#       with an error about a missing UNTIL, which the rule needs none of; the same rule without RSCALE and SKIP is
#       taken, and gives no day in 2026.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
./venv/bin/pip install --quiet icalendar==7.3.2 recurring-ical-events==3.8.2 python-dateutil==2.9.0.post0

cat > read.py << 'PYTHON'
import datetime

import icalendar
import recurring_ical_events

for rule in ("RSCALE=GREGORIAN;FREQ=YEARLY;SKIP=FORWARD", "FREQ=YEARLY"):
    lines = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//example.com//birthdays//EN", "BEGIN:VEVENT", "UID:1@example.com",
             "DTSTAMP:20240101T000000Z", "SUMMARY:Birthday", "DTSTART;VALUE=DATE:20240229", f"RRULE:{rule}", "END:VEVENT",
             "END:VCALENDAR", "")
    calendar = icalendar.Calendar.from_ical("\r\n".join(lines))
    written = sorted(calendar.walk("VEVENT")[0]["RRULE"].to_ical().decode().split(";"))
    try:
        days = recurring_ical_events.of(calendar).between(datetime.date(2026, 1, 1), datetime.date(2026, 12, 31))
        print(written == sorted(rule.split(";")), [str(each["DTSTART"].dt) for each in days])
    except recurring_ical_events.InvalidCalendar as error:
        print(written == sorted(rule.split(";")), "UNTIL" in str(error))
PYTHON

read="$(./venv/bin/python -W ignore read.py)"
printf '%s\n' "$read"
[ "$read" = $'True True\nTrue []' ] || exit 1
