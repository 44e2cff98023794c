#!/usr/bin/env bash
# What becomes of postcodes and telephone numbers when a CSV file goes into SQLite by a common tool, with its defaults.
#
# Version: sqlite-utils 4.2.1; 3.38 beside it.
# Input: a CSV file with the postcodes 01067 and 04109, telephone numbers that begin with 0, and article codes such as 1e5.
# Expected: texts, as version 3 keeps them unless it is asked to find types, or at least whatever has a zero in front.
# Seen: version 4 finds types by default, and a zero in front does not make a text: 1067, 612345678, and 100000.0 for 1e5.
#       The zeros are gone for good. --no-detect-types keeps all of it.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

printf 'name,postcode,phone,code\nAda,01067,0612345678,1e5\nGrace,04109,0301234567,2e3\n' > people.csv
for version in 3.38 4.2.1; do
  python3 -m venv "v$version"
  "./v$version/bin/pip" install --quiet "sqlite-utils==$version"
done

rows() { # version, options
  rm -f people.db
  "./v$1/bin/sqlite-utils" insert people.db people people.csv --csv "${@:2}" > /dev/null 2>&1
  "./v$1/bin/sqlite-utils" rows people.db people
}

old="$(rows 3.38)"
new="$(rows 4.2.1)"
asked="$(rows 4.2.1 --no-detect-types)"
printf '%s\n' "3.38" "$old" "4.2.1" "$new" "4.2.1 --no-detect-types" "$asked"
[ "$old" = "$asked" ] || exit 1
grep -q '"postcode": "01067", "phone": "0612345678", "code": "1e5"' <<< "$old" || exit 1
grep -q '"postcode": 1067, "phone": 612345678, "code": 100000.0' <<< "$new" || exit 1
