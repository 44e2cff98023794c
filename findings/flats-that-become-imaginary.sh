#!/usr/bin/env bash
# What a library for tables makes of names and house numbers when it is asked to turn texts into numbers where they are some.
#
# Version: petl 1.7.30.
# Input: first names and flats: Nan, 4J; Ada, 12; Inf, 1_2.
# Expected: 12 becomes a number and all else stays as it is, or the columns do, as none is of numbers alone.
# Seen: each cell by itself is given to Python's own readers of numbers, one after the other, that of complex ones too: the person
#       called Nan is "not a number", who is not even equal to herself any more, Inf is infinite, flat 4J is 4j, and 1_2 is twelve.
#       Written as CSV again, the flat has lost its capital. With strict=True, which is to refuse, Ada becomes None.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv v
./v/bin/pip install --quiet "petl==1.7.30"

printf 'first,flat\nNan,4J\nAda,12\nInf,1_2\n' > people.csv

./v/bin/python - <<'PY'
import math

import petl

read = petl.fromcsv("people.csv")
names, flats = (list(petl.values(read.convertnumbers(), column)) for column in ("first", "flat"))
print(names, flats)
assert math.isnan(names[0]) and names[1] == "Ada" and math.isinf(names[2]), names
assert flats == [4j, 12, 12], flats

read.convertnumbers().tocsv("again.csv")
again = open("again.csv").read().split()
print(again)
assert again == ["first,flat", "nan,4j", "Ada,12", "inf,12"], again

strict = list(petl.values(read.convertnumbers(strict=True), "first"))
print("strict:", strict)
assert strict[1] is None, strict
PY
