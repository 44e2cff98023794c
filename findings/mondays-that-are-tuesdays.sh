#!/usr/bin/env bash
# On which days a reminder is sent whose time is written as a line of crontab.
#
# Versions: APScheduler 3.11.3 (CronTrigger.from_crontab), croniter 6.0.0 (Python).
# Input: "0 9 * * 1", "0 9 * * 1-5", "0 9 1 * 1" and "0 9 * * mon", from Sunday, 1 March 2026, on; the first three days of each.
# Expected: Mondays; Monday to Friday; the first of the month and Mondays as well (of two days that are named either will do); Mondays. from_crontab is for "a
#           standard crontab expression", in which 0 is Sunday and 1 Monday (crontab(5); POSIX, crontab).
# Seen: croniter says so. APScheduler counts from Monday: "1" is Tuesday, and "1-5" is Tuesday to Saturday, so that nobody is reminded on
#       Monday, and everybody on Saturday. "0 9 1 * 1" is the first of a month that is a Tuesday: in September. "mon" is right, and 0 is
#       taken, so that a first try with names looks well. No warning.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
./venv/bin/pip install --quiet apscheduler==3.11.3 croniter==6.0.0 tzdata==2025.2

cat > ask.py << 'PYTHON'
import datetime

from apscheduler.triggers.cron import CronTrigger
from croniter import croniter

START = datetime.datetime(2026, 3, 1, 12, tzinfo=datetime.timezone.utc)


def by_apscheduler(line):
    trigger, last, now = CronTrigger.from_crontab(line, timezone="UTC"), None, START
    for _ in range(3):
        last = trigger.get_next_fire_time(last, now)
        now = last + datetime.timedelta(seconds=1)
        yield last


def by_croniter(line):
    days = croniter(line, START)
    for _ in range(3):
        yield days.get_next(datetime.datetime)


for line in ("0 9 * * 1", "0 9 * * 1-5", "0 9 1 * 1", "0 9 * * mon"):
    print(line, *(", ".join(f"{day:%a %d %b}" for day in ask(line)) for ask in (by_croniter, by_apscheduler)), sep=" | ")
PYTHON

seen="$(LC_ALL=C ./venv/bin/python -W ignore ask.py)"
printf 'line | croniter | APScheduler\n%s\n' "$seen"
[ "$seen" = "0 9 * * 1 | Mon 02 Mar, Mon 09 Mar, Mon 16 Mar | Tue 03 Mar, Tue 10 Mar, Tue 17 Mar
0 9 * * 1-5 | Mon 02 Mar, Tue 03 Mar, Wed 04 Mar | Tue 03 Mar, Wed 04 Mar, Thu 05 Mar
0 9 1 * 1 | Mon 02 Mar, Mon 09 Mar, Mon 16 Mar | Tue 01 Sep, Tue 01 Dec, Tue 01 Jun
0 9 * * mon | Mon 02 Mar, Mon 09 Mar, Mon 16 Mar | Mon 02 Mar, Mon 09 Mar, Mon 16 Mar" ] || exit 1
