#!/usr/bin/env bash
# What comes next by a rule whose hours are not written in their order.
#
# Versions: rrule 2.8.1 (JavaScript), python-dateutil 2.9.0.post0.
# Input: each day at 17:00 and 09:00, RRULE:FREQ=DAILY;BYHOUR=17,9;BYMINUTE=0 from 1 January 2026, 08:00 UTC; asked what comes
#        after 08:30, what there is from 08:00 to 12:00, and what the first three are (COUNT=3).
# Expected: 09:00; 09:00; 09:00, 17:00, 09:00. The parts of a rule are lists of hours (RFC 5545, 3.3.10), whose order says
#           nothing, and COUNT is counted as the calendar goes.
# Seen: dateutil says so. rrule takes the hours as they are written, and its searches end at the first one that is too late: after
#       08:30 comes 17:00, from 08:00 to 12:00 there is nothing, and of three the morning of the second day is missing.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
./venv/bin/pip install --quiet python-dateutil==2.9.0.post0
npm install --silent --no-fund --no-audit rrule@2.8.1 > npm.log 2>&1

cat > next.cjs << 'JAVASCRIPT'
const { rrulestr } = require("rrule");
const at = (clock) => new Date(`2026-01-01T${clock}:00Z`);
const short = (date) => date.toISOString().slice(8, 16).replace("T", " ");
const text = "DTSTART:20260101T080000Z\nRRULE:FREQ=DAILY;BYHOUR=17,9;BYMINUTE=0";
const rule = rrulestr(text);
const between = rule.between(at("08:00"), at("12:00"));
const three = rrulestr(`${text};COUNT=3`).all();
console.log([[rule.after(at("08:30"))], between, three].map((days) => days.map(short).join(", ")).join(" | "));
JAVASCRIPT

cat > next.py << 'PYTHON'
from datetime import datetime, timezone

from dateutil.rrule import rrulestr


def at(hour, minute=0):
    return datetime(2026, 1, 1, hour, minute, tzinfo=timezone.utc)


def short(each):
    return each.strftime("%d %H:%M")


text = "DTSTART:20260101T080000Z\nRRULE:FREQ=DAILY;BYHOUR=17,9;BYMINUTE=0"
rule = rrulestr(text)
answers = [[rule.after(at(8, 30))], rule.between(at(8), at(12)), rrulestr(f"{text};COUNT=3")]
print(" | ".join(", ".join(map(short, each)) for each in answers))
PYTHON

javascript="$(TZ=UTC NODE_OPTIONS= node next.cjs)"
python="$(./venv/bin/python -W ignore next.py)"
printf 'rrule:    %s\ndateutil: %s\n' "$javascript" "$python"
[ "$javascript" = '01 17:00 |  | 01 17:00, 01 09:00, 02 17:00' ] || exit 1
[ "$python" = '01 09:00 | 01 09:00 | 01 09:00, 01 17:00, 02 09:00' ] || exit 1
