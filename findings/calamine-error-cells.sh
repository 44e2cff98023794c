#!/usr/bin/env bash
# python-calamine 0.9.1: a cell that shows an error has no value of its own.
#
# Expected: an error of a spreadsheet (#N/A, #REF!, #DIV/0!) comes out as something that is told from an empty cell: an
#           error value, its text, or an exception.
# Seen:     in .xlsx every error comes out as "", as an empty cell does; in .ods a #REF! that LibreOffice stores beside the
#           number 0 comes out as 0.0, and an #N/A as "".  Whoever imports such a sheet takes a broken look-up for "nothing".
# So:       who has to tell them apart reads the workbook's own XML beside the values (t="e" in .xlsx,
#           calcext:value-type="error" in .ods).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet python-calamine==0.9.1 xlsxwriter==3.3.0
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import sys
import zipfile

import python_calamine
import xlsxwriter

book = xlsxwriter.Workbook("errors.xlsx")
sheet = book.add_worksheet()
for column, (formula, shown) in enumerate((("=NA()", "#N/A"), ("=1/0", "#DIV/0!"), ("=1+1", 2))):
    sheet.write_formula(0, column, formula, None, shown)
sheet.write_string(0, 4, "the end")
book.close()

names = {"office": "office:1.0", "table": "table:1.0", "text": "text:1.0"}
spaces = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{value}"' for name, value in names.items())
spaces += ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
cells = (
    '<table:table-cell table:formula="of:=NA()" office:value-type="string" office:string-value="" calcext:value-type="error">'
    "<text:p>#N/A</text:p></table:table-cell>"
    '<table:table-cell table:formula="of:=[.#REF!]" office:value-type="float" office:value="0" calcext:value-type="error">'
    "<text:p>#REF!</text:p></table:table-cell>"
)
with zipfile.ZipFile("errors.ods", "w") as made:
    made.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    made.writestr("META-INF/manifest.xml", '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>')
    made.writestr(
        "content.xml",
        f'<?xml version="1.0"?><office:document-content {spaces}><office:body><office:spreadsheet><table:table table:name="A">'
        f"<table:table-row>{cells}</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>",
    )


def first_row(path: str) -> list[object]:
    return python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()[0]


found = {path: first_row(path) for path in ("errors.xlsx", "errors.ods")}
wanted = {"errors.xlsx": ["", "", 2.0, "", "the end"], "errors.ods": ["", 0.0]}
for path, row in found.items():
    print(f"{path}: python-calamine 0.9.1 gives {row}")
if found != wanted:
    sys.exit("the behaviour has changed")
print("errors are told from empty cells in neither")
PYTHON
