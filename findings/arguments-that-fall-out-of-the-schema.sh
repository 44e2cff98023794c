#!/usr/bin/env bash
# What is left of a tool's arguments after a client has checked them by the tool's JSON Schema, made into one of Zod, as clients of
# agents' tools do.
#
# Versions: json-schema-to-zod 2.8.1, zod-from-json-schema 0.5.6, and zod 4.6.7 with its own z.fromJSONSchema (JavaScript).
# Input: a schema with name, address (with a town), amount (multipleOf 0.01); arguments with a field of one's own beside them (VIP), a
#        street beside the town, and the amount 19.99. The schema says nothing of other properties.
# Expected: all of it as it was: what a schema does not name it allows (JSON Schema 2020-12, Core, 10.3.2.3), and 19.99 is a multiple of
#           0.01 (Validation, 6.2.1).
# Seen: z.fromJSONSchema does so. What json-schema-to-zod writes takes the arguments and hands them on without VIP and without
#       the street. zod-from-json-schema keeps both and refuses the amount, which is no whole number of hundredths to it, as it is
#       divided in binary.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

npm install --silent --no-fund --no-audit --legacy-peer-deps zod@4.6.7 json-schema-to-zod@2.8.1 zod-from-json-schema@0.5.6 > npm.log 2>&1

cat > check.mjs << 'JAVASCRIPT'
import { writeFileSync } from "node:fs";
import { jsonSchemaToZod } from "json-schema-to-zod";
import { convertJsonSchemaToZod } from "zod-from-json-schema";
import { z } from "zod";
const schema = {
  type: "object",
  properties: {
    name: { type: "string" },
    amount: { type: "number", multipleOf: 0.01 },
    address: { type: "object", properties: { town: { type: "string" } } },
  },
};
writeFileSync("written.mjs", jsonSchemaToZod(schema, { module: "esm" }));
const checks = {
  "z.fromJSONSchema": z.fromJSONSchema(schema),
  "json-schema-to-zod": (await import("./written.mjs")).default,
  "zod-from-json-schema": convertJsonSchemaToZod(schema),
};
for (const [name, check] of Object.entries(checks)) {
  for (const given of [{ name: "Ada", VIP: true, address: { town: "Bath", street: "Main St" } }, { amount: 19.99 }, { amount: 20 }]) {
    const { success, data } = check.safeParse(given);
    console.log(name, "|", success ? JSON.stringify(data) : `refused: ${JSON.stringify(given)}`);
  }
}
JAVASCRIPT

seen="$(NODE_OPTIONS= node check.mjs)"
printf '%s\n' "$seen"
[ "$seen" = 'z.fromJSONSchema | {"name":"Ada","address":{"town":"Bath","street":"Main St"},"VIP":true}
z.fromJSONSchema | {"amount":19.99}
z.fromJSONSchema | {"amount":20}
json-schema-to-zod | {"name":"Ada","address":{"town":"Bath"}}
json-schema-to-zod | {"amount":19.99}
json-schema-to-zod | {"amount":20}
zod-from-json-schema | {"name":"Ada","address":{"town":"Bath","street":"Main St"},"VIP":true}
zod-from-json-schema | refused: {"amount":19.99}
zod-from-json-schema | {"amount":20}' ] || exit 1
