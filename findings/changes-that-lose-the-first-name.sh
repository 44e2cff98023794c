#!/usr/bin/env bash
# What is left of a user when a directory's changes (SCIM, by which companies make and change users of a CRM) are carried out by a library.
#
# Version: scim-patch 0.8.3 (JavaScript).
# Input: Ada King with a first name and the mail addresses work and home; the change {"op": "add", "value": {"name": {"familyName": "Lovelace"}}}, without a path, and
#        the same with the path "name"; {"op": "replace", "path": "NAME.FAMILYNAME", …}; and a new address for emails[type eq "Work"].
# Expected: Ada Lovelace each time, as what is not in the value is left alone (RFC 7644, 3.5.2.1: without a path the value has attributes to be added, and of a complex
#           attribute the sub-attributes that are named), names of attributes are the same in either size (RFC 7643, 2.1), and so are values
#           of type (7643, 4.1.2: labels, and 2.2: not caseExact unless said so).
# Seen: with its path the name is right; without it the first name is gone. In capitals it is another attribute: the user has name and NAME. The
#       address of work is not changed, and there is a third one, of the type "Work". No error in any of them.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

npm install --silent --no-fund --no-audit scim-patch@0.8.3 > npm.log 2>&1

cat > ask.mjs << 'JAVASCRIPT'
import library from "scim-patch";
const user = () => ({
  schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"],
  userName: "ada",
  name: { givenName: "Ada", familyName: "King" },
  emails: [{ value: "a@example.com", type: "work" }, { value: "b@example.com", type: "home" }],
  meta: { resourceType: "User" },
});
const change = (...changes) => library.scimPatch(user(), changes);
const show = (...values) => console.log(...values.map((value) => JSON.stringify(value)));
show(change({ op: "add", path: "name", value: { familyName: "Lovelace" } }).name);
show(change({ op: "add", value: { name: { familyName: "Lovelace" } } }).name);
const capitals = change({ op: "replace", path: "NAME.FAMILYNAME", value: "Lovelace" });
show(capitals.name, capitals.NAME);
show(change({ op: "replace", path: 'emails[type eq "Work"].value', value: "c@example.com" }).emails);
JAVASCRIPT

seen="$(NODE_OPTIONS= node ask.mjs)"
printf '%s\n' "$seen"
[ "$seen" = '{"givenName":"Ada","familyName":"Lovelace"}
{"familyName":"Lovelace"}
{"givenName":"Ada","familyName":"King"} {"FAMILYNAME":"Lovelace"}
[{"value":"a@example.com","type":"work"},{"value":"b@example.com","type":"home"},{"type":"Work","value":"c@example.com"}]' ] || exit 1
