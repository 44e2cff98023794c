#!/usr/bin/env bash
# What two Python libraries for Mustache templates, as automations fill them with records, write of lists.
#
# Versions: chevron 0.14.0 (whose manual says that it passes every test of the specification), pystache 0.6.8.
# Input: amounts 120, 0, 80; the lines of an address, of which the second is empty; three deals, of which the second has no field.
# Expected: each item once, whatever it is, as the specification has a section over a list: <120><0><80>.
# Seen: pystache writes three of each. chevron leaves out what counts as false in Python, so that 0, the empty line and the empty
#       deal are missing and everything behind them moves up; a list with one 0 is neither a list nor an empty one (the
#       section for "none", {{^amounts}}, is not written either). Where the item is true itself, its dot is the whole record.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
./venv/bin/pip install --quiet chevron==0.14.0 pystache==0.6.8

cat > fill.py << 'PYTHON'
import chevron
import pystache

cases = [
    ("{{#amounts}}<{{.}}>{{/amounts}}", {"amounts": [120, 0, 80]}),
    ("{{#lines}}<{{.}}>{{/lines}}", {"lines": ["Main St 5", "", "Bath"]}),
    ("{{#deals}}<{{name}}>{{/deals}}", {"deals": [{"name": "A"}, {}, {"name": "B"}]}),
    ("{{#amounts}}some{{/amounts}}{{^amounts}}none{{/amounts}}", {"amounts": [0]}),
    ("{{#flags}}<{{.}}>{{/flags}}", {"flags": [True]}),
]
for template, record in cases:
    print(chevron.render(template, record), "|", pystache.render(template, record))
PYTHON

texts="$(./venv/bin/python -W ignore fill.py)"
printf 'chevron | pystache\n%s\n' "$texts"
[ "$texts" = "<120><80> | <120><0><80>
<Main St 5><Bath> | <Main St 5><><Bath>
<A><B> | <A><><B>
 | some
<{'flags': [True]}> | <True>" ] || exit 1
