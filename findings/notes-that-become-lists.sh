#!/usr/bin/env bash
# Whether a note is the same after an editor's own Markdown has been written and read again.
#
# Versions: prosemirror-markdown 1.13.9, @lexical/markdown 0.52.0 with lexical 0.52.0 (JavaScript).
# Input: paragraphs of plain text: "2. Call back", "2) Call back", "# 1 customer", "5 * 3 * 2", "Ask for &lt;b&gt;", "12."
# Expected: what one serializer writes its parser reads as the same text, with a backslash before what would mean something.
# Seen: each is wrong about what the other has right. prosemirror-markdown is careful with "2. " and "# ", but the bracket, which begins a
#       list just as well (CommonMark 0.31.2, 5.2), is left as it is, so that the note is a list and "2)" is gone; a number alone
#       becomes an empty list, and all is gone; of a character reference (2.5) nothing is left but what it stands for. Lexical writes the
#       beginning of a line as it is: "2. Call back" is a list and "# 1 customer" a heading "1 customer".
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

npm install --silent --no-fund --no-audit prosemirror-markdown@1.13.9 @lexical/markdown@0.52.0 \
  @lexical/headless@0.52.0 @lexical/rich-text@0.52.0 @lexical/list@0.52.0 @lexical/link@0.52.0 @lexical/code@0.52.0 lexical@0.52.0 > npm.log 2>&1

cat > again.cjs << 'JAVASCRIPT'
const { createHeadlessEditor } = require("@lexical/headless");
const { $convertFromMarkdownString, $convertToMarkdownString, TRANSFORMERS } = require("@lexical/markdown");
const { $createParagraphNode, $createTextNode, $getRoot } = require("lexical");
const { defaultMarkdownParser, defaultMarkdownSerializer, schema } = require("prosemirror-markdown");
const { HeadingNode, QuoteNode } = require("@lexical/rich-text");
const { ListItemNode, ListNode } = require("@lexical/list");
const nodes = [HeadingNode, QuoteNode, ListNode, ListItemNode, require("@lexical/link").LinkNode, require("@lexical/code").CodeNode];
const once = (editor, change) => editor.update(change, { discrete: true });
for (const text of ["2. Call back", "2) Call back", "# 1 customer", "5 * 3 * 2", "Ask for &lt;b&gt;", "12."]) {
  const note = schema.node("doc", null, [schema.node("paragraph", null, [schema.text(text)])]);
  const again = defaultMarkdownParser.parse(defaultMarkdownSerializer.serialize(note)).firstChild;
  const editor = createHeadlessEditor({ nodes, onError: (error) => { throw error; } });
  let markdown, node;
  once(editor, () => {
    $getRoot().append($createParagraphNode().append($createTextNode(text)));
    markdown = $convertToMarkdownString(TRANSFORMERS);
  });
  once(editor, () => {
    $convertFromMarkdownString(markdown, TRANSFORMERS);
    node = [$getRoot().getFirstChild().getType(), $getRoot().getTextContent()];
  });
  console.log([text, again.type.name, again.textContent, ...node].join(" | "));
}
JAVASCRIPT

seen="$(NODE_OPTIONS= node again.cjs)"
printf 'note | prosemirror | | lexical |\n%s\n' "$seen"
[ "$seen" = "2. Call back | paragraph | 2. Call back | list | Call back
2) Call back | ordered_list | Call back | paragraph | 2) Call back
# 1 customer | paragraph | # 1 customer | heading | 1 customer
5 * 3 * 2 | paragraph | 5 * 3 * 2 | paragraph | 5 * 3 * 2
Ask for &lt;b&gt; | paragraph | Ask for <b> | paragraph | Ask for &lt;b&gt;
12. | ordered_list |  | paragraph | 12." ] || exit 1
