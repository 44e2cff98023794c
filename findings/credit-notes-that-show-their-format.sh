#!/usr/bin/env bash
# What stands in a quote or a credit note when a library fills in the fields of a letter that was made in Word, with the formats that are in them.
#
# Version: docx-mailmerge2 1.0.3, which promises to heed formats of numbers and texts (with python-docx 1.2.0 to make and read the letters).
# Input: a field for an amount with \# "#,##0.00" and 1234.5, as a float and as a Decimal; with \# "$#,##0.00;($#,##0.00)", where what is behind the semicolon is
#        for amounts below nought, and -5; and a field whose word is in small letters (mergefield name).
# Expected: 1,234.50 twice, ($5.00) and the name: a picture of a number has up to three parts (ECMA-376, part 1, 17.16.4.2), and Word does not
#           mind small letters in what a field is called. Or an error.
# Seen: the float is right. A Decimal, as programs have money in, is written without its format: 1234.50. The amount below nought is followed by the rest of the
#       picture: $-5.00;($#,##0.00) - that is what the customer reads. The field in small letters is no
#       field, and «name» stays in the letter. No error.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
./venv/bin/pip install --quiet docx-mailmerge2==1.0.3 python-docx==1.2.0

cat > merge.py << 'PYTHON'
from decimal import Decimal

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from mailmerge import MailMerge


def letter(field):
    document = Document()
    paragraph = document.add_paragraph()._p
    for kind, text in (("begin", None), ("instrText", f" {field} "), ("separate", None), ("t", "«name»"), ("end", None)):
        run = OxmlElement("w:r")
        part = OxmlElement(f"w:{kind}" if text else "w:fldChar")
        if text:
            part.text = text
            part.set(qn("xml:space"), "preserve")
        else:
            part.set(qn("w:fldCharType"), kind)
        run.append(part)
        paragraph.append(run)
    document.save("letter.docx")


for field, value in [
    ('MERGEFIELD name \\# "#,##0.00"', 1234.5),
    ('MERGEFIELD name \\# "#,##0.00"', Decimal("1234.50")),
    ('MERGEFIELD name \\# "$#,##0.00;($#,##0.00)"', -5),
    ("mergefield name", "Ada"),
]:
    letter(field)
    with MailMerge("letter.docx") as merged:
        merged.merge(name=value)
        merged.write("written.docx")
    print(Document("written.docx").paragraphs[0].text)
PYTHON

seen="$(PYTHONIOENCODING=utf-8 ./venv/bin/python -W ignore merge.py)"
printf '%s\n' "$seen"
[ "$seen" = '1,234.50
1234.50
$-5.00;($#,##0.00)
«name»' ] || exit 1
