#!/usr/bin/env bash
# What ports of one phone library make of a number with a word behind it, as address books export it.
#
# Versions: phonenumbers 9.0.43 (Python), libphonenumber-js 1.12.9 (JavaScript).
# Input: valid international numbers followed by a remark: "+49 30 1234567 (work)", "+49 30 1234567 home".
# Expected: both read the number and leave the remark out, or both refuse the text.
# Seen: the Python port takes the letters of the remark for digits of a keypad ("work" is 9675), and says of the longer
#       number that it is valid; the JavaScript one cuts the text behind its last digit and reads the number itself.
#       Two Berlin numbers in one cell, "+49 30 123456 / 234567", are one valid number to both.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
./venv/bin/pip install --quiet phonenumbers==9.0.43
npm install --silent --no-fund --no-audit libphonenumber-js@1.12.9 > npm.log 2>&1

cat > read.py << 'PYTHON'
import sys

import phonenumbers

for text in sys.argv[1:]:
    read = phonenumbers.parse(text, None)
    print(phonenumbers.national_significant_number(read), phonenumbers.is_valid_number(read))
PYTHON

cat > read.cjs << 'JAVASCRIPT'
const { parsePhoneNumberWithError } = require("libphonenumber-js/max");
for (const text of process.argv.slice(2)) {
  const read = parsePhoneNumberWithError(text);
  console.log(read.nationalNumber, read.isValid() ? "True" : "False");
}
JAVASCRIPT

texts=("+49 30 1234567" "+49 30 1234567 (work)" "+49 30 1234567 home" "+49 30 123456 / 234567")
python_port="$(./venv/bin/python read.py "${texts[@]}")"
javascript="$(node read.cjs "${texts[@]}")"
printf 'texts:\n'; printf '  %s\n' "${texts[@]}"
printf 'phonenumbers (Python), national number and whether it is valid:\n%s\n' "$python_port"
printf 'libphonenumber-js:\n%s\n' "$javascript"

[ "$python_port" = $'301234567 True\n3012345679675 True\n3012345674663 True\n30123456234567 True' ] || exit 1
[ "$javascript" = $'301234567 True\n301234567 True\n301234567 True\n30123456234567 True' ] || exit 1
