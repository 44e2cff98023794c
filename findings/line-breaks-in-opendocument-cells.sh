#!/usr/bin/env bash
# What a fast reader of spreadsheets keeps of a line break or a tab inside a cell of an OpenDocument sheet (.ods).
#
# Version: python-calamine 0.9.1, on sheets written by odfpy 1.4.1.
# Input: cells with one paragraph each: a street and a city with a line break between them (text:line-break), two names with a
#        tab (text:tab), two letters with three blanks (text:s); and one cell of two paragraphs.
# Expected: a line break, a tab and three blanks where they were, as a spreadsheet shows them.
# Seen: the blanks are three and two paragraphs are two lines, but break and tab are gone without a trace, so that words grow
#       together: "12 StreetLondon", "AdaLovelace".
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
./venv/bin/pip install --quiet python-calamine==0.9.1 odfpy==1.4.1

cat > cells.py << 'PYTHON'
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import LineBreak, P, S, Tab
from python_calamine import CalamineWorkbook


def cell(first: str, between, second: str) -> TableCell:
    made, paragraph = TableCell(valuetype="string"), P(text=first)
    paragraph.addElement(between)
    paragraph.addText(second)
    made.addElement(paragraph)
    return made


book, sheet, row = OpenDocumentSpreadsheet(), Table(name="people"), TableRow()
for each in (cell("12 Street", LineBreak(), "London"), cell("Ada", Tab(), "Lovelace"), cell("a", S(c=3), "b")):
    row.addElement(each)
two = TableCell(valuetype="string")
for text in ("one", "two"):
    two.addElement(P(text=text))
row.addElement(two)
sheet.addElement(row)
book.spreadsheet.addElement(sheet)
book.save("people.ods")
print(CalamineWorkbook.from_path("people.ods").get_sheet_by_index(0).to_python())
PYTHON

read="$(./venv/bin/python cells.py)"
printf '%s\n' "$read"
[ "$read" = "[['12 StreetLondon', 'AdaLovelace', 'a   b', 'one\\ntwo']]" ] || exit 1
