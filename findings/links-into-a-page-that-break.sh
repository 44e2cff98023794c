#!/usr/bin/env bash
# Whether a link to a record is still the same link once a library has normalised it, as programs do that compare or store links.
#
# Versions: url-normalize 3.1.0, courlan 1.4.0 (Python), normalize-url 9.0.1 (JavaScript).
# Input: https://example.com/#/people/1 (as pages have it that are one page), https://example.com/deals;stage=won and https://example.com/?tags=a,b;c.
# Expected: each as it was. A slash may stand in a fragment (RFC 3986, 3.5), a semicolon in a path and, with the comma, in a query (3.3, 3.4), and a
#           character that is reserved and the same one in per cent are two addresses (2.2), which normalising leaves alone (6.2.2.2).
# Seen: normalize-url says so. url-normalize, which is named after that RFC, writes the slashes of the fragment in per cent, so that the page does not
#       know its own address any more and shows its beginning. courlan does so with the semicolon of the path, and with all of the query.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
./venv/bin/pip install --quiet url-normalize==3.1.0 courlan==1.4.0
npm install --silent --no-fund --no-audit normalize-url@9.0.1 > npm.log 2>&1

cat > ask.py << 'PYTHON'
import courlan
import url_normalize

links = ["https://example.com/#/people/1", "https://example.com/deals;stage=won", "https://example.com/?tags=a,b;c"]
print("url-normalize:", *(url_normalize.url_normalize(each) for each in links))
print("courlan:", *(courlan.normalize_url(each) for each in links))
PYTHON
cat > ask.mjs << 'JAVASCRIPT'
import normalizeUrl from "normalize-url";
const links = ["https://example.com/#/people/1", "https://example.com/deals;stage=won", "https://example.com/?tags=a,b;c"];
console.log("normalize-url:", ...links.map((each) => normalizeUrl(each)));
JAVASCRIPT

seen="$(./venv/bin/python ask.py; NODE_OPTIONS= node ask.mjs)"
printf '%s\n' "$seen"
[ "$seen" = "url-normalize: https://example.com/#%2Fpeople%2F1 https://example.com/deals;stage=won https://example.com/?tags=a,b;c
courlan: https://example.com/#/people/1 https://example.com/deals%3Bstage=won https://example.com/?tags=a%2Cb%3Bc
normalize-url: https://example.com/#/people/1 https://example.com/deals;stage=won https://example.com/?tags=a,b;c" ] || exit 1
