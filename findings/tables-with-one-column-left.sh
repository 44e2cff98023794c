#!/usr/bin/env bash
# What readers of binary workbooks (.xlsb) find in one that the most common JavaScript library for spreadsheets has written.
#
# Versions: written by xlsx 0.18.5 (SheetJS); read by it, by python-calamine 0.9.1 and by pyxlsb 1.0.10.
# Input: two companies with an amount and a truth value; written by nothing but writeFile("deals.xlsb"), and as .xlsx beside it.
# Expected: the table, from each; or an error about records that are not known.
# Seen: SheetJS writes the first cell of each row in full (BrtCellSt of [MS-XLSB]) and the others in a shorter form (records 12 to 18), and reads
#       its own file well. calamine passes over the short ones: the first column is all there is. pyxlsb passes over both: each cell is None.
#       It is no error for either, and the .xlsx of the same table is whole.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
./venv/bin/pip install --quiet python-calamine==0.9.1 pyxlsb==1.0.10
npm install --silent --no-fund --no-audit xlsx@0.18.5 > npm.log 2>&1

cat > write.cjs << 'JAVASCRIPT'
const XLSX = require("xlsx");
const book = XLSX.utils.book_new();
XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet([["company", "amount", "won"], ["Acme", 19.99, true], ["Beta", 7, false]]), "Deals");
for (const name of ["deals.xlsb", "deals.xlsx"]) XLSX.writeFile(book, name);
console.log("SheetJS", JSON.stringify(XLSX.utils.sheet_to_json(XLSX.readFile("deals.xlsb").Sheets.Deals, { header: 1 })));
JAVASCRIPT

cat > read.py << 'PYTHON'
import pyxlsb
from python_calamine import CalamineWorkbook

for name in ("deals.xlsx", "deals.xlsb"):
    print("calamine", name, CalamineWorkbook.from_path(name).get_sheet_by_name("Deals").to_python())
with pyxlsb.open_workbook("deals.xlsb") as book, book.get_sheet("Deals") as sheet:
    print("pyxlsb", {cell.v for row in sheet.rows() for cell in row})
PYTHON

seen="$(NODE_OPTIONS= node write.cjs; ./venv/bin/python read.py)"
printf '%s\n' "$seen"
[ "$seen" = "SheetJS [[\"company\",\"amount\",\"won\"],[\"Acme\",19.99,true],[\"Beta\",7,false]]
calamine deals.xlsx [['company', 'amount', 'won'], ['Acme', 19.99, True], ['Beta', 7.0, False]]
calamine deals.xlsb [['company'], ['Acme'], ['Beta']]
pyxlsb {None}" ] || exit 1
