#!/usr/bin/env bash
# What a server that makes agents' tools of an OpenAPI description sends where the description has a list.
#
# Version: @ivotoby/openapi-mcp-server 1.16.1, against a server on this machine.
# Input: many people are made by a list as the body (POST, type array), as interfaces for imports have it; people are asked for by tags,
#        an array in the query with nothing else said, so that each is a parameter of its own (OpenAPI 3.1, Style Values: form, explode).
# Expected: [{"name":"Ada"},{"name":"Grace"}] and tags=VIP&tags=Fair, for the tags "VIP" and "Fair".
# Seen: the list has no name, so that the tool calls it "body", and sends it as that: {"body":[…]}, which is another document and
#       is refused, or taken for one record without a name. Of the tags one is sent, "VIP,Fair", which nobody has; a comma in a tag looks
#       the same. The tool is there and its argument is right, so that an agent cannot mend it.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

npm install --silent --no-fund --no-audit @ivotoby/openapi-mcp-server@1.16.1 > npm.log 2>&1

cat > call.mjs << 'JAVASCRIPT'
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
const seen = [];
const server = createServer(async (request, response) => {
  let body = "";
  for await (const part of request) body += part;
  seen.push(`${request.method} ${decodeURIComponent(request.url)} ${body}`.trim());
  response.setHeader("content-type", "application/json");
  response.end("{}");
}).listen(0, "127.0.0.1");
await once(server, "listening");
const base = `http://127.0.0.1:${server.address().port}`;
const list = { type: "array", items: { type: "object", properties: { name: { type: "string" } } } };
const tags = { name: "tags", in: "query", schema: { type: "array", items: { type: "string" } } };
const answer = { responses: { 200: { description: "people" } } };
const people = {
  get: { operationId: "findPeople", parameters: [tags], ...answer },
  post: { operationId: "makePeople", requestBody: { required: true, content: { "application/json": { schema: list } } }, ...answer },
};
const head = { openapi: "3.1.0", info: { title: "crm", version: "1" }, servers: [{ url: base }] };
writeFileSync("crm.json", JSON.stringify({ ...head, paths: { "/people": people } }));
const args = ["node_modules/.bin/openapi-mcp-server", "--api-base-url", base, "--openapi-spec", "crm.json"];
const client = new Client({ name: "agent", version: "1" });
await client.connect(new StdioClientTransport({ command: process.execPath, args, stderr: "ignore" }));
const { tools } = await client.listTools();
const named = (key) => tools.find((each) => each.inputSchema.properties && key in each.inputSchema.properties).name;
await client.callTool({ name: named("body"), arguments: { body: [{ name: "Ada" }, { name: "Grace" }] } });
await client.callTool({ name: named("tags"), arguments: { tags: ["VIP", "Fair"] } });
await client.close();
server.close();
console.log(seen.join("\n"));
JAVASCRIPT

seen="$(NODE_OPTIONS= node call.mjs)"
printf '%s\n' "$seen"
[ "$seen" = 'POST /people {"body":[{"name":"Ada"},{"name":"Grace"}]}
GET /people?tags=VIP,Fair' ] || exit 1
