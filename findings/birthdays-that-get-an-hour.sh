#!/usr/bin/env bash
# What a client that was generated from an OpenAPI description sends when a record is read and sent back as it is.
#
# Version: @hey-api/openapi-ts 0.95.0 with its client for fetch and its transformers (dates and bigInt on), against a server on this machine.
# Input: a person with born (format date), met (format date-time), revenue and debts (integer, format int64: 1200 and 0), read in New
#        York and patched with the very same object.
# Expected: born 1985-05-17, in the object too, and as such in what is sent (OpenAPI 3.1 takes formats from JSON Schema: a date is full-date of
#           RFC 3339); two integers, of one kind.
# Seen: born is made a Date at midnight in Greenwich, so that the person is a day older in New York, and is sent as
#       "1985-05-17T00:00:00.000Z", which is no date. The integers are said to be bigint: 1200 is one, and is sent as the text "1200", 0 is
#       none, as it counts as false. Generated types and code agree with each other, and there is no warning.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

npm install --silent --no-fund --no-audit @hey-api/openapi-ts@0.95.0 typescript@5.9.3 > npm.log 2>&1

cat > api.json << 'JSON'
{"openapi": "3.1.0", "info": {"title": "crm", "version": "1"}, "paths": {"/person": {
  "get": {"operationId": "getPerson", "responses": {"200": {"description": "a person",
    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Person"}}}}}},
  "patch": {"operationId": "patchPerson", "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Person"}}}},
    "responses": {"204": {"description": "done"}}}}},
 "components": {"schemas": {"Person": {"type": "object", "properties": {
  "born": {"type": "string", "format": "date"}, "met": {"type": "string", "format": "date-time"},
  "revenue": {"type": "integer", "format": "int64"}, "debts": {"type": "integer", "format": "int64"}}}}}}
JSON
cat > generate.mjs << 'JAVASCRIPT'
import { createClient } from "@hey-api/openapi-ts";
const transformers = { name: "@hey-api/transformers", dates: true, bigInt: true };
const plugins = ["@hey-api/client-fetch", "@hey-api/typescript", transformers, { name: "@hey-api/sdk", transformer: true }];
await createClient({ input: "./api.json", output: "./made", plugins, logs: { level: "silent" } });
JAVASCRIPT
NODE_OPTIONS= node generate.mjs > generate.log 2>&1
./node_modules/.bin/tsc made/*.ts --outDir built --module commonjs --moduleResolution node --target es2022 --lib es2022,dom,dom.iterable --skipLibCheck > tsc.log

cat > send.cjs << 'JAVASCRIPT'
const { once } = require("node:events");
const { createServer } = require("node:http");
const { client } = require("./built/client.gen.js");
const { getPerson, patchPerson } = require("./built/sdk.gen.js");
let sent = "";
const server = createServer(async (request, response) => {
  for await (const part of request) sent += part;
  response.writeHead(request.method === "GET" ? 200 : 204, { "content-type": "application/json" });
  response.end(request.method === "GET" ? '{"born":"1985-05-17","met":"2026-03-02T10:00:00Z","revenue":1200,"debts":0}' : undefined);
}).listen(0, "127.0.0.1");
(async () => {
  await once(server, "listening");
  client.setConfig({ baseUrl: `http://127.0.0.1:${server.address().port}` });
  const { data } = await getPerson();
  console.log("born", data.born.getFullYear(), data.born.getMonth() + 1, data.born.getDate(), "| revenue", typeof data.revenue, "| debts", typeof data.debts);
  await patchPerson({ body: data });
  console.log("sent", sent);
  server.close();
  server.closeAllConnections();
})();
JAVASCRIPT

seen="$(TZ=America/New_York NODE_OPTIONS= node send.cjs)"
printf '%s\n' "$seen"
[ "$seen" = 'born 1985 5 16 | revenue bigint | debts number
sent {"born":"1985-05-17T00:00:00.000Z","met":"2026-03-02T10:00:00.000Z","revenue":"1200","debts":0}' ] || exit 1
