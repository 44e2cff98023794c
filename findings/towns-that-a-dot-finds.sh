#!/usr/bin/env bash
# What a library finds that searches records in the language of Lucene, when there is a dot beside a wildcard.
#
# Version: liqe 3.8.7 (JavaScript).
# Input: the towns St. Agnes and Stu Abel; town:St.*, town:St.?A*, and, beside them, the same as a phrase in quotation marks, town:"St. ", and as a regular
#        expression, town:/^st\./i.
# Expected: St. Agnes each time. A search with wildcards has two of them, * and ?, as the manual has it and Lucene does; a regular expression is written between
#           slashes.
# Seen: with a wildcard the dot is one as well, any character, as in a regular expression, and Stu Abel is found too. Without a wildcard, and in the
#       phrase, the dot is a dot. Abbreviations are found with more than was asked for, and there is no error.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

npm install --silent --no-fund --no-audit liqe@3.8.7 > npm.log 2>&1

cat > ask.mjs << 'JAVASCRIPT'
import { filter, parse } from "liqe";
const towns = ["St. Agnes", "Stu Abel"].map((town) => ({ town }));
for (const asked of ["town:St.*", "town:St.?A*", "town:St.", "town:/^st\\./i", 'town:"St. "']) {
  const found = filter(parse(asked), towns).map((each) => each.town);
  console.log(`${asked}:`, found.join(", "));
}
JAVASCRIPT

seen="$(NODE_OPTIONS= node ask.mjs)"
printf '%s\n' "$seen"
[ "$seen" = 'town:St.*: St. Agnes, Stu Abel
town:St.?A*: St. Agnes, Stu Abel
town:St.: St. Agnes
town:/^st\./i: St. Agnes
town:"St. ": St. Agnes' ] || exit 1
