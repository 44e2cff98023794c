#!/usr/bin/env bash
# Which name a tool for agents is asked for, when an agent reads a resource by a template such as crm://people/{name}.
#
# Versions: @modelcontextprotocol/sdk 1.32.2 (JavaScript), mcp 2.3.0 and fastmcp 4.2.3 (Python).
# Input: the templates crm://people/{name} and crm://search{?q,limit}; read are crm://people/Ada%20Lovelace, crm://people/M%C3%BCller, which are what the first
#        makes of these names, and crm://search?q=x, which is what the second makes of q alone (RFC 6570, 3.2.8: what is not defined is left out).
# Expected: "Ada Lovelace", "Müller", and q without a limit. Templates of MCP are those of RFC 6570, which puts the values in per cent (3.2.1).
# Seen: mcp and fastmcp say so. The SDK for JavaScript writes names in per cent and does not read them back: the function is asked for "Ada%20Lovelace",
#       whom nobody knows, while people with one name in ASCII are found. A query without all of its parameters is "not found", as if
#       there were no such resource.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
./venv/bin/pip install --quiet mcp==2.3.0 fastmcp==4.2.3
npm install --silent --no-fund --no-audit @modelcontextprotocol/sdk@1.32.2 > npm.log 2>&1

cat > ask.py << 'PYTHON'
import asyncio
import logging

import fastmcp
import mcp
from mcp.server import MCPServer

logging.disable(logging.CRITICAL)
READ = ["crm://people/Ada%20Lovelace", "crm://people/M%C3%BCller", "crm://search?q=x"]


def filled(server):
    @server.resource("crm://people/{name}")
    def person(name: str) -> str:
        return name

    @server.resource("crm://search{?q,limit}")
    def search(q: str = "", limit: int = 5) -> str:
        return f"{q} {limit}"

    return server


async def main():
    async with mcp.Client(filled(MCPServer("crm"))) as client:
        print("mcp:", " | ".join([(await client.read_resource(each)).contents[0].text for each in READ]))
    async with fastmcp.Client(filled(fastmcp.FastMCP("crm"))) as client:
        print("fastmcp:", " | ".join([(await client.read_resource(each))[0].text for each in READ]))


asyncio.run(main())
PYTHON
cat > ask.mjs << 'JAVASCRIPT'
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { InMemoryTransport } from "@modelcontextprotocol/sdk/inMemory.js";
import { McpServer, ResourceTemplate } from "@modelcontextprotocol/sdk/server/mcp.js";
import { UriTemplate } from "@modelcontextprotocol/sdk/shared/uriTemplate.js";
const server = new McpServer({ name: "crm", version: "1" });
const text = async (uri, values) => ({ contents: [{ uri: uri.href, text: Object.values(values).join(" ") }] });
server.registerResource("person", new ResourceTemplate("crm://people/{name}", { list: undefined }), {}, text);
server.registerResource("search", new ResourceTemplate("crm://search{?q,limit}", { list: undefined }), {}, text);
const [one, other] = InMemoryTransport.createLinkedPair();
const client = new Client({ name: "agent", version: "1" });
await Promise.all([server.connect(one), client.connect(other)]);
const person = new UriTemplate("crm://people/{name}");
const found = [];
for (const uri of [person.expand({ name: "Ada Lovelace" }), person.expand({ name: "Müller" }), new UriTemplate("crm://search{?q,limit}").expand({ q: "x" })]) {
  try {
    found.push((await client.readResource({ uri })).contents[0].text);
  } catch (error) {
    found.push(`${uri} ${/not found/.exec(error.message)}`);
  }
}
console.log("sdk:", found.join(" | "));
await client.close();
JAVASCRIPT

seen="$(./venv/bin/python -W ignore ask.py 2> /dev/null; NODE_OPTIONS= node ask.mjs)"
printf '%s\n' "$seen"
[ "$seen" = "mcp: Ada Lovelace | Müller | x 5
fastmcp: Ada Lovelace | Müller | x 5
sdk: Ada%20Lovelace | M%C3%BCller | crm://search?q=x not found" ] || exit 1
