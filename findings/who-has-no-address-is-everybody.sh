#!/usr/bin/env bash
# Whom two servers for address books (CardDAV) find, by which telephones and mail programs share contacts with a CRM.
#
# Versions: xandikos 0.4.10, Radicale 3.9.0 (Python), each on this machine.
# Input: Ada, with an address of the type work; Bea Müller, with one of the type home; Di, with one without a type; Cy Ada-Smith, with none. Asked
#        for, by reports of the kind addressbook-query: who has no address; who has one of the type work; whose name has "MÜLLER" in it without
#        regard to size (i;unicode-casemap); whose name has "ada" or "lovelace" in it, as two text-match of one prop-filter that says no test;
#        whose name has no "ada" (negate-condition).
# Expected: Cy; Ada; Bea; Ada and Cy; Bea and Di. RFC 6352: is-not-defined (10.5.1, 10.5.3), param-filter (10.5.2), i;unicode-casemap, which every
#           server has (8.3), the test "anyof" where none is said (10.5.1), negate-condition (10.5.4). Xandikos has it as fully implemented.
# Seen: Radicale says so. xandikos is right about the last alone: everybody has no address, those of each type and of none are of the type work,
#       nobody is called MÜLLER, and of two words a name needs both, so that Cy is missing. It does not answer with the error that there is for a
#       filter that a server does not know (CARDDAV:supported-filter, 8.6), but with people.
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

CARDS = {
    "Ada": "FN:Ada Lovelace\r\nEMAIL;TYPE=work:a@example.com",
    "Bea": "FN:Bea Müller\r\nEMAIL;TYPE=home:b@example.com",
    "Cy": "FN:Cy Ada-Smith",
    "Di": "FN:Di King\r\nEMAIL:d@example.com",
}
ASKED = [
    '<C:prop-filter name="EMAIL"><C:is-not-defined/></C:prop-filter>',
    '<C:prop-filter name="EMAIL"><C:param-filter name="TYPE"><C:text-match>work</C:text-match></C:param-filter></C:prop-filter>',
    '<C:prop-filter name="FN"><C:text-match collation="i;unicode-casemap">MÜLLER</C:text-match></C:prop-filter>',
    '<C:prop-filter name="FN"><C:text-match>ada</C:text-match><C:text-match>lovelace</C:text-match></C:prop-filter>',
    '<C:prop-filter name="FN"><C:text-match negate-condition="yes">ada</C:text-match></C:prop-filter>',
]
SPACES = 'xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:carddav"'
BOOK = "<D:set><D:prop><D:resourcetype><D:collection/><C:addressbook/></D:resourcetype></D:prop></D:set>"


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


def found(book):
    for name, card in CARDS.items():
        whole = f"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:{name}\r\nN:{name};;;;\r\n{card}\r\nEND:VCARD\r\n"
        headers = {"Content-Type": "text/vcard; charset=utf-8"}
        requests.put(f"{book}{name}.vcf", data=whole.encode(), headers=headers, auth=("ada", "x")).raise_for_status()
    for each in ASKED:
        query = f"<C:addressbook-query {SPACES}><D:prop><D:getetag/></D:prop><C:filter>{each}</C:filter></C:addressbook-query>"
        headers = {"Depth": "1", "Content-Type": "application/xml; charset=utf-8"}
        answer = requests.request("REPORT", book, data=query.encode(), headers=headers, auth=("ada", "x"))
        answer.raise_for_status()
        yield " ".join(sorted(re.findall(r"/(\w+)\.vcf<", answer.text))) or "nobody"


first, second = free_port(), free_port()
Path("books").mkdir()
Path("radicale.ini").write_text(f"[server]\nhosts = 127.0.0.1:{second}\n[auth]\ntype = none\n[storage]\nfilesystem_folder = radicale\n")
commands = [
    ["xandikos", "serve", "--defaults", "-d", "books", "-l", "127.0.0.1", "-p", str(first)],
    ["radicale", "--config", "radicale.ini"],
]
with open("log", "w") as log:
    servers = [subprocess.Popen([sys.executable, "-m", *each], stdout=log, stderr=log) for each in commands]
try:
    until_open(first)
    until_open(second)
    made = f"http://127.0.0.1:{second}/ada/book/"
    requests.request("MKCOL", made, data=f"<D:mkcol {SPACES}>{BOOK}</D:mkcol>", auth=("ada", "x")).raise_for_status()
    print("xandikos:", " | ".join(found(f"http://127.0.0.1:{first}/user/contacts/addressbook/")))
    print("Radicale:", " | ".join(found(made)))
finally:
    for each in servers:
        each.terminate()
        each.wait()
PYTHON

seen="$(./venv/bin/python -W ignore ask.py)"
printf '%s\n' "$seen"
[ "$seen" = "xandikos: Ada Bea Cy Di | Ada Bea Di | nobody | Ada | Bea Di
Radicale: Cy | Ada | Bea | Ada Cy | Bea Di" ] || exit 1
