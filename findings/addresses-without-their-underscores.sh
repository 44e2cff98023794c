#!/usr/bin/env bash
# What an automation's function that takes Markdown out of a text leaves of addresses and codes in it.
#
# Version: n8n-workflow 2.41.0 (the functions of n8n's expressions), marked 15.0.12 beside it.
# Input: "Write to ada_lovelace_crm@example.com", "order_no 12 and item_no 5", "5 * 3 * 2" and "**Won** the *deal*", with removeMarkdown().
# Expected: the first three as they are: an underscore between two letters is a character as others are (CommonMark 0.31.2, 6.2, rules 2 and 4), and so
#           is an asterisk between blanks; of the last the words.
# Seen: the asterisks are right. Two underscores are taken out wherever they stand, so that a mail address becomes another one,
#       adalovelacecrm@example.com, and the names of two fields lose theirs, though there are words between them.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

npm install --silent --no-fund --no-audit --ignore-scripts n8n-workflow@2.41.0 marked@15.0.12 > npm.log 2>&1

cat > remove.cjs << 'JAVASCRIPT'
const { extend } = require("./node_modules/n8n-workflow/dist/cjs/extensions/expression-extension.js");
const { marked } = require("marked");
for (const text of ["Write to ada_lovelace_crm@example.com", "order_no 12 and item_no 5", "5 * 3 * 2", "**Won** the *deal*"]) {
  const words = marked.parseInline(text, { gfm: false }).replace(/<[^>]+>/g, "");
  console.log(extend(text, "removeMarkdown", []), "|", words);
}
JAVASCRIPT

seen="$(NODE_OPTIONS= node remove.cjs)"
printf 'n8n | marked\n%s\n' "$seen"
[ "$seen" = "Write to adalovelacecrm@example.com | Write to ada_lovelace_crm@example.com
orderno 12 and itemno 5 | order_no 12 and item_no 5
5 * 3 * 2 | 5 * 3 * 2
Won the deal | Won the deal" ] || exit 1
