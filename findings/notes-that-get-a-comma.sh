#!/usr/bin/env bash
# What a reader of lines of JSON (NDJSON) makes of notes with the line break that word processors and telephones write.
#
# Version: ndjson 0.3.1 (Python).
# Input: two records as JavaScript's JSON.stringify writes them, a record a line: one note has U+2028 (line separator) in it, a
#        remark has U+0085. Both may stand in a text of JSON as they are (RFC 8259, 7: only ", \ and what is below U+0020 is escaped).
# Expected: the notes as they were, as json.loads reads each line, or an error.
# Seen: loads() takes each of the two for the end of a line, and puts the lines together with commas: "first,second". The text is valid
#       again, so that nothing fails; it only says something else. Its reader() of the same package, which goes by lines of a file,
#       keeps both.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
./venv/bin/pip install --quiet ndjson==0.3.1

NODE_OPTIONS= node -e 'for (const record of [{ note: "first\u2028second" }, { remark: "one\u0085two" }]) console.log(JSON.stringify(record));' > notes.ndjson

cat > read.py << 'PYTHON'
import io
import json
from pathlib import Path

import ndjson

text = Path("notes.ndjson").read_bytes().decode()
print([json.loads(line) for line in text.split("\n") if line])
print(list(ndjson.reader(io.StringIO(text, newline="\n"))))
print(ndjson.loads(text))
PYTHON

read="$(./venv/bin/python read.py)"
printf '%s\n' "$read"
[ "$read" = "[{'note': 'first\\u2028second'}, {'remark': 'one\\x85two'}]
[{'note': 'first\\u2028second'}, {'remark': 'one\\x85two'}]
[{'note': 'first,second'}, {'remark': 'one,two'}]" ] || exit 1
