#!/usr/bin/env bash
# Which text SQLite makes of a number with few digits, in JSON and as text.
#
# Version: SQLite as it comes with apsw 3.54.1.0.
# Input: the numbers 0.000993911, 0.1 and 0.30000000000000004, bound as doubles.
# Expected: as few digits as bring the same double back, as PostgreSQL, Python and JavaScript write it; SQLite does so
#           for nearly all numbers, 0.1 and 0.30000000000000004 among them.
# Seen: json_object, json_quote and CAST AS TEXT write 0.0009939110000000001 for the first; printf('%!.15g') writes
#       0.000993911, and both are the same double. So two databases with equal values answer with other bytes.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
./venv/bin/pip install --quiet apsw==3.54.1.0

cat > write.py << 'PYTHON'
import apsw

connection = apsw.Connection(":memory:")
for number in (0.000993911, 0.1, 0.30000000000000004):
    sql = "SELECT json_quote(?1), CAST(?1 AS TEXT), printf('%!.15g', ?1)"
    quoted, text, short = connection.execute(sql, (number,)).fetchall()[0]
    print(repr(number), quoted, text, float(quoted) == number, float(short) == number)
PYTHON

written="$(./venv/bin/python write.py)"
printf '%s\n' "$written"
expected="0.000993911 0.0009939110000000001 0.0009939110000000001 True True
0.1 0.1 0.1 True True
0.30000000000000004 0.30000000000000004 0.30000000000000004 True False"
[ "$written" = "$expected" ] || exit 1
