#!/usr/bin/env bash
# What is left of records that a common library for tables writes as dBASE, which older CRMs and mailing programs import.
#
# Version: tablib 3.10.0.
# Input: two companies; a remark of 100 characters, the amounts 1234567890.25 and -1234567.89, and an amount that is not known yet (None) in the
#        first of two lines.
# Expected: the remark whole, as a character field may have 254; the amounts whole, as a number field may have 20 digits; nothing for None; or
#           an error, as there is one for a heading of more than ten characters.
# Seen: each text is cut at 80 characters and each amount at ten, minus and point among them: no cents any more, and -1234567.8, which is
#       cut and not rounded. A larger amount is an error after all. Where the first line has no amount the column is one of texts, and
#       None is written as the word "None".
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
./venv/bin/pip install --quiet tablib==3.10.0

cat > write.py << 'PYTHON'
import tablib


def again(*amounts: object, remark: str = "") -> list[dict[str, object]]:
    table = tablib.Dataset(headers=["amount", "remark"])
    for amount in amounts:
        table.append([amount, remark])
    return [dict(row) for row in tablib.Dataset().load(table.export("dbf"), "dbf").dict]


print(again(19.99))
print(len(again(19.99, remark="x" * 100)[0]["REMARK"]))
print([row["AMOUNT"] for row in again(1234567890.25, -1234567.89)])
print([row["AMOUNT"] for row in again(None, 12.5)])
try:
    again(99999999999)
except ValueError as error:
    print("overflow" in str(error))
PYTHON

seen="$(./venv/bin/python -W ignore write.py)"
printf '%s\n' "$seen"
[ "$seen" = "[{'AMOUNT': 19.99, 'REMARK': ''}]
80
[1234567890, -1234567.8]
['None', '12.5']
True" ] || exit 1
