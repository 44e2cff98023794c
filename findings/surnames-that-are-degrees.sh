#!/usr/bin/env bash
# What two readers of people's names make of short surnames.
#
# Versions: humanparser 2.7.0 (JavaScript), nameparser 2.6.0 (Python).
# Input: Yan Ma and Anna Pe, two names of two words; Yan Li beside them; and "Ma, Yan", the surname first.
# Expected: a first and a last name, as there is one of each.
# Seen: nameparser says so. To humanparser Ma is a degree and Pe an engineer: a suffix, however it is written, and no last name at
#       all, though none would be left. With the comma it has "Ma" as suffix and an empty last name too. ignoreSuffix helps whoever
#       knows the list.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
./venv/bin/pip install --quiet nameparser==2.6.0
npm install --silent --no-fund --no-audit humanparser@2.7.0 > npm.log 2>&1

cat > read.cjs << 'JAVASCRIPT'
const { parseName } = require("humanparser");
for (const name of ["Yan Ma", "Anna Pe", "Yan Li", "Ma, Yan"]) {
  const { firstName, lastName, suffix } = parseName(name);
  console.log(JSON.stringify([firstName, lastName, suffix]));
}
JAVASCRIPT

cat > read.py << 'PYTHON'
import json

from nameparser import HumanName

for name in ("Yan Ma", "Anna Pe", "Yan Li", "Ma, Yan"):
    read = HumanName(name)
    print(json.dumps([read.first, read.last, read.suffix]))
PYTHON

one="$(NODE_OPTIONS= node read.cjs)"
other="$(./venv/bin/python -W ignore read.py)"
printf 'humanparser:\n%s\nnameparser:\n%s\n' "$one" "$other"
[ "$one" = '["Yan","","Ma"]
["Anna","","Pe"]
["Yan","Li",null]
["Yan","","Ma"]' ] || exit 1
[ "$other" = '["Yan", "Ma", ""]
["Anna", "Pe", ""]
["Yan", "Li", ""]
["Yan", "Ma", ""]' ] || exit 1
