#!/usr/bin/env bash
# Whether a library for dates reads the dates that it has written, in the same form and language.
#
# Version: @formkit/tempo 1.1.0 (JavaScript).
# Input: the fourth of each month of 2026, format() and parse() with "long" and "full" in English, German, French, Japanese, Chinese and Korean.
# Expected: the same day: parse() takes the forms of format().
# Seen: five languages are right. In Korean, whose months are numbers before a sign (2026년 3월 4일), the month is not read, and it is the present one that is
#       taken: eleven months of twelve are wrong, without an error, and a test that is written today about today is green.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

npm install --silent --no-fund --no-audit @formkit/tempo@1.1.0 > npm.log 2>&1

cat > ask.mjs << 'JAVASCRIPT'
import { format, parse } from "@formkit/tempo";
for (const language of ["en", "de", "fr", "ja", "zh", "ko"]) {
  for (const form of ["long", "full"]) {
    let right = 0;
    const found = new Set();
    for (let month = 0; month < 12; month += 1) {
      const read = parse(format(new Date(2026, month, 4), form, language), form, language);
      right += read.getTime() === new Date(2026, month, 4).getTime();
      found.add(read.getMonth());
    }
    console.log(`${language} ${form}: ${right} of 12, ${found.size} month${found.size > 1 ? "s" : ""}`);
  }
}
JAVASCRIPT

seen="$(TZ=UTC NODE_OPTIONS= node ask.mjs)"
printf '%s\n' "$seen"
[ "$seen" = "$(for language in en de fr ja zh; do printf '%s %s: 12 of 12, 12 months\n' "$language" long "$language" full; done)
ko long: 1 of 12, 1 month
ko full: 1 of 12, 1 month" ] || exit 1
