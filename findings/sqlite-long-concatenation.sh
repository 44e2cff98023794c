#!/usr/bin/env bash
# SQLite: how much memory a chain of || takes when one of its operands is long.
#
# Guess: a || b || c … makes one text after the other, and lets each go when the next is made, so that a chain of 60
# operands over one text of 2 MB peaks at a few copies of it.
# Seen with SQLite 3.54.1 (apsw 3.54.1.0): every step of the chain keeps its own register until the row is done, and with
# it its copy of the long text: 60 operands peak at some 60 copies.  The same operands in brackets, halves of halves, keep
# as many copies as the tree is deep.  Both give the same text.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check apsw==3.54.1.0
"$folder/venv/bin/python" - <<'PYTHON'
import sys

import apsw

LONG, OPERANDS = 2_000_000, 60


def chain(parts):
    return " || ".join(parts)


def halves(parts):
    if len(parts) == 1:
        return parts[0]
    at = len(parts) // 2
    return f"({halves(parts[:at])} || {halves(parts[at:])})"


def copies(expression):
    connection = apsw.Connection(":memory:")
    connection.execute("CREATE TABLE t (long TEXT)")
    connection.execute("INSERT INTO t VALUES (?)", ("x" * LONG,))
    apsw.memory_high_water(True)
    before = apsw.memory_used()
    ((made,),) = connection.execute(f"SELECT length({expression}) FROM t").fetchall()
    return made, (apsw.memory_high_water() - before) / LONG


parts = ["long", *(f"'{at:02}'" for at in range(OPERANDS - 1))]
one, as_chain = copies(chain(parts))
other, as_halves = copies(halves(parts))
print(f"SQLite {apsw.sqlite_lib_version()}: {OPERANDS} operands, one of {LONG:,} characters")
print(f"  as a chain:  {as_chain:5.1f} copies of it at once")
print(f"  in halves:   {as_halves:5.1f} copies")
if one != other or as_chain < OPERANDS / 2 or as_halves > 12:
    sys.exit("this is no longer so")
PYTHON
