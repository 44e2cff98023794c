#!/usr/bin/env bash
# Whether readers of the header Link, in which many interfaces say where the next page is, find it.
#
# Versions: requests 2.34.2 (Python); parse-link-header 2.0.0, li 1.3.0, http-link-header 1.1.4 (JavaScript).
# Input: five headers with a next page, all of them as RFC 8288 has it (3: names in either size, blanks around "="; 3.3: several relations with
#        blanks between them): plainly; with a semicolon in the address; for "next last", as the last page but one has it; with a title in which
#        there are a comma and a semicolon; with blanks around the sign.
# Expected: the next page in all five; or an error.
# Seen: http-link-header finds all. requests finds the first and the last: the semicolon cuts the address off and the relation
#       with it; "next last" is one relation, that nobody asks for; of the title the rest of the link goes too. parse-link-header and li find
#       all but the blanks. What is not found looks like the last page.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
./venv/bin/pip install --quiet requests==2.34.2
npm install --silent --no-fund --no-audit parse-link-header@2.0.0 li@1.3.0 http-link-header@1.1.4 > npm.log 2>&1

cat > headers << 'HEADERS'
<https://crm.example.com/people?after=5>; rel="next"
<https://crm.example.com/people;v=2?after=5>; rel="next"
<https://crm.example.com/people?after=5>; rel="next last"
<https://crm.example.com/people?after=5>; title="Bath, Rome; all"; rel="next"
<https://crm.example.com/people?after=5>; rel = "next"
HEADERS

cat > read.cjs << 'JAVASCRIPT'
const headers = require("node:fs").readFileSync("headers", "utf8").trim().split("\n");
const [parse, li, http] = ["parse-link-header", "li", "http-link-header"].map((name) => require(name));
console.log("parse-link-header", headers.map((each) => parse(each)?.next?.url !== undefined).join(" "));
console.log("li", headers.map((each) => li.parse(each).next !== undefined).join(" "));
console.log("http-link-header", headers.map((each) => http.parse(each).has("rel", "next")).join(" "));
JAVASCRIPT

cat > read.py << 'PYTHON'
from pathlib import Path

import requests

found = []
for header in Path("headers").read_text().splitlines():
    answer = requests.Response()
    answer.headers["Link"] = header
    found.append(str("next" in answer.links).lower())
print("requests", *found)
PYTHON

seen="$(./venv/bin/python -W ignore read.py; NODE_OPTIONS= node read.cjs)"
printf '%s\n' "$seen"
[ "$seen" = "requests true false false false true
parse-link-header true true true true false
li true true true true false
http-link-header true true true true true" ] || exit 1
