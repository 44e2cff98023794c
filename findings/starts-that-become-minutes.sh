#!/usr/bin/env bash
# What tools for CSV files make of a column with times of day, such as when a meeting starts, when they are only to sort the lines.
#
# Version: csvkit 2.2.0 (agate 1.14.2).
# Input: who,starts with 12:30, 08:15 and 09:05; then 12:30:00 beside 23:59.
# Expected: the lines in another order and nothing else changed; a time of day, or a text.
# Seen: a text of two numbers and a colon is a duration of minutes and seconds: 12:30 is written as 0:12:30, in CSV and in JSON,
#       and the latest meeting is "0:12:30". In one column 12:30:00 stays half past twelve and 23:59 becomes not quite
#       twenty-four minutes, so that the order of the day is lost. No word about it.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv v
./v/bin/pip install --quiet "csvkit==2.2.0" "agate==1.14.2"

printf 'who,starts\nAda,12:30\nGrace,08:15\nAlan,09:05\n' > meetings.csv
printf 'who,starts\nAda,12:30:00\nGrace,23:59\n' > mixed.csv

./v/bin/csvsort -c who meetings.csv | tee sorted.csv
./v/bin/csvsort -c starts mixed.csv | tee by-time.csv
./v/bin/csvjson meetings.csv | tee meetings.json
echo

diff sorted.csv <(printf 'who,starts\nAda,0:12:30\nAlan,0:09:05\nGrace,0:08:15\n')
diff by-time.csv <(printf 'who,starts\nGrace,0:23:59\nAda,12:30:00\n')
grep -q '"starts": "0:12:30"' meetings.json
