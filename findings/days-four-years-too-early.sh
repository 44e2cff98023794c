#!/usr/bin/env bash
# When something is due that stands in a workbook whose days are counted from 1904, as Excel for the Mac made them for long.
#
# Versions: xlsx 0.18.5 (SheetJS), exceljs 4.4.0, read-excel-file 5.8.8 (JavaScript); openpyxl 3.1.5, python-calamine 0.9.1 (Python); written by
#           xlsxwriter 3.3.1 with date_1904.
# Input: 4 March 2026 as a day, and 1.5 as a number. That days count from 1904 stands in the workbook (date1904, ECMA-376, part 1, 18.2.28).
# Expected: 4 March 2026 from each.
# Seen: from four of the five. SheetJS, asked for dates (cellDates), hands out 3 March 2022, although it knows that date1904 is true; the
#       CSV that it makes of the very same cell says 4 March 2026. Nothing else in the sheet looks wrong.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
./venv/bin/pip install --quiet openpyxl==3.1.5 python-calamine==0.9.1 xlsxwriter==3.3.1
npm install --silent --no-fund --no-audit xlsx@0.18.5 exceljs@4.4.0 read-excel-file@5.8.8 > npm.log 2>&1

cat > both.py << 'PYTHON'
from datetime import date

import openpyxl
import xlsxwriter
from python_calamine import CalamineWorkbook

with xlsxwriter.Workbook("due.xlsx", {"date_1904": True}) as book:
    sheet = book.add_worksheet("Due")
    sheet.write_datetime(0, 0, date(2026, 3, 4), book.add_format({"num_format": "yyyy-mm-dd"}))
    sheet.write_number(0, 1, 1.5)
print("openpyxl", str(openpyxl.load_workbook("due.xlsx").active["A1"].value)[:10])
print("calamine", str(CalamineWorkbook.from_path("due.xlsx").get_sheet_by_name("Due").to_python()[0][0])[:10])
PYTHON

cat > read.cjs << 'JAVASCRIPT'
const ExcelJS = require("exceljs");
const readXlsxFile = require("read-excel-file/node");
const XLSX = require("xlsx");
const day = (value) => value.toISOString().slice(0, 10);
(async () => {
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile("due.xlsx");
  console.log("exceljs", day(book.worksheets[0].getCell("A1").value));
  console.log("read-excel-file", day((await readXlsxFile("due.xlsx"))[0][0]));
  const read = XLSX.readFile("due.xlsx", { cellDates: true });
  console.log("SheetJS", day(read.Sheets.Due.A1.v), XLSX.utils.sheet_to_csv(read.Sheets.Due).trim(), read.Workbook.WBProps.date1904);
})();
JAVASCRIPT

seen="$(./venv/bin/python both.py; TZ=UTC NODE_OPTIONS= node read.cjs)"
printf '%s\n' "$seen"
[ "$seen" = "openpyxl 2026-03-04
calamine 2026-03-04
exceljs 2026-03-04
read-excel-file 2026-03-04
SheetJS 2022-03-03 2026-03-04,1.5 true" ] || exit 1
