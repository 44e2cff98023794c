#!/usr/bin/env bash
# What a kit for connectors, which copies records from one program to another, makes of texts when it puts them under another name.
#
# Version: airbyte-cdk 7.39.1 (declarative sources, AddFields).
# Input: a new field "{{ record['v'] }}" for the texts None (a surname), +493012345678, 1e5 (an article code), 12345 and 01067 (postcodes), 1_2 (a
#        house), 12,14 (two houses), "Ada" with its quotation marks (a nickname), True.
# Expected: the text that was there.
# Seen: what comes out of a template is read as a Python value wherever it is one: nothing, a number without its plus, 100000.0, the number 12345
#       beside the text 01067, twelve, a list of two numbers, Ada without her marks, a truth value. Which records change depends on what is
#       in them, so that a first try on a few looks well. With value_type "string" all are texts as they were, but the nickname, whose marks
#       are gone all the same.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
./venv/bin/pip install --quiet airbyte-cdk==7.39.1

cat > add.py << 'PYTHON'
from airbyte_cdk.sources.declarative.transformations.add_fields import AddedFieldDefinition, AddFields


def added(text: str, kind: type | None) -> object:
    definition = AddedFieldDefinition(path=["new"], value="{{ record['v'] }}", value_type=kind, parameters={})
    record = {"v": text}
    AddFields(fields=[definition], parameters={}).transform(record)
    return record["new"]


for text in ("Lovelace", "None", "+493012345678", "1e5", "12345", "01067", "1_2", "12,14", '"Ada"', "True"):
    print(text, "|", repr(added(text, None)), "|", repr(added(text, str)))
PYTHON

seen="$(./venv/bin/python -W ignore add.py)"
printf '%s\n' "$seen"
[ "$seen" = "Lovelace | 'Lovelace' | 'Lovelace'
None | None | 'None'
+493012345678 | 493012345678 | '+493012345678'
1e5 | 100000.0 | '1e5'
12345 | 12345 | '12345'
01067 | '01067' | '01067'
1_2 | 12 | '1_2'
12,14 | (12, 14) | '12,14'
\"Ada\" | 'Ada' | 'Ada'
True | True | 'True'" ] || exit 1
