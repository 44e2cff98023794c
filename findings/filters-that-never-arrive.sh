#!/usr/bin/env bash
# Whether clients that are made of an OpenAPI description send the queries that it describes.
#
# Versions: fastmcp 4.2.3 (tools for agents), openapi-python-client 0.29.1 (httpx 0.28.1 under it).
# Input: a list with three parameters in its query, as OpenAPI 3.1 (Parameter Object, Style Values) has them: a filter that is
#        JSON (content: application/json), ids as one list with commas (style form, explode false), a page as page[size]
#        (style deepObject). Asked for the town Bath, the ids "a" and "b,c", five a page.
# Expected: filter={"town":"Bath"}, ids=a,b%2Cc and page[size]=5, percent-encoded; or an error about what is not known.
# Seen: fastmcp opens the filter up and sends town=Bath; its comma between ids and the one in an id look alike, so that two ids
#       are three. The generated client has no argument for the filter at all, and the generator does not say that it left one out;
#       the ids are sent one by one (ids=a&ids=b,c) and the page as size=5. A server that takes no notice of what it does not
#       know, as many do, answers both with people from everywhere.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
./venv/bin/pip install --quiet --no-compile fastmcp==4.2.3 openapi-python-client==0.29.1 httpx==0.28.1

cat > description.json << 'JSON'
{"openapi": "3.1.0", "info": {"title": "crm", "version": "1"}, "servers": [{"url": "http://crm.example.com"}],
 "paths": {"/people": {"get": {"operationId": "listPeople",
  "parameters": [
   {"name": "filter", "in": "query", "content": {"application/json": {"schema":
    {"type": "object", "properties": {"town": {"type": "string"}}}}}},
   {"name": "ids", "in": "query", "style": "form", "explode": false, "schema": {"type": "array", "items": {"type": "string"}}},
   {"name": "page", "in": "query", "style": "deepObject", "explode": true, "schema":
    {"type": "object", "properties": {"size": {"type": "integer"}}}}],
  "responses": {"200": {"description": "people", "content": {"application/json": {"schema": {"type": "object"}}}}}}}}}
JSON
export PATH="$folder/venv/bin:$PATH"
openapi-python-client generate --path description.json --output-path client --meta none > generate.log 2>&1

cat > ask.py << 'PYTHON'
import asyncio
import inspect
import json
from pathlib import Path

import httpx
from client.api.default import list_people
from client.models.list_people_page import ListPeoplePage
from fastmcp import Client, FastMCP

asked = []


def answer(request):
    asked.append(request.url.query.decode())
    return httpx.Response(200, json={})


async def tool():
    description = json.loads(Path("description.json").read_text())
    http = httpx.AsyncClient(transport=httpx.MockTransport(answer), base_url="http://crm.example.com")
    async with Client(FastMCP.from_openapi(description, client=http)) as client:
        await client.call_tool("listPeople", {"filter": {"town": "Bath"}, "ids": ["a", "b,c"], "page": {"size": 5}})


asyncio.run(tool())
arguments = list_people._get_kwargs(ids=["a", "b,c"], page=ListPeoplePage(size=5))
httpx.Client(transport=httpx.MockTransport(answer), base_url="http://crm.example.com").request(**arguments)
print("\n".join(asked))
print("filter" in inspect.signature(list_people.sync_detailed).parameters)
PYTHON

seen="$(./venv/bin/python -W ignore ask.py 2> ask.log)"
printf '%s\n' "$seen"
[ "$seen" = 'town=Bath&ids=a%2Cb%2Cc&page%5Bsize%5D=5
ids=a&ids=b%2Cc&size=5
False' ] || exit 1
if grep -i filter generate.log; then exit 1; fi
