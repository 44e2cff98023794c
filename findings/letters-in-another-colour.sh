#!/usr/bin/env bash
# Which colour a paragraph of an e-mail has once a library has moved the style sheet into the elements, as mail programs need it.
#
# Versions: premailer 3.10.0, pynliner 0.8.0, css-inline 0.24.0 (Python).
# Input: four style sheets over a paragraph: a colour that is important over another one, of a class; the same over one in the element itself; a
#        rule for paragraphs with a title, in front of one for all; a rule with :not(), in front of one for all.
# Expected: red each time: what is important goes before what is not, in the element too (CSS Cascade 4, 6.1), and an attribute, or the class inside of
#           :not(), counts for more than the name of an element (Selectors 4, 17).
# Seen: css-inline says so. premailer has blue for all but the first, pynliner for the first and the third; the second has both colours there, the
#       important one without its word, so that the other one wins, and the fourth is an error. The page in a browser is right, so
#       that a preview shows another letter than the one that arrives.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
./venv/bin/pip install --quiet premailer==3.10.0 pynliner==0.8.0 css-inline==0.24.0

cat > inline.py << 'PYTHON'
import logging
import re

import css_inline
import premailer
import pynliner

logging.disable(logging.CRITICAL)
letters = [
    ("p{color:red !important} .a{color:blue}", "<p class='a'>"),
    ("p{color:red !important}", "<p style='color:blue'>"),
    ("p[title]{color:red} p{color:blue}", "<p title='x'>"),
    ("p:not(.b){color:red} p{color:blue}", "<p class='a'>"),
]
kinds = {"css-inline": css_inline.inline, "premailer": premailer.transform, "pynliner": pynliner.fromString}
for name, inline in kinds.items():
    found = []
    for sheet, tag in letters:
        try:
            made = inline(f"<html><head><style>{sheet}</style></head><body>{tag}Won</p></body></html>")
        except Exception:
            found.append("an error")
        else:
            found.append(re.sub(r"[\s;]+", " ", re.search(r'<p[^>]* style="([^"]*)"', made)[1]).replace(": ", ":").strip())
    print(f"{name}: {' | '.join(found)}")
PYTHON

seen="$(./venv/bin/python -W ignore inline.py)"
printf '%s\n' "$seen"
[ "$seen" = "css-inline: color:red !important | color:red !important | color:red | color:red
premailer: color:red | color:blue | color:blue | color:blue
pynliner: color:blue | color:red color:blue | color:blue | an error" ] || exit 1
