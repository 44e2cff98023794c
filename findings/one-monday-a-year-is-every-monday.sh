#!/usr/bin/env bash
# Which days two libraries make of the same rule for recurring events.
#
# Versions: ical.js 2.2.1, rrule 2.8.1 (JavaScript).
# Input: four valid rules: the Monday of week 20 and the 20th Monday of the year, both examples of RFC 5545 (3.8.5.3); the last
#        working day of the year (BYSETPOS=-1); the first of the days Monday and Wednesday in each week (BYSETPOS=1).
# Expected: the days that the RFC has beside its examples, a year apart; or an error about a rule that is not known.
# Seen: rrule says so. ical.js gives each Monday after the start, every working day, and both days of the week, as if week, number
#       and position were not there; of the first rule the day it starts on, which is the only right one in that year, is missing.
#       Within a month it heeds both number and position, so that a first try looks well. No error.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

npm install --silent --no-fund --no-audit ical.js@2.2.1 rrule@2.8.1 > npm.log 2>&1

cat > days.mjs << 'JAVASCRIPT'
import ICAL from "ical.js";
import rrule from "rrule";
const rules = [
  ["1997-05-12", "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO"],
  ["1997-05-19", "FREQ=YEARLY;BYDAY=20MO"],
  ["2026-12-31", "FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"],
  ["2026-01-05", "FREQ=WEEKLY;BYDAY=MO,WE;BYSETPOS=1"],
  ["2026-01-30", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1"],
];
for (const [start, rule] of rules) {
  const days = ICAL.Recur.fromString(rule).iterator(ICAL.Time.fromString(`${start}T09:00:00`));
  const one = Array.from({ length: 3 }, () => days.next().toString().slice(0, 10));
  const other = rrule.rrulestr(`DTSTART:${start.replaceAll("-", "")}T090000Z\nRRULE:${rule};COUNT=3`).all();
  console.log(rule);
  console.log("  ical.js", one.join(" "));
  console.log("  rrule  ", other.map((day) => day.toISOString().slice(0, 10)).join(" "));
}
JAVASCRIPT

days="$(TZ=UTC NODE_OPTIONS= node days.mjs)"
printf '%s\n' "$days"
[ "$days" = 'FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO
  ical.js 1997-05-19 1997-05-26 1997-06-02
  rrule   1997-05-12 1998-05-11 1999-05-17
FREQ=YEARLY;BYDAY=20MO
  ical.js 1997-05-19 1997-05-26 1997-06-02
  rrule   1997-05-19 1998-05-18 1999-05-17
FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1
  ical.js 2026-12-31 2027-01-01 2027-01-04
  rrule   2026-12-31 2027-12-31 2028-12-29
FREQ=WEEKLY;BYDAY=MO,WE;BYSETPOS=1
  ical.js 2026-01-05 2026-01-07 2026-01-12
  rrule   2026-01-05 2026-01-12 2026-01-19
FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1
  ical.js 2026-01-30 2026-02-27 2026-03-31
  rrule   2026-01-30 2026-02-27 2026-03-31' ] || exit 1
