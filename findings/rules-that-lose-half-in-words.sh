#!/usr/bin/env bash
# Whether a library that puts the rules of recurring events into words says when it has left something out.
#
# Version: rrule 2.8.1 (JavaScript).
# Input: valid rules: on each day at half past nine and half past five; on the last working day of the month; each hour on Mondays.
# Expected: the words have it all, or isFullyConvertibleToText(), whose promise is a hint on whether they do, says no.
# Seen: "every day at 9 and 17", "every month on weekdays", "every hour", and of each that it is fully convertible. The answer is
#       yes for every rule of a frequency that is known, as the frequency itself ends the check. Read back by the same library
#       (fromText) the words are another rule: one meeting a month has become some twenty.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

npm install --silent --no-fund --no-audit rrule@2.8.1 > npm.log 2>&1

cat > words.cjs << 'JAVASCRIPT'
const { RRule } = require("rrule");
for (const text of ["FREQ=DAILY;BYHOUR=9,17;BYMINUTE=30", "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "FREQ=HOURLY;BYDAY=MO"]) {
  const rule = RRule.fromString(text);
  console.log([rule.toText(), rule.isFullyConvertibleToText(), RRule.fromText(rule.toText()).toString()].join(" | "));
}
JAVASCRIPT

words="$(TZ=UTC NODE_OPTIONS= node words.cjs)"
printf '%s\n' "$words"
[ "$words" = 'every day at 9 and 17 | true | RRULE:FREQ=DAILY;BYHOUR=9,17
every month on weekdays | true | RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR
every hour | true | RRULE:FREQ=HOURLY' ] || exit 1
