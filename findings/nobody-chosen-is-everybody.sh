#!/usr/bin/env bash
# Whom libraries find that carry out MongoDB's queries on records in memory, where lists and gaps are asked for.
#
# Versions: sift 17.1.4, @seald-io/nedb 4.1.2, mingo 7.2.7 (JavaScript), mongomock 4.3.0 (Python).
# Input: Ada (VIP and Fair, in Bath), Bea (no tags, her town null), Cy (VIP, without a town); asked for who has all of no tags ($all: [], as a form sends
#        it in which nothing was chosen), who is no VIP ($ne), and who has no town (town: null).
# Expected: nobody; Bea; Bea and Cy. MongoDB's manual: an empty $all matches no document; $ne on a list is for those that do not have the value in it;
#           null is equal to what is not there.
# Seen: mingo says so. To sift and mongomock everybody has all of nothing, and no error. nedb, whose interface is to be a part of MongoDB's, does not find
#       Cy, and refuses $all; of lists its manual says that one element that matches is enough, which with $ne makes Ada one who is no VIP, since
#       Fair is none, and leaves out Bea, who has no tag that could be another one.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
./venv/bin/pip install --quiet mongomock==4.3.0
npm install --silent --no-fund --no-audit sift@17.1.4 @seald-io/nedb@4.1.2 mingo@7.2.7 > npm.log 2>&1

cat > people.json << 'JSON'
[{"n": "Ada", "tags": ["VIP", "Fair"], "town": "Bath"}, {"n": "Bea", "tags": [], "town": null}, {"n": "Cy", "tags": ["VIP"]}]
JSON
cat > queries.json << 'JSON'
[{"tags": {"$all": []}}, {"tags": {"$ne": "VIP"}}, {"town": null}]
JSON
cat > ask.py << 'PYTHON'
import json

import mongomock

people = mongomock.MongoClient().crm.people
people.insert_many(json.load(open("people.json")))
print("mongomock:", " | ".join(" ".join(each["n"] for each in people.find(query)) for query in json.load(open("queries.json"))))
PYTHON
cat > ask.mjs << 'JAVASCRIPT'
import { readFileSync } from "node:fs";
import Datastore from "@seald-io/nedb";
import { Query } from "mingo";
import sift from "sift";
const [people, queries] = ["people.json", "queries.json"].map((name) => JSON.parse(readFileSync(name)));
const store = new Datastore();
await store.insertAsync(people.map((each) => ({ ...each })));
const kinds = {
  mingo: (query) => new Query(query).find(people).all(),
  sift: (query) => people.filter(sift(query)),
  nedb: (query) => store.findAsync(query),
};
for (const [name, find] of Object.entries(kinds)) {
  const found = [];
  for (const query of queries) {
    try {
      found.push((await find(query)).map((each) => each.n).sort().join(" "));
    } catch {
      found.push("an error");
    }
  }
  console.log(`${name}: ${found.join(" | ")}`);
}
JAVASCRIPT

seen="$(./venv/bin/python -W ignore ask.py; NODE_OPTIONS= node ask.mjs)"
printf '%s\n' "$seen"
[ "$seen" = "mongomock: Ada Bea Cy | Bea | Bea Cy
mingo:  | Bea | Bea Cy
sift: Ada Bea Cy | Bea | Bea Cy
nedb: an error | Ada | Bea" ] || exit 1
