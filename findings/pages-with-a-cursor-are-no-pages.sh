#!/usr/bin/env bash
# Whether a client that was generated for Twenty's API reads a page of records.
#
# Version: twentycrm-api-client 1.18.1.
# Input: a page with one company as Twenty 1.0.3 and 2.19 answer it, cursors and all, from a server on this machine; then one
#        without records, whose cursors are null.
# Expected: one company, and none.
# Seen: the cursors are taken for UUIDs, which those of Twenty are not (they are base64), so that the first page is a
#       ValidationError; the empty one is read.  A first try on an empty workspace looks as if all were well.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv v
./v/bin/pip install --quiet "twentycrm-api-client==1.18.1"

./v/bin/python - <<'PY'
import base64
import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pydantic
import twentycrm_client as client

ID = "20202020-1c25-4d02-bf25-6aeccf7ea419"
CURSOR = base64.b64encode(json.dumps({"id": ID}).encode()).decode()


class Pages(BaseHTTPRequestHandler):
    def do_GET(self):
        found = [] if "filter" in self.path else [{"id": ID, "name": "Analytical Engines"}]
        ends = {"startCursor": CURSOR if found else None, "endCursor": CURSOR if found else None}
        page = {"data": {"companies": found}, "pageInfo": {"hasNextPage": False, **ends}, "totalCount": len(found)}
        body = json.dumps(page).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


server = HTTPServer(("127.0.0.1", 0), Pages)
threading.Thread(target=server.serve_forever, daemon=True).start()
address = f"http://127.0.0.1:{server.server_port}/rest"
companies = client.CompaniesApi(client.ApiClient(client.Configuration(host=address, access_token="made up")))
print("without records:", companies.find_many_companies(filter="name[eq]:Nobody").data.companies)
try:
    companies.find_many_companies()
except pydantic.ValidationError as error:
    print("with one:", {each["type"]: ".".join(map(str, each["loc"])) for each in error.errors()})
else:
    raise SystemExit(1)
PY
