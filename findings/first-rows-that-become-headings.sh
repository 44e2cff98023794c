#!/usr/bin/env bash
# How finders of delimiters read lists as CRMs and mail programs export them: two columns with semicolons, and one column.
#
# Versions: duckdb 2.0.1, clevercsv 0.8.5 (Python).
# Input: Name;Address with a hundred people, whose addresses have commas ("Weg 7, 01007 Ort, DE"), and a list of e-mail addresses
#        alone, under the heading "email".
# Expected: two columns with a hundred rows; one column.
# Seen: each reads what the other does not. duckdb takes the comma, as more columns come of it, calls the one line that does not
#       fit (the headings) something to be skipped, and the first person the headings: three columns, 99 rows, no error. With two
#       parts in an address, or with a third column, it is right. clevercsv takes the @ for a delimiter: every address is two
#       columns, and the heading is one.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
./venv/bin/pip install --quiet --no-compile duckdb==2.0.1 clevercsv==0.8.5

cat > read.py << 'PYTHON'
from pathlib import Path

import clevercsv
import duckdb

lines = ["Name;Address", *(f"Person {number};Weg {number}, {1000 + number:05} Ort, DE" for number in range(100))]
Path("people.csv").write_text("\n".join([*lines, ""]))
Path("letter.csv").write_text("email\nada@example.com\ngrace@example.com\nalan@example.org\n")
for file in ("people.csv", "letter.csv"):
    table = duckdb.read_csv(file)
    print("duckdb   ", file, table.columns, len(table))
    rows = clevercsv.read_table(file)
    print("clevercsv", file, rows[0], len(rows) - 1, rows[1])
PYTHON

seen="$(./venv/bin/python -W ignore read.py)"
printf '%s\n' "$seen"
[ "$seen" = "duckdb    people.csv ['Person 0;Weg 0', '01000 Ort', 'DE'] 99
clevercsv people.csv ['Name', 'Address'] 100 ['Person 0', 'Weg 0, 01000 Ort, DE']
duckdb    letter.csv ['email'] 3
clevercsv letter.csv ['email'] 3 ['ada', 'example.com']" ] || exit 1
