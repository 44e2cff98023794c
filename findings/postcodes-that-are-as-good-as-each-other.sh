#!/usr/bin/env bash
# Which answers a rule of a form is for, when the rule names a postcode, a telephone number or an article in quotation marks.
#
# Version: survey-core 3.1.1 (SurveyJS; JavaScript).
# Input: {v} = '01067' for the answer "1067"; {v} = '+49301234567' for "49301234567"; {v} = '1e3' for "1000"; {v} = '0x10' for "16"; {v} = 'Bath' for
#        "Rome". All answers are texts, as a text box gives them.
# Expected: false five times: two texts that are not the same.
# Seen: true four times. Where both texts can be read as numbers by JavaScript they are compared as such: Dresden's postcode is as good as 1067, the
#       number without its plus as good as the one with it, and an article of one kind as good as another. {v} <> … is false for them, and anyof does
#       the same; contains, on a list, tells them apart.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

npm install --silent --no-fund --no-audit survey-core@3.1.1 > npm.log 2>&1

cat > ask.cjs << 'JAVASCRIPT'
const { ExpressionRunner } = require("survey-core");
for (const [named, answer] of [["01067", "1067"], ["+49301234567", "49301234567"], ["1e3", "1000"], ["0x10", "16"], ["Bath", "Rome"]]) {
  const found = [`{v} = '${named}'`, `{v} <> '${named}'`, `{v} anyof ['${named}']`].map((rule) => new ExpressionRunner(rule).runValues({ v: answer }));
  console.log(named, answer, ...found);
}
console.log(new ExpressionRunner("{v} contains '01067'").runValues({ v: ["1067"] }));
JAVASCRIPT

seen="$(NODE_OPTIONS= node ask.cjs)"
printf '%s\n' "$seen"
[ "$seen" = "01067 1067 true false true
+49301234567 49301234567 true false true
1e3 1000 true false true
0x10 16 true false true
Bath Rome false true false
false" ] || exit 1
