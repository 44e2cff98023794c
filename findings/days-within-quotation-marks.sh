#!/usr/bin/env bash
# What readers of spreadsheets make of numbers whose format has a unit in it, such as 14 "days".
#
# Versions: xlsx2csv 0.8.6, openpyxl 3.1.5, python-calamine 0.9.1 (Python); exceljs 4.4.0, read-excel-file 5.8.8 (JavaScript); written by
#           xlsxwriter 3.3.1.
# Input: the number 46085 in four formats: 0 "days", #,##0 "Mio.", 0.00_d (with a gap as wide as a d) and 0\d; and a day, dd.mm.yyyy. Letters in
#        quotation marks, behind a backslash or an underscore are no codes of days or months (ECMA-376, part 1, 18.8.31).
# Expected: four numbers and 4 March 2026; or the numbers with their unit, as the sheet shows them.
# Seen: openpyxl, calamine and read-excel-file say so. xlsx2csv looks for d, m, h, s and y everywhere, and its CSV has the format with the
#       day filled in, and the number nowhere: 0 "04ays", #,##0 "03io.". exceljs knows quotation marks, but makes 4 March 2026 of the
#       other two.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
./venv/bin/pip install --quiet xlsx2csv==0.8.6 openpyxl==3.1.5 python-calamine==0.9.1 xlsxwriter==3.3.1
npm install --silent --no-fund --no-audit exceljs@4.4.0 read-excel-file@5.8.8 > npm.log 2>&1

cat > write.py << 'PYTHON'
import xlsxwriter

with xlsxwriter.Workbook("units.xlsx") as book:
    sheet = book.add_worksheet()
    for row, form in enumerate(('0 "days"', '#,##0 "Mio."', "0.00_d", "0\\d", "dd.mm.yyyy")):
        sheet.write_number(row, 0, 46085, book.add_format({"num_format": form}))
PYTHON
./venv/bin/python write.py

cat > read.py << 'PYTHON'
import csv
import io

import openpyxl
from python_calamine import CalamineWorkbook
from xlsx2csv import Xlsx2csv

print("openpyxl", *(str(cell.value)[:10] for cell in openpyxl.load_workbook("units.xlsx").active["A"]), sep="|")
print("calamine", *(str(row[0])[:10] for row in CalamineWorkbook.from_path("units.xlsx").get_sheet_by_index(0).to_python()), sep="|")
text = io.StringIO()
Xlsx2csv("units.xlsx", outputencoding="utf-8").convert(text)
print("xlsx2csv", *(row[0] for row in csv.reader(io.StringIO(text.getvalue()))), sep="|")
PYTHON

cat > read.cjs << 'JAVASCRIPT'
const ExcelJS = require("exceljs");
const readXlsxFile = require("read-excel-file/node");
const shown = (value) => (value instanceof Date ? value.toISOString().slice(0, 10) : String(value));
(async () => {
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile("units.xlsx");
  console.log(["exceljs", ...[1, 2, 3, 4, 5].map((row) => shown(book.worksheets[0].getCell(row, 1).value))].join("|"));
  console.log(["read-excel-file", ...(await readXlsxFile("units.xlsx")).map((row) => shown(row[0]))].join("|"));
})();
JAVASCRIPT

seen="$(./venv/bin/python -W ignore read.py; TZ=UTC NODE_OPTIONS= node read.cjs)"
printf '%s\n' "$seen"
[ "$seen" = 'openpyxl|46085|46085|46085|46085|2026-03-04
calamine|46085.0|46085.0|46085.0|46085.0|2026-03-04
xlsx2csv|0 "04ays"|#,##0 "03io."|0.00_04|004|04.03.2026
exceljs|46085|46085|2026-03-04|2026-03-04|2026-03-04
read-excel-file|46085|46085|46085|46085|2026-03-04' ] || exit 1
