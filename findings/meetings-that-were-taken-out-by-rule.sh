#!/usr/bin/env bash
# What becomes of a calendar's exceptions when they are written as a rule (EXRULE), as older exports have them.
#
# Version: recurring-ical-events 3.8.2 with icalendar 7.3.2.
# Input: a meeting on ten days in a row, without Saturdays and Sundays: RRULE:FREQ=DAILY;COUNT=10 and
#        EXRULE:FREQ=WEEKLY;BYDAY=SA,SU (RFC 2445; RFC 5545 no longer has it, and asks readers to take it). The same with the two
#        days written out (EXDATE).
# Expected: eight meetings from both.
# Seen: ten from the rule, weekend included, without a warning; eight from the days.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
./venv/bin/pip install --quiet recurring-ical-events==3.8.2 icalendar==7.3.2

cat > meetings.py << 'PYTHON'
import icalendar
import recurring_ical_events


def count(exception: str) -> int:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//example//", "BEGIN:VEVENT", "UID:1", "DTSTAMP:20260101T000000Z",
             "DTSTART:20260105T090000Z", "DTEND:20260105T100000Z", "RRULE:FREQ=DAILY;COUNT=10", exception,
             "END:VEVENT", "END:VCALENDAR", ""]
    calendar = icalendar.Calendar.from_ical("\r\n".join(lines))
    return len(recurring_ical_events.of(calendar).between((2026, 1, 1), (2026, 2, 1)))


print(count("EXRULE:FREQ=WEEKLY;BYDAY=SA,SU"), count("EXDATE:20260110T090000Z,20260111T090000Z"))
PYTHON

counted="$(./venv/bin/python meetings.py)"
printf '%s\n' "$counted"
[ "$counted" = "10 8" ] || exit 1
