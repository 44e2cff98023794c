#!/usr/bin/env bash
# How readers of spreadsheets take a duration of more than a day, as time sheets hold it ("36:30").
#
# Versions: pandas 2.3.3 with odfpy 1.4.1, python-calamine 0.9.1, openpyxl 3.1.5.
# Input: one cell with 36 hours and 30 minutes, as .ods (office:time-value PT36H30M00S) and as .xlsx ([h]:mm).
# Expected: a duration from each of the four readings.
# Seen: pandas cannot read the .ods at all, one such cell ends the whole file with an error about hours (0 to 23);
#       calamine gives the text PT36H30M00S for the .ods and a timedelta for the .xlsx.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
./venv/bin/pip install --quiet pandas==2.3.3 odfpy==1.4.1 python-calamine==0.9.1 openpyxl==3.1.5

cat > read.py << 'PYTHON'
import datetime

import openpyxl
import pandas
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P
from python_calamine import CalamineWorkbook

sheet = OpenDocumentSpreadsheet()
table, row = Table(name="Hours"), TableRow()
cell = TableCell(valuetype="time", timevalue="PT36H30M00S")
cell.addElement(P(text="36:30"))
row.addElement(cell)
table.addElement(row)
sheet.spreadsheet.addElement(table)
sheet.save("hours.ods")

book = openpyxl.Workbook()
book.active["A1"] = datetime.timedelta(hours=36, minutes=30)
book.active["A1"].number_format = "[h]:mm"
book.save("hours.xlsx")

for file in ("hours.ods", "hours.xlsx"):
    print("calamine", repr(CalamineWorkbook.from_path(file).get_sheet_by_index(0).to_python()[0][0]))
for file, engine in (("hours.ods", "odf"), ("hours.xlsx", "openpyxl")):
    try:
        print("pandas", repr(pandas.read_excel(file, engine=engine, header=None).iat[0, 0]))
    except ValueError as error:
        print("pandas", type(error).__name__)
PYTHON

read="$(./venv/bin/python read.py)"
printf '%s\n' "$read"
case "$read" in
  $'calamine \'PT36H30M00S\'\ncalamine datetime.timedelta(days=1, seconds=45000)\npandas DateParseError\npandas '*) ;;
  *) exit 1 ;;
esac
