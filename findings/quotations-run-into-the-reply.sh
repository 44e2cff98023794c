#!/usr/bin/env bash
# What two readers of e-mail make of a quotation in a text that is to be flowed anew (format=flowed), as several mail programs
# send it.
#
# Versions: postal-mime 4.0.0, mailparser 3.14.2 (JavaScript).
# Input: a quoted paragraph over two lines, each with its quote mark, of which the first ends with a blank, and a reply below.
# Expected: "> Shall we meet on Friday at noon?" as one line. RFC 3676, 4.5: quote marks are taken off before lines are joined.
# Seen: mailparser does so. postal-mime joins the lines as they stand, so that a quote mark is in the middle of the sentence:
#       "> Shall we meet > on Friday at noon?". Where the next line is quoted less or not at all, which ends a paragraph (4.5),
#       it joins all the same: the first words of the reply have become the end of the quotation, and whoever takes the quotation off
#       takes them off too.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

npm install --silent --no-fund --no-audit postal-mime@4.0.0 mailparser@3.14.2 > npm.log 2>&1

cat > read.mjs << 'JAVASCRIPT'
import { simpleParser } from "mailparser";
import PostalMime from "postal-mime";
const type = "Content-Type: text/plain; charset=utf-8; format=flowed";
const head = `From: ada@example.com\r\nTo: grace@example.com\r\nSubject: Friday\r\n${type}\r\n\r\n`;
for (const body of ["> Shall we meet \r\n> on Friday at noon?\r\nYes.\r\n", "> Shall we meet? \r\nYes, on Friday.\r\n"]) {
  const one = await PostalMime.parse(head + body);
  const other = await simpleParser(head + body);
  console.log(JSON.stringify([one.text.trimEnd(), other.text.trimEnd()]));
}
JAVASCRIPT

texts="$(TZ=UTC NODE_OPTIONS= node read.mjs)"
printf 'postal-mime, mailparser\n%s\n' "$texts"
cat > expected << 'SEEN'
["> Shall we meet > on Friday at noon?\nYes.","> Shall we meet on Friday at noon?\nYes."]
["> Shall we meet? Yes, on Friday.","> Shall we meet? \nYes, on Friday."]
SEEN
[ "$texts" = "$(cat expected)" ] || exit 1
