#!/usr/bin/env bash
# What three tools for CSV files do to a column of telephone numbers in international form when asked for something
# else: to sort by name, to insert into SQLite, to read.
#
# Versions: csvkit 2.2.0 (agate 1.14.2), sqlite-utils 4.2.1, pyexcel 0.7.6 (pyexcel-io 0.6.8).
# Input: name,phone / Grace,+12125550123 / Ada,+493012345678. No option but what the job needs.
# Expected: a plus in front makes it a text to all three, as a zero in front does to pyexcel; sorting changes the
#           order of lines and nothing in them.
# Seen: the plus is read as a sign: csvsort writes other lines than it read, sqlite-utils makes an INTEGER column,
#       pyexcel hands out integers (while it keeps a zero in front as text). No word about it from any of them.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
./venv/bin/pip install --quiet csvkit==2.2.0 agate==1.14.2 sqlite-utils==4.2.1 pyexcel==0.7.6 pyexcel-io==0.6.8

printf 'name,phone\nGrace,+12125550123\nAda,+493012345678\n' > people.csv
printf 'name,phone\nGrace,0212555012\n' > national.csv

sorted="$(./venv/bin/csvsort -c name people.csv)"
./venv/bin/sqlite-utils insert people.db people people.csv --csv > insert.log 2>&1
rows="$(./venv/bin/sqlite-utils rows people.db people)"
read="$(./venv/bin/python -c 'import pyexcel, sys
for file in sys.argv[1:]: print(pyexcel.get_array(file_name=file)[1][1].__repr__())' people.csv national.csv)"
printf 'csvsort:\n%s\nsqlite-utils:\n%s\npyexcel:\n%s\n' "$sorted" "$rows" "$read"

[ "$sorted" = $'name,phone\nAda,493012345678\nGrace,12125550123' ] || exit 1
case "$rows" in *'"phone": 12125550123'*) ;; *) exit 1 ;; esac
[ "$read" = $'12125550123\n\'0212555012\'' ] || exit 1
