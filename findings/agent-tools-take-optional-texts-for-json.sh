#!/usr/bin/env bash
# What two SDKs for agents' tools hand to a tool whose argument is an optional text (`str | None`), such as a note's body.
#
# Versions: mcp 2.3.0 (MCPServer), fastmcp 4.2.3.
# Input: calls with a text that is a JSON document ('["a"]'), with the text "null" (which is somebody's last name), and
#        with an argument that the tool does not have.
# Expected: texts arrive as they were sent; an argument that there is none of is refused.
# Seen: fastmcp does so. In mcp a text is a text only where it may be nothing else: as `str | None` it is read as JSON
#       first, so that '["a"]' is refused as a list and "null" arrives as None; the same text for a plain `str` arrives
#       whole. An argument that the tool does not have is left out without a word, so that a misspelt one is lost.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
./venv/bin/pip install --quiet mcp==2.3.0 fastmcp==4.2.3

cat > call.py << 'PYTHON'
import asyncio
import logging

from fastmcp import FastMCP
from mcp.server.mcpserver import MCPServer

logging.disable(logging.CRITICAL)


def keep(title: str, body: str | None = None) -> str:
    return f"{title!r} {body!r}"


CALLS = (
    {"title": '["a"]', "body": "plain"},
    {"title": "t", "body": '["a"]'},
    {"title": "t", "body": "null"},
    {"title": "t", "bodie": "lost"},
)


async def main() -> None:
    for kind in (MCPServer, FastMCP):
        server = kind("notes")
        server.tool()(keep)
        for arguments in CALLS:
            try:
                told = (await server.call_tool("keep", arguments)).content[0].text
            except Exception:
                told = "refused"
            print(kind.__name__, told)


asyncio.run(main())
PYTHON

told="$(./venv/bin/python call.py 2> calls.log)"
printf '%s\n' "$told"
expected="MCPServer '[\"a\"]' 'plain'
MCPServer refused
MCPServer 't' None
MCPServer 't' None
FastMCP '[\"a\"]' 'plain'
FastMCP 't' '[\"a\"]'
FastMCP 't' 'null'
FastMCP refused"
[ "$told" = "$expected" ] || exit 1
