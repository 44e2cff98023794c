#!/usr/bin/env bash
# What readers of server-sent events, by which servers of agents' tools and of changes to records speak, hand out.
#
# Versions: httpx-sse 0.4.3, sseclient-py 1.9.0, requests-sse 0.5.3, aiohttp-sse-client2 0.3.0 (Python), against a server on this machine.
# Input: one answer: an event with the id 7; a comment, as servers send it to keep a line open; a line of Markdown that begins with two blanks and so
#        has three behind "data:"; an id alone; an event without an id.
# Expected: three events: "first" (7), two blanks and "indented" (7), "last" (8). A comment or an id alone is no event, since nothing is dispatched
#           while the data are empty; one blank is taken off behind the colon; the id stays until there is another (WHATWG HTML, 9.2.6).
# Seen: each has something else wrong. httpx-sse is silent about comments until the first id has come, and from then on each of them is an event
#       of no data, and so is the id alone: who reads JSON from the events fails when nothing happens. sseclient-py forgets the
#       id, with which one would go on after a break. requests-sse and aiohttp-sse-client2 take all blanks off.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
./venv/bin/pip install --quiet httpx==0.28.1 requests==2.34.2 httpx-sse==0.4.3 sseclient-py==1.9.0 requests-sse==0.5.3 aiohttp-sse-client2==0.3.0

cat > ask.py << 'PYTHON'
import asyncio
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import islice

import httpx
import httpx_sse
import requests
import requests_sse
import sseclient
from aiohttp_sse_client2 import client as aiohttp_sse

SENT = ": open\n\nid: 7\ndata: first\n\n: still here\n\ndata:   indented\n\nid: 8\n\ndata: last\n\n"


class Events(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Content-Length", str(len(SENT)))
        self.end_headers()
        self.wfile.write(SENT.encode())

    def log_message(self, *_):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Events)
threading.Thread(target=server.serve_forever, daemon=True).start()
address = f"http://127.0.0.1:{server.server_port}/"


async def by_aiohttp():
    async with aiohttp_sse.EventSource(address, max_connect_retry=0) as source:
        found = []
        async for event in source:
            found.append((event.data, event.last_event_id))
            if len(found) == 3:
                return found


with httpx.Client() as client, httpx_sse.connect_sse(client, "GET", address) as source:
    print("httpx-sse:", [(event.data, event.id) for event in source.iter_sse()])
with requests.get(address, stream=True, timeout=10) as answer:
    print("sseclient-py:", [(event.data, event.id) for event in sseclient.SSEClient(answer).events()])
with requests_sse.EventSource(address, max_connect_retry=0) as source:
    print("requests-sse:", [(event.data, event.last_event_id) for event in islice(source, 3)])
print("aiohttp-sse-client2:", asyncio.run(by_aiohttp()))
PYTHON

seen="$(./venv/bin/python -W ignore ask.py)"
printf '%s\n' "$seen"
[ "$seen" = "httpx-sse: [('first', '7'), ('', '7'), ('  indented', '7'), ('', '8'), ('last', '8')]
sseclient-py: [('first', '7'), ('  indented', None), ('last', None)]
requests-sse: [('first', '7'), ('indented', '7'), ('last', '8')]
aiohttp-sse-client2: [('first', '7'), ('indented', '7'), ('last', '8')]" ] || exit 1
