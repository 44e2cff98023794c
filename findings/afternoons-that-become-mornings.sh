#!/usr/bin/env bash
# Whether a time of day is the same once a library has written it in a language and read it again with the same form and language.
#
# Version: Babel 2.19.0 (Python).
# Input: five past nine in the evening, format_time() and parse_time() in the form "short", in nine languages, each with the clock of twelve hours
#        that CLDR has for it or with one of twenty-four.
# Expected: 21:05, or an error about a word that is not known. parse_time() is there to read a time by the form of a language.
# Seen: 21:05 where the word is "pm" in Latin letters without dots (en_US, hi) and with the clock of twenty-four (de, fi). In Korean, Greek,
#       Albanian, Spanish of Mexico and Chinese of Taiwan the word is passed over, and the evening is five past nine in the morning, without an error.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
./venv/bin/pip install --quiet babel==2.19.0

cat > ask.py << 'PYTHON'
import datetime

from babel.dates import format_time, parse_time

evening = datetime.time(21, 5)
for language in ("en_US", "hi", "de", "fi", "ko", "el", "sq", "es_MX", "zh_TW"):
    text = format_time(evening, "short", locale=language)
    print(language, " ".join(text.split()), parse_time(text, locale=language, format="short").isoformat("minutes"), sep=" | ")
PYTHON

seen="$(PYTHONIOENCODING=utf-8 ./venv/bin/python ask.py)"
printf '%s\n' "$seen"
[ "$seen" = "en_US | 9:05 PM | 21:05
hi | 9:05 pm | 21:05
de | 21:05 | 21:05
fi | 21.05 | 21:05
ko | 오후 9:05 | 09:05
el | 9:05 μ.μ. | 09:05
sq | 9:05 m.d. | 09:05
es_MX | 9:05 p.m. | 09:05
zh_TW | 晚上9:05 | 09:05" ] || exit 1
