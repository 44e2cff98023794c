#!/usr/bin/env bash
# Whom a library finds that carries out the filters of SCIM, in which a directory asks for users.
#
# Version: scim2-parse-filter 0.2.10 (JavaScript).
# Input: Ada with the nickname "Countess", Bea with an empty one, Cy with null, Di with none; asked for by "nickName pr", by 'nickName eq "countess"' and by
#        'emails pr', where Ada has an address, Bea an empty list, and the others nothing.
# Expected: Ada each time. pr is true of what has a value that is not empty (RFC 7644, 3.4.2.2); null and an empty list are as if there were nothing (RFC 7643, 2.5); and
#           texts are compared without regard to size, as nickName is not caseExact (RFC 7643, 8.7.1).
# Seen: Ada, Bea and Cy have a nickname, and Ada and Bea an address; by "countess" nobody is found, as eq takes each letter in its size. Names of attributes and
#       operators are taken in either. No option changes that.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

npm install --silent --no-fund --no-audit scim2-parse-filter@0.2.10 > npm.log 2>&1

cat > ask.mjs << 'JAVASCRIPT'
import library from "scim2-parse-filter";
const users = [
  { userName: "Ada", nickName: "Countess", emails: [{ value: "a@example.com" }] },
  { userName: "Bea", nickName: "", emails: [] },
  { userName: "Cy", nickName: null },
  { userName: "Di" },
];
for (const asked of ["nickName pr", 'nickName eq "countess"', "emails pr", 'NICKNAME EQ "Countess"']) {
  console.log(`${asked}:`, ...users.filter(library.filter(library.parse(asked))).map((user) => user.userName));
}
JAVASCRIPT

seen="$(NODE_OPTIONS= node ask.mjs)"
printf '%s\n' "$seen"
[ "$seen" = 'nickName pr: Ada Bea Cy
nickName eq "countess":
emails pr: Ada Bea
NICKNAME EQ "Countess": Ada' ] || exit 1
