#!/usr/bin/env bash
# Which country libraries find for the name that somebody has written in a column of countries.
#
# Versions: pycountry 26.2.16 (search_fuzzy, its first answer), countryguess 0.4.9, country_converter 1.3.2 with pandas 2.3.3 (Python).
# Input: Niger and Curaçao, as ISO 3166 has them, Sint Maarten, which it has with "(Dutch part)", U.S., and Indiana, which is no country.
# Expected: NE, SX, CW, US, and nothing or US for the last: what is written exactly as a country is called is that country.
# Seen: country_converter says so. pycountry has Nigeria in front of Niger, and the Netherlands in front of Sint Maarten and Curaçao, as they have
#       parts of these names; the right one is the second of its answers. U.S. is the U.S. Virgin Islands. countryguess has those right, and takes
#       Indiana for India.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
./venv/bin/pip install --quiet pycountry==26.2.16 countryguess==0.4.9 country-converter==1.3.2 pandas==2.3.3

cat > ask.py << 'PYTHON'
import logging

import country_converter
import pycountry
from countryguess import guess_country

logging.disable(logging.CRITICAL)
for name in ("Niger", "Sint Maarten", "Curaçao", "U.S.", "Indiana"):
    fuzzy = [each.alpha_2 for each in pycountry.countries.search_fuzzy(name)]
    found = (" ".join(fuzzy), guess_country(name, attribute="iso2"), country_converter.convert(name, to="ISO2"))
    print(name, *found, sep=" | ")
PYTHON

seen="$(PYTHONIOENCODING=utf-8 ./venv/bin/python -W ignore ask.py)"
printf 'asked for | pycountry | countryguess | country_converter\n%s\n' "$seen"
[ "$seen" = "Niger | NG NE | NE | NE
Sint Maarten | NL SX | SX | SX
Curaçao | NL CW | CW | CW
U.S. | VI US | US | US
Indiana | US | IN | not found" ] || exit 1
