#!/usr/bin/env bash
# Whether a webhook's data arrives that two SDKs for CloudEvents send and read.
#
# Versions: cloudevents 2.2.0 (Python), cloudevents 10.0.0 (JavaScript).
# Input: events of the type application/json with the data {"id": 1}, [{"id": 1}], false, 0, and "" over HTTP, once in binary form, where
#        the body is the data, and once in structured form, where the data is part of a JSON document.
# Expected: valid JSON, and the same data at the other end (CloudEvents, JSON format, 3.1: data is any JSON value; HTTP binding, 3.1.2: the body
#           is the data, encoded as its type says).
# Seen: the object arrives in each form. Python writes a list and a truth value in binary form as Python shows them: [{'id': 1}] and
#       False, which is not JSON; an empty text is an empty body. JavaScript writes all of them well in structured form, and reads none
#       that counts as false: of 0, false and "" there is no data. Neither says anything.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
./venv/bin/pip install --quiet cloudevents==2.2.0
npm install --silent --no-fund --no-audit cloudevents@10.0.0 > npm.log 2>&1

cat > send.py << 'PYTHON'
import json

from cloudevents.core.bindings.http import to_binary_event, to_structured_event
from cloudevents.core.v1.event import CloudEvent

sent = []
for data in ({"id": 1}, [{"id": 1}], False, 0, ""):
    head = {"id": "1", "type": "deal.won", "source": "/crm", "specversion": "1.0", "datacontenttype": "application/json"}
    binary, structured = to_binary_event(CloudEvent(head, data)), to_structured_event(CloudEvent(head, data))
    sent.append({"binary": binary.body.decode(), "headers": structured.headers, "structured": structured.body.decode()})
print(json.dumps(sent))
PYTHON

cat > read.mjs << 'JAVASCRIPT'
import { readFileSync } from "node:fs";
import { HTTP } from "cloudevents";
for (const { binary, headers, structured } of JSON.parse(readFileSync(0, "utf8"))) {
  const lower = Object.fromEntries(Object.entries(headers).map(([key, value]) => [key.toLowerCase(), value]));
  const read = HTTP.toEvent({ headers: lower, body: structured });
  console.log("binary", binary, "| structured", JSON.stringify(JSON.parse(structured).data), "read as", JSON.stringify(read.data));
}
JAVASCRIPT

seen="$(./venv/bin/python -W ignore send.py | NODE_OPTIONS= node read.mjs)"
printf '%s\n' "$seen"
[ "$seen" = "binary {\"id\": 1} | structured {\"id\":1} read as {\"id\":1}
binary [{'id': 1}] | structured [{\"id\":1}] read as [{\"id\":1}]
binary False | structured false read as undefined
binary 0 | structured 0 read as undefined
binary  | structured \"\" read as undefined" ] || exit 1
