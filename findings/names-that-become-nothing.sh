#!/usr/bin/env bash
# What a library that finds duplicates leaves of names when it cleans them to compare them.
#
# Version: recordlinkage 0.16 (with pandas 2.3.3).
# Input: Müller, Łukasz, Иван, Анна, 東京 given to recordlinkage.preprocessing.clean, with its defaults and with
#        strip_accents="unicode"; then Иван and Анна compared exactly.
# Expected: capitals, punctuation and brackets gone, the letters kept, or brought to plain ones where accents are to be stripped.
# Seen: letters that are not of ASCII are taken out like punctuation: mller, ukasz, and three times nothing at all. With accents
#       stripped ü is u, and Ł is gone still. So two names of two people are one (1), as an exact comparison has it, and all the
#       names in Cyrillic, Greek or Chinese letters fall together.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
./venv/bin/pip install --quiet --no-compile recordlinkage==0.16 pandas==2.3.3

cat > clean.py << 'PYTHON'
import pandas as pd
import recordlinkage
from recordlinkage.preprocessing import clean

names = pd.Series(["Müller", "Łukasz", "Иван", "Анна", "東京"])
print(clean(names).tolist(), clean(names, strip_accents="unicode").tolist())
one, other = (pd.DataFrame({"name": clean(pd.Series([name]))}) for name in ("Иван", "Анна"))
compare = recordlinkage.Compare()
compare.exact("name", "name", label="same")
print(int(compare.compute(pd.MultiIndex.from_tuples([(0, 0)]), one, other)["same"].iloc[0]))
PYTHON

seen="$(./venv/bin/python -W ignore clean.py)"
printf '%s\n' "$seen"
[ "$seen" = "['mller', 'ukasz', '', '', ''] ['muller', 'ukasz', '', '', '']
1" ] || exit 1
