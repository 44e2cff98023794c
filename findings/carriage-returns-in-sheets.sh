#!/usr/bin/env bash
# What readers of spreadsheets make of an address on two lines, written with carriage return and line feed as on Windows.
#
# Versions: written by xlsxwriter 3.3.1; read by openpyxl 3.1.5, python-calamine 0.9.1, exceljs 4.4.0, xlsx-populate 1.21.0.
# Input: one .xlsx with a cell of "12 Street", carriage return, line feed, "London", and one with the article code SKU_x0041_.
#        The format has no carriage return in XML: it is written _x000D_, and an underscore that would begin such a code is
#        written _x005F_ (ECMA-376, part 1, 22.9.2.19, ST_Xstring).
# Expected: the texts as they were, from each.
# Seen: from calamine and exceljs. To openpyxl the street is "12 Street_x000D_", although it does undo the other code; xlsx-populate
#       undoes neither. Where openpyxl writes the code again, as a text of its own, it writes it bare, and calamine reads SKUA:
#       a sheet that was only opened and saved has other article codes.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
./venv/bin/pip install --quiet xlsxwriter==3.3.1 openpyxl==3.1.5 python-calamine==0.9.1
npm install --silent --no-fund --no-audit exceljs@4.4.0 xlsx-populate@1.21.0 > npm.log 2>&1

cat > read.py << 'PYTHON'
import openpyxl
import python_calamine
import xlsxwriter

book = xlsxwriter.Workbook("sheet.xlsx")
book.add_worksheet().write_row(0, 0, ["12 Street\r\nLondon", "SKU_x0041_"])
book.close()
again = openpyxl.load_workbook("sheet.xlsx")
print("openpyxl", [cell.value for cell in again.active[1]])
again.save("again.xlsx")
for file in ("sheet.xlsx", "again.xlsx"):
    print("calamine", file, python_calamine.load_workbook(file).get_sheet_by_index(0).to_python()[0])
PYTHON

cat > read.cjs << 'JAVASCRIPT'
const { Workbook } = require("exceljs");
const populate = require("xlsx-populate");
(async () => {
  const book = new Workbook();
  await book.xlsx.readFile("sheet.xlsx");
  console.log("exceljs", JSON.stringify(book.worksheets[0].getRow(1).values.slice(1)));
  console.log("xlsx-populate", JSON.stringify((await populate.fromFileAsync("sheet.xlsx")).sheet(0).usedRange().value()[0]));
})();
JAVASCRIPT

seen="$(./venv/bin/python -W ignore read.py; TZ=UTC NODE_OPTIONS= node read.cjs)"
printf '%s\n' "$seen"
cat > expected << 'SEEN'
openpyxl ['12 Street_x000D_\nLondon', 'SKU_x0041_']
calamine sheet.xlsx ['12 Street\r\nLondon', 'SKU_x0041_']
calamine again.xlsx ['12 Street\r\nLondon', 'SKUA']
exceljs ["12 Street\r\nLondon","SKU_x0041_"]
xlsx-populate ["12 Street_x000D_\nLondon","SKU_x005F_x0041_"]
SEEN
[ "$seen" = "$(cat expected)" ] || exit 1
