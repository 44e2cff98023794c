#!/usr/bin/env bash
# Which meetings two servers for calendars (CalDAV) find when they are asked for more than a span of time.
#
# Versions: xandikos 0.4.10, Radicale 3.9.0 (Python), each on this machine.
# Input: a meeting each Monday from 2 March 2026 on (RRULE), and one on 10 March at ten in Berlin, with its time zone. Asked for, by reports of
#        the kind calendar-query: what there is from 9 to 15 March; what has a rule (a prop-filter for RRULE); what has a rule and is there from 9
#        to 15 March; what begins in the zone of Berlin (a param-filter for TZID of DTSTART).
# Expected: both; the weekly one; the weekly one; the one in Berlin. RFC 4791, 9.7.1: of a comp-filter with a time-range and a prop-filter both
#           have to match, and the weekly meeting does so by the first two answers; 9.7.3: a parameter that is there and matches its text-match.
# Seen: the first two from both servers. With both conditions xandikos finds nothing, though each of them alone finds the meeting, as if there
#       were none in that week. Radicale has the third right, and finds nothing that begins in Berlin; xandikos has an error about that.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
./venv/bin/pip install --quiet xandikos==0.4.10 radicale==3.9.0 requests==2.34.2

cat > ask.py << 'PYTHON'
import re
import socket
import subprocess
import sys
import time
from pathlib import Path

import requests

BERLIN = (
    "BEGIN:VTIMEZONE\r\nTZID:Europe/Berlin\r\nBEGIN:STANDARD\r\nDTSTART:19701025T030000\r\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\n"
    "TZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nEND:STANDARD\r\nBEGIN:DAYLIGHT\r\nDTSTART:19700329T020000\r\n"
    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nEND:DAYLIGHT\r\nEND:VTIMEZONE\r\n"
)
MEETINGS = {
    "weekly": ("", "DTSTART:20260302T100000Z\r\nDTEND:20260302T110000Z\r\nRRULE:FREQ=WEEKLY;COUNT=10"),
    "berlin": (BERLIN, "DTSTART;TZID=Europe/Berlin:20260310T100000\r\nDTEND;TZID=Europe/Berlin:20260310T110000"),
}
WEEK = '<C:time-range start="20260309T000000Z" end="20260316T000000Z"/>'
RULE = '<C:prop-filter name="RRULE"/>'
ZONE = '<C:prop-filter name="DTSTART"><C:param-filter name="TZID"><C:text-match>Berlin</C:text-match></C:param-filter></C:prop-filter>'
SPACES = 'xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"'


def free_port():
    with socket.socket() as made:
        made.bind(("127.0.0.1", 0))
        return made.getsockname()[1]


def until_open(port):
    for _ in range(300):
        try:
            return socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.2)
    raise SystemExit("the server does not start")


def found(calendar):
    for name, (zone, lines) in MEETINGS.items():
        event = f"BEGIN:VEVENT\r\nUID:{name}\r\nDTSTAMP:20260101T000000Z\r\nSUMMARY:{name}\r\n{lines}\r\nEND:VEVENT\r\n"
        whole = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//example.com//meetings//EN\r\n{zone}{event}END:VCALENDAR\r\n"
        headers = {"Content-Type": "text/calendar; charset=utf-8"}
        requests.put(f"{calendar}{name}.ics", data=whole.encode(), headers=headers, auth=("ada", "x")).raise_for_status()
    for each in (WEEK, RULE, WEEK + RULE, ZONE):
        inner = f'<C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT">{each}</C:comp-filter></C:comp-filter>'
        query = f"<C:calendar-query {SPACES}><D:prop><D:getetag/></D:prop><C:filter>{inner}</C:filter></C:calendar-query>"
        headers = {"Depth": "1", "Content-Type": "application/xml; charset=utf-8"}
        answer = requests.request("REPORT", calendar, data=query.encode(), headers=headers, auth=("ada", "x"))
        named = " ".join(sorted(re.findall(r"/(\w+)\.ics<", answer.text))) or "nothing"
        yield named if answer.ok else "an error"


first, second = free_port(), free_port()
Path("files").mkdir()
Path("radicale.ini").write_text(f"[server]\nhosts = 127.0.0.1:{second}\n[auth]\ntype = none\n[storage]\nfilesystem_folder = radicale\n")
commands = [
    ["xandikos", "serve", "--defaults", "-d", "files", "-l", "127.0.0.1", "-p", str(first)],
    ["radicale", "--config", "radicale.ini"],
]
with open("log", "w") as log:
    servers = [subprocess.Popen([sys.executable, "-m", *each], stdout=log, stderr=log) for each in commands]
try:
    until_open(first)
    until_open(second)
    made = f"http://127.0.0.1:{second}/ada/calendar/"
    requests.request("MKCALENDAR", made, auth=("ada", "x")).raise_for_status()
    print("xandikos:", " | ".join(found(f"http://127.0.0.1:{first}/user/calendars/calendar/")))
    print("Radicale:", " | ".join(found(made)))
finally:
    for each in servers:
        each.terminate()
        each.wait()
PYTHON

seen="$(./venv/bin/python -W ignore ask.py)"
printf '%s\n' "$seen"
[ "$seen" = "xandikos: berlin weekly | weekly | nothing | an error
Radicale: berlin weekly | weekly | weekly | nothing" ] || exit 1
