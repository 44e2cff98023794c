#!/usr/bin/env bash
# Whether a loader that finds out by itself how an API pages sees pages that say pageInfo.endCursor and hasNextPage.
#
# Version: dlt 1.31.0 (its REST client).
# Input: a server on this machine with five records, two a page: once with the cursor as "next_cursor" beside the
#        data, once with {"pageInfo": {"hasNextPage": true, "endCursor": "2"}, "totalCount": 5}, the words of Relay's
#        pages, which several CRMs and most GraphQL-born REST interfaces use.
# Expected: both kinds are seen, or the second is refused.
# Seen: of the first all five records come; of the second the first page counts as all there is: two records of five,
#       with a warning in the log and no error, although the answer itself says that there is more.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
./venv/bin/pip install --quiet dlt==1.31.0

cat > pages.py << 'PYTHON'
import http.server
import json
import threading
import urllib.parse

from dlt.sources.helpers.rest_client import RESTClient

RECORDS = [{"id": str(number)} for number in range(5)]


class Pages(http.server.BaseHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        asked = urllib.parse.urlsplit(self.path)
        words = dict(urllib.parse.parse_qsl(asked.query))
        at = int(words.get("cursor") or words.get("starting_after") or 0)
        page = RECORDS[at : at + 2]
        more = at + 2 < len(RECORDS)
        if asked.path == "/plain":
            body = {"data": page, "next_cursor": str(at + 2) if more else None}
        else:
            body = {"data": page, "pageInfo": {"hasNextPage": more, "endCursor": str(at + len(page))}, "totalCount": 5}
        text = json.dumps(body).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Pages)
threading.Thread(target=server.serve_forever, daemon=True).start()
for path in ("/plain", "/relay"):
    client = RESTClient(base_url=f"http://127.0.0.1:{server.server_port}")
    print(path, sum(len(page) for page in client.paginate(path)))
PYTHON

loaded="$(./venv/bin/python pages.py 2> dlt.log)"
printf '%s\n' "$loaded"
[ "$loaded" = $'/plain 5\n/relay 2' ] || exit 1
