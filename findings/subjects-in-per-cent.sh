#!/usr/bin/env bash
# Whether the subject of an event is the same at the other end, when one SDK for CloudEvents sends it over HTTP and another reads it.
#
# Versions: cloudevents 10.0.0 (JavaScript), cloudevents 2.2.0 (Python).
# Input: events with the subjects "Müller & Söhne" and "Rebate 5%20 June" in binary form, from each to each; and one about "Łódź".
# Expected: the same subject. Whatever is not a printable ASCII character, and blank, quotation mark and per cent sign, is percent-encoded in a header,
#           and decoded by who reads it (CloudEvents, HTTP binding, 3.1.3.2).
# Seen: Python to Python is right. JavaScript neither encodes nor decodes: to it Python's subject is M%C3%BCller%20&%20S%C3%B6hne, and Python
#       makes "Rebate 5  June" of what it sends. With a letter beyond Latin-1 the message cannot be sent at all, as no such header may be.
#       JavaScript to JavaScript looks well, as long as all letters are in Latin-1.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
./venv/bin/pip install --quiet cloudevents==2.2.0
npm install --silent --no-fund --no-audit cloudevents@10.0.0 > npm.log 2>&1

cat > javascript.mjs << 'JAVASCRIPT'
import { readFileSync } from "node:fs";
import { CloudEvent, HTTP } from "cloudevents";
const [job, ...texts] = process.argv.slice(2);
if (job === "send") {
  const sent = texts.map((subject) => HTTP.binary(new CloudEvent({ id: "1", type: "deal.won", source: "/crm", subject, data: { id: 1 } })).headers);
  console.log(JSON.stringify(sent));
} else if (job === "headers") {
  try {
    new Headers(HTTP.binary(new CloudEvent({ id: "1", type: "deal.won", source: "/crm", subject: texts[0] })).headers);
  } catch (error) {
    console.log("not to be sent:", texts[0], error.name);
  }
} else {
  const events = JSON.parse(readFileSync(0, "utf8")).map((headers) => HTTP.toEvent({ headers, body: '{"id":1}' }));
  console.log("JavaScript reads", JSON.stringify(events.map((event) => event.subject)));
}
JAVASCRIPT

cat > python.py << 'PYTHON'
import json
import sys

from cloudevents.core.bindings.http import HTTPMessage, from_binary_event, to_binary_event
from cloudevents.core.v1.event import CloudEvent

job, *texts = sys.argv[1:]
if job == "send":
    head = {"id": "1", "type": "deal.won", "source": "/crm", "specversion": "1.0", "datacontenttype": "application/json"}
    print(json.dumps([to_binary_event(CloudEvent({**head, "subject": text}, {"id": 1})).headers for text in texts]))
else:
    events = [from_binary_event(HTTPMessage(headers, b'{"id":1}')) for headers in json.load(sys.stdin)]
    print("Python reads", json.dumps([event.get_subject() for event in events], ensure_ascii=False))
PYTHON

texts=("Müller & Söhne" "Rebate 5%20 June")
export NODE_OPTIONS= PYTHONIOENCODING=utf-8
seen="$(./venv/bin/python python.py send "${texts[@]}" | ./venv/bin/python python.py read
./venv/bin/python python.py send "${texts[@]}" | node javascript.mjs read
node javascript.mjs send "${texts[@]}" | ./venv/bin/python python.py read
node javascript.mjs send "${texts[@]}" | node javascript.mjs read
node javascript.mjs headers "Łódź")"
printf '%s\n' "$seen"
[ "$seen" = 'Python reads ["Müller & Söhne", "Rebate 5%20 June"]
JavaScript reads ["M%C3%BCller%20&%20S%C3%B6hne","Rebate%205%2520%20June"]
Python reads ["Müller & Söhne", "Rebate 5  June"]
JavaScript reads ["Müller & Söhne","Rebate 5%20 June"]
not to be sent: Łódź TypeError' ] || exit 1
