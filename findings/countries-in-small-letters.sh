#!/usr/bin/env bash
# What a library for JSON:API, which several CRMs speak, keeps of a value that is an object.
#
# Versions: jsonapi-serializer 3.6.9; jsona 1.14.0 beside it (JavaScript).
# Input: a person whose attribute "prices" has a price for each country and customer, {"DE": 1, "us_tax": 2, "Müller GmbH": 3}, written by the library
#        and read by it, and by jsona, and once more with keyForAttribute: "camelCase", which is for attributes.
# Expected: the prices as they were. An attribute may be any JSON value (JSON:API 1.1, Document Structure, Attributes), and the names in it belong to it.
# Seen: it writes them as they are, and reads them otherwise: {"de", "us-tax", "müller gmb-h"}, and with the option "de", "usTax" and "müller gmbH".
#       There is no price for DE any more. Keys that are one word in small letters stay, so that a first try looks well. jsona keeps all.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

npm install --silent --no-fund --no-audit jsonapi-serializer@3.6.9 jsona@1.14.0 > npm.log 2>&1

cat > ask.mjs << 'JAVASCRIPT'
import { Jsona } from "jsona";
import library from "jsonapi-serializer";
const { Serializer, Deserializer } = library;
const person = { id: "1", name: "Ada", prices: { DE: 1, us_tax: 2, "Müller GmbH": 3 } };
const written = JSON.parse(JSON.stringify(new Serializer("people", { attributes: ["name", "prices"] }).serialize(person)));
console.log("written:", JSON.stringify(written.data.attributes.prices));
console.log("read:", JSON.stringify((await new Deserializer().deserialize(written)).prices));
console.log("camelCase:", JSON.stringify((await new Deserializer({ keyForAttribute: "camelCase" }).deserialize(written)).prices));
console.log("jsona:", JSON.stringify(new Jsona().deserialize(written).prices));
JAVASCRIPT

seen="$(NODE_OPTIONS= node ask.mjs)"
printf '%s\n' "$seen"
[ "$seen" = 'written: {"DE":1,"us_tax":2,"Müller GmbH":3}
read: {"de":1,"us-tax":2,"müller gmb-h":3}
camelCase: {"de":1,"usTax":2,"müller gmbH":3}
jsona: {"DE":1,"us_tax":2,"Müller GmbH":3}' ] || exit 1
