#!/usr/bin/env bash
# What readers of OpenDocument sheets (.ods) make of an amount in a cell that is formatted as money.
#
# Versions: pyexcel-ods3 0.6.1 (with lxml 6.1.3), pandas-ods-reader 1.0.2, python-calamine 0.9.1 (Python); written by odfpy 1.4.1.
# Input: a cell with 1234.5 euros, one with 12.5 %, and one with the number 7, each with its value in office:value and its text beside it.
# Expected: 1234.5, 0.125 and 7: the value of a cell of type currency is office:value, as for a number and for per cent (OpenDocument 1.3, part 3,
#           office:value-type); its currency stands in an attribute of its own, office:currency.
# Seen: pandas-ods-reader and calamine say so. pyexcel-ods3 has the numbers too, but for the money the text "1234.5 EUR": a column of amounts that somebody
#       has formatted as such cannot be added up, and is one of texts once it is written again.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
./venv/bin/pip install --quiet pyexcel-ods3==0.6.1 pandas-ods-reader==1.0.2 python-calamine==0.9.1 odfpy==1.4.1 lxml==6.1.3

cat > ask.py << 'PYTHON'
import pandas_ods_reader
import pyexcel_ods3
import python_calamine
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

document = OpenDocumentSpreadsheet()
table = Table(name="Deals")
document.spreadsheet.addElement(table)


def row(*cells):
    made = TableRow()
    for shown, kind in cells:
        cell = TableCell(**kind)
        cell.addElement(P(text=shown))
        made.addElement(cell)
    table.addElement(made)


row(*((each, {"valuetype": "string"}) for each in ("amount", "share", "people")))
row(
    ("1.234,50 €", {"valuetype": "currency", "value": "1234.5", "currency": "EUR"}),
    ("12,5 %", {"valuetype": "percentage", "value": "0.125"}),
    ("7", {"valuetype": "float", "value": "7"}),
)
document.save("deals.ods")
print("pyexcel-ods3:", pyexcel_ods3.get_data("deals.ods")["Deals"][1])
print("pandas-ods-reader:", pandas_ods_reader.read_ods("deals.ods").values.tolist()[0])
print("calamine:", python_calamine.load_workbook("deals.ods").get_sheet_by_index(0).to_python()[1])
PYTHON

seen="$(./venv/bin/python -W ignore ask.py)"
printf '%s\n' "$seen"
[ "$seen" = "pyexcel-ods3: ['1234.5 EUR', 0.125, 7]
pandas-ods-reader: [1234.5, 0.125, 7.0]
calamine: [1234.5, 0.125, 7.0]" ] || exit 1
