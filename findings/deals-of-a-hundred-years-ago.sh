#!/usr/bin/env bash
# Whether a language for transforming JSON, as automations fill records with it, reads the dates that it writes.
#
# Version: jsonata 2.2.2 (JavaScript).
# Input: 4 March 2026 written by $fromMillis with a year of two digits ([D01].[M01].[Y01]) and with one of four, and read by $toMillis with the same
#        picture; "2026-03-04T10:00" beside "2026-03-04T10:00:00", both of them ISO 8601, which $toMillis takes without a picture.
# Expected: the same day from each picture; ten o'clock from both texts.
# Seen: the year of two digits is read as one of the twentieth century: written 04.03.26, read 4 March 1926. Nothing says so, and 99 comes out as one
#       would guess. The time without its seconds is refused, as not of ISO 8601.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

npm install --silent --no-fund --no-audit jsonata@2.2.2 > npm.log 2>&1

cat > again.cjs << 'JAVASCRIPT'
const jsonata = require("jsonata");
(async () => {
  for (const year of ["2026", "1999"]) {
    for (const picture of ["[D01].[M01].[Y0001]", "[D01].[M01].[Y01]"]) {
      const written = await jsonata(`$fromMillis($toMillis("${year}-03-04"), "${picture}")`).evaluate({});
      const read = await jsonata(`$fromMillis($toMillis("${written}", "${picture}"))`).evaluate({});
      console.log(written, "|", read.slice(0, 10));
    }
  }
  for (const text of ["2026-03-04T10:00:00", "2026-03-04T10:00"]) {
    const read = await jsonata(`$fromMillis($toMillis("${text}"))`).evaluate({}).catch((error) => error.code);
    console.log(text, "|", read);
  }
})();
JAVASCRIPT

seen="$(TZ=UTC NODE_OPTIONS= node again.cjs)"
printf '%s\n' "$seen"
[ "$seen" = "04.03.2026 | 2026-03-04
04.03.26 | 1926-03-04
04.03.1999 | 1999-03-04
04.03.99 | 1999-03-04
2026-03-04T10:00:00 | 2026-03-04T10:00:00.000Z
2026-03-04T10:00 | D3110" ] || exit 1
