#!/usr/bin/env bash
# Which days a library makes of what people say about recurring events, for reminders that are entered as words.
#
# Version: recurrent 0.4.1 (Python), the present being Wednesday, 4 March 2026, 8:00; its rules read by python-dateutil 2.9.0.post0.
# Input: "every day except sunday", "daily except mondays", "every day at noon", "every day at 9 for 3 days", "every monday until april 6 2026".
# Expected: no Sunday, no Monday, twelve o'clock, three days from today on, and 6 April, which is a Monday, as the last one; or None, which is its
#           answer to what it does not understand.
# Seen: Mondays are taken out by a rule (EXRULE). Of the Sundays only the next is taken out, by its day. The noon is not there at all. "For 3
#       days" is BYYEARDAY=3, the third of January of each year, and no end. UNTIL=20260406 is midnight for a reminder that has an hour, so that
#       the last one is missing. Each of them looks like a rule that was understood.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
./venv/bin/pip install --quiet recurrent==0.4.1 python-dateutil==2.9.0.post0

cat > ask.py << 'PYTHON'
import datetime

from dateutil.rrule import rrulestr
from recurrent.event_parser import RecurringEvent

now = datetime.datetime(2026, 3, 4, 8)
for words in (
    "every day except sunday",
    "daily except mondays",
    "every day at noon",
    "every day at 9 for 3 days",
    "every monday until april 6 2026",
):
    rule = RecurringEvent(now_date=now).parse(words)
    days = list(rrulestr(rule, dtstart=now).xafter(now, count=12, inc=True))
    print(f"{words}: {' '.join(rule.split())} | {days[0]:%d %b %Y %H:%M}, {days[1]:%d %b %Y}, ... {days[-1]:%a %d %b %Y}")
PYTHON

seen="$(LC_ALL=C ./venv/bin/python -W ignore ask.py)"
printf '%s\n' "$seen"
[ "$seen" = "every day except sunday: RRULE:INTERVAL=1;FREQ=DAILY EXDATE:20260308T080000 | 04 Mar 2026 08:00, 05 Mar 2026, ... Mon 16 Mar 2026
daily except mondays: RRULE:INTERVAL=1;FREQ=DAILY EXRULE:BYDAY=MO;INTERVAL=1;FREQ=WEEKLY | 04 Mar 2026 08:00, 05 Mar 2026, ... Tue 17 Mar 2026
every day at noon: RRULE:INTERVAL=1;FREQ=DAILY | 04 Mar 2026 08:00, 05 Mar 2026, ... Sun 15 Mar 2026
every day at 9 for 3 days: RRULE:BYYEARDAY=3;BYHOUR=9;BYMINUTE=0;INTERVAL=1;FREQ=DAILY | 03 Jan 2027 09:00, 03 Jan 2028, ... Sun 03 Jan 2038
every monday until april 6 2026: RRULE:BYDAY=MO;INTERVAL=1;FREQ=WEEKLY;UNTIL=20260406 | 09 Mar 2026 08:00, 16 Mar 2026, ... Mon 30 Mar 2026" ] || exit 1
