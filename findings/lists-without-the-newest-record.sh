#!/usr/bin/env bash
# Whether a list of people that was kept for a minute is asked for anew once the same client has added somebody to it.
#
# Versions: CacheControl 0.14.4, requests-cache 1.3.3 (cache_control on, which is to follow the headers), hishel 2.0.0 (rfc on) with httpx 0.28.1,
#           against a server on this machine.
# Input: GET /people (Cache-Control: max-age=60), then POST, PATCH, PUT or DELETE of the same address, answered without an error; then GET again.
# Expected: the list as it is by then. A cache must let go of what it has of an address once an unsafe method was answered there without an error
#           (RFC 9111, 4.4; unsafe are all but GET, HEAD, OPTIONS and TRACE: RFC 9110, 9.2.1).
# Seen: CacheControl lets go after PATCH, PUT and DELETE, and not after POST, with which records are made: who adds Grace and looks at the
#       list does not see her for a minute. requests-cache never lets go, hishel after every one of them.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
./venv/bin/pip install --quiet cachecontrol==0.14.4 requests-cache==1.3.3 'hishel[httpx]==2.0.0' httpx==0.28.1

cat > ask.py << 'PYTHON'
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import hishel
import requests
import requests_cache
from cachecontrol import CacheControl
from hishel.httpx import CacheClient

people = []


class People(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self):
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.command != "GET":
            people.append(self.command)
        body = json.dumps(people).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        if self.command == "GET":
            self.send_header("Cache-Control", "max-age=60")
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = answer

    def log_message(self, *_):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), People)
threading.Thread(target=server.serve_forever, daemon=True).start()
made = 0


def hishel_client():
    return CacheClient(storage=hishel.SqliteStorage(database_path=f"{made}.db"), rfc=True)


kinds = {
    "CacheControl": lambda: CacheControl(requests.Session()),
    "requests-cache": lambda: requests_cache.CachedSession(backend="memory", cache_control=True),
    "hishel": hishel_client,
}
for name, kind in kinds.items():
    stale = []
    for method in ("POST", "PATCH", "PUT", "DELETE"):
        made += 1
        people.clear()
        address = f"http://127.0.0.1:{server.server_port}/people/{made}"
        with kind() as client:
            assert client.get(address).json() == [] and client.get(address).json() == []
            assert client.request(method, address).status_code == 200
            if client.get(address).json() != people:
                stale.append(method)
    print(f"{name}: the old list after {', '.join(stale) or 'none of them'}")
PYTHON

seen="$(./venv/bin/python -W ignore ask.py)"
printf '%s\n' "$seen"
[ "$seen" = "CacheControl: the old list after POST
requests-cache: the old list after POST, PATCH, PUT, DELETE
hishel: the old list after none of them" ] || exit 1
