#!/usr/bin/env bash
# What readers of e-mail, as a CRM files it, keep of attachments and of who a message was sent to.
#
# Versions: eml-format 0.6.1, letterparser 0.1.8, postal-mime 4.0.0 (JavaScript); Python's own email beside them.
# Input: a message to a group (Team: x@example.com, y@example.com;, RFC 5322, 3.4) with two attachments in base64: "Müller.csv", its
#        name as RFC 2231, 4, has it (filename*=utf-8''M%C3%BCller.csv), and "deals.csv", nine bytes long, so that it needs no = at its end.
# Expected: two addresses, two names, and the bytes that were attached.
# Seen: postal-mime and Python say so. eml-format and letterparser have no name for the first attachment, and the group's name is part of
#       an address: "Team: x@example.com". To eml-format the last attachment has four bytes more: it reads the line that ends the message (--b--)
#       as base64 too, whose letters are in it. Where the base64 ends in = it does not, so that two of three attachments are right.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

npm install --silent --no-fund --no-audit eml-format@0.6.1 letterparser@0.1.8 postal-mime@4.0.0 > npm.log 2>&1

sed 's/$/\r/' > message.eml << 'MESSAGE'
From: Ada Lovelace <ada@example.com>
To: Team: x@example.com, y@example.com;
Subject: deals
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="b123"

--b123
Content-Type: text/plain; charset=utf-8

Here they are.
--b123
Content-Type: text/csv; charset=utf-8
Content-Disposition: attachment; filename*=utf-8''M%C3%BCller.csv
Content-Transfer-Encoding: base64

YSxiCjEsMgo=
--b123
Content-Type: text/csv; charset=utf-8
Content-Disposition: attachment; filename="deals.csv"
Content-Transfer-Encoding: base64

YSxiCjEsMjMK
--b123--
MESSAGE

cat > read.mjs << 'JAVASCRIPT'
import { readFileSync } from "node:fs";
import emlFormat from "eml-format";
import { extract } from "letterparser";
import PostalMime from "postal-mime";
const text = readFileSync("message.eml", "latin1");
const show = (name, to, files) => console.log([name, to.join(" "), ...files.map(([file, body]) => `${file} ${Buffer.from(body).length}`)].join(" | "));
const message = await PostalMime.parse(text);
const addresses = message.to.flatMap((each) => each.group ?? [each]).map((each) => each.address);
show("postal-mime", addresses, message.attachments.map((each) => [each.filename, each.content]));
emlFormat.read(text, (error, read) => show("eml-format", read.to.map((each) => each.email), read.attachments.map((each) => [each.name, each.data])));
const letter = extract(text);
show("letterparser", letter.to.map((each) => each.address), letter.attachments.map((each) => [each.filename, each.body]));
JAVASCRIPT

cat > read.py << 'PYTHON'
import email
import email.policy
from pathlib import Path

message = email.message_from_bytes(Path("message.eml").read_bytes(), policy=email.policy.default)
files = [f"{part.get_filename()} {len(part.get_payload(decode=True))}" for part in message.iter_attachments()]
print("Python", " ".join(address.addr_spec for address in message["to"].addresses), *files, sep=" | ")
PYTHON

seen="$(PYTHONIOENCODING=utf-8 python3 read.py; NODE_OPTIONS= node read.mjs)"
printf '%s\n' "$seen"
[ "$seen" = "Python | x@example.com y@example.com | Müller.csv 8 | deals.csv 9
postal-mime | x@example.com y@example.com | Müller.csv 8 | deals.csv 9
eml-format | Team: x@example.com y@example.com; | undefined 8 | deals.csv 15
letterparser | Team: x@example.com y@example.com; | undefined 8 | deals.csv 9" ] || exit 1
