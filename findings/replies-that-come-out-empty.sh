#!/usr/bin/env bash
# What two libraries that take the newest words out of an e-mail, for a CRM's timeline, leave of ordinary messages.
#
# Versions: email-reply-parser 0.5.12, mail-parser-reply 1.36 (languages en, de).
# Input: three short messages with no quotation in them: one that begins "From: my point of view", one with a list whose
#        points begin with two dashes, one that tells what somebody wrote; and a German reply with its quotation.
# Expected: the messages as they are; of the last, what stands above "Am … schrieb …:".
# Seen: mail-parser-reply does so. email-reply-parser answers nothing at all to the first and the third message, cuts
#       the second off before its list, and leaves the German line above the quotation in the text.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
./venv/bin/pip install --quiet email-reply-parser==0.5.12 mail-parser-reply==1.36

cat > read.py << 'PYTHON'
from email_reply_parser import EmailReplyParser as One
from mailparser_reply import EmailReplyParser as Other

MESSAGES = (
    "From: my point of view it is fine.\nSo go on.\n",
    "See below\n\n-- point one\n-- point two\n",
    "On Monday Ada wrote:\nnothing.\nI know.\n",
    "Danke, passt.\n\nAm 28.11.2026 um 10:30 schrieb Ada Lovelace <ada@example.com>:\n> Montag?\n",
)
for message in MESSAGES:
    other = Other(languages=["en", "de"]).parse_reply(text=message)
    print(repr(One.parse_reply(message)), other == message.strip() or other == "Danke, passt.")
PYTHON

read="$(./venv/bin/python read.py)"
printf '%s\n' "$read"
expected="'' True
'See below' True
'' True
'Danke, passt.\\n\\nAm 28.11.2026 um 10:30 schrieb Ada Lovelace <ada@example.com>:' True"
[ "$read" = "$expected" ] || exit 1
