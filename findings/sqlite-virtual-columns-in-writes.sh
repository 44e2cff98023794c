#!/usr/bin/env bash
# How often SQLite works out a virtual column, such as a name in small letters, when a row is written and nobody reads the column.
#
# Version: SQLite as it comes with apsw 3.54.1.0.
# Input: a table with key, name, remark and a virtual column that is a function of the name, which no index has; a change of the remark,
#        with and without RETURNING id; a row made, and one deleted, with RETURNING id.
# Expected: never: a virtual column is worked out when it is read, as its manual has it, and none of these reads it.
# Seen: once in a change, and twice with RETURNING, for the row as it was and as it is; once for a row that is made, and once for one that is
#       deleted with RETURNING; only the plain deletion does without. Whoever keeps something costly in such a column pays for it
#       in writes to other columns, and double with RETURNING.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
./venv/bin/pip install --quiet apsw==3.54.1.0

cat > count.py << 'PYTHON'
import apsw

calls = []


def small(text):
    calls.append(text)
    return text.lower()


base = apsw.Connection(":memory:")
base.create_scalar_function("small", small, 1, deterministic=True)
virtual = "key TEXT GENERATED ALWAYS AS (small(name)) VIRTUAL"
base.execute(f"CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT, remark TEXT, {virtual})")
base.execute("INSERT INTO person (id, name) VALUES (1, 'Ada')")
for statement in (
    "UPDATE person SET remark = 'x' WHERE id = 1",
    "UPDATE person SET remark = 'y' WHERE id = 1 RETURNING id",
    "INSERT INTO person (id, name) VALUES (2, 'Grace') RETURNING id",
    "DELETE FROM person WHERE id = 2 RETURNING id",
    "DELETE FROM person WHERE id = 1",
):
    calls.clear()
    base.execute(statement).fetchall()
    print(len(calls), statement)
PYTHON

counts="$(./venv/bin/python count.py)"
printf '%s\n' "$counts"
[ "$(printf '%s\n' "$counts" | cut -c1 | tr -d '\n')" = 12110 ] || exit 1
