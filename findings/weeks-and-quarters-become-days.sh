#!/usr/bin/env bash
# What a reader of dates in all languages makes of the weeks and quarters that stand in lists of deals.
#
# Version: dateparser 1.5.0, the day being 28 November 2026.
# Input: "2026W05" and "2026-W05" (ISO 8601's weeks), "Q3 2026", "31.02.2026".
# Expected: the first days of week and quarter, or None, as for 31 February, which is no date.
# Seen: week 5 without its hyphen becomes a day of 1988, with it a day of May; a quarter becomes a day of August that follows
#       from today's date. None of them says that it was guessed. 31 February is None.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
./venv/bin/pip install --quiet dateparser==1.5.0

cat > dates.py << 'PYTHON'
import warnings
from datetime import datetime

import dateparser

warnings.simplefilter("ignore")
for text in ("2026W05", "2026-W05", "Q3 2026", "31.02.2026"):
    print(text, dateparser.parse(text, settings={"RELATIVE_BASE": datetime(2026, 11, 28)}))
PYTHON

read="$(./venv/bin/python dates.py)"
printf '%s\n' "$read"
[ "$read" = "2026W05 1988-01-30 00:00:00
2026-W05 2026-05-28 00:00:00
Q3 2026 2026-08-28 00:00:00
31.02.2026 None" ] || exit 1
