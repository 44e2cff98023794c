#!/usr/bin/env bash
# Which company a library finds that has the functions of a spreadsheet, when it is asked for by the beginning of its name.
#
# Versions: @formulajs/formulajs 4.6.1; hyperformula 3.5.0 beside it (JavaScript).
# Input: the companies Stu Abel, St. Agnes and (UK) Wool with the amounts 1, 2 and 4; MATCH("St. A*"; …; 0), COUNTIF(…; "St. A*"), SUMIF(…; "(UK)*"; …),
#        COUNTIF(…; "st. agnes") and SEARCH("a?c"; "xxabc").
# Expected: the second, 1, 4, 1 and 3. formulajs is to be as Excel is, whose manual has * and ? as the wildcards of each of these functions, and large
#           and small letters alike; every other character stands for itself. hyperformula is asked with VLOOKUP for the first.
# Seen: formulajs takes what is asked for as a regular expression in MATCH: the dot is any character, and Stu Abel is the first that fits. COUNTIF and
#       SUMIF know no wildcards: there are none, and they come to 0, as they would if there were no such company; a name in small letters is
#       another name. SEARCH finds nothing. hyperformula has all of it right.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

npm install --silent --no-fund --no-audit @formulajs/formulajs@4.6.1 hyperformula@3.5.0 > npm.log 2>&1

cat > ask.mjs << 'JAVASCRIPT'
import * as formula from "@formulajs/formulajs";
import { HyperFormula } from "hyperformula";
const names = ["Stu Abel", "St. Agnes", "(UK) Wool"];
const amounts = [1, 2, 4];
const shown = (value) => (value instanceof Error ? value.message : value);
console.log("formulajs:", ...[
  amounts[formula.MATCH("St. A*", names, 0) - 1],
  formula.COUNTIF(names, "St. A*"),
  formula.SUMIF(names, "(UK)*", amounts),
  formula.COUNTIF(names, "st. agnes"),
  formula.SEARCH("a?c", "xxabc"),
].map(shown));
const sheet = HyperFormula.buildFromArray(names.map((name, at) => [name, amounts[at]]), { licenseKey: "gpl-v3" });
console.log("hyperformula:", ...[
  '=VLOOKUP("St. A*", A1:B3, 2, FALSE())', '=COUNTIF(A1:A3, "St. A*")', '=SUMIF(A1:A3, "(UK)*", B1:B3)',
  '=COUNTIF(A1:A3, "st. agnes")', '=SEARCH("a?c", "xxabc")',
].map((each) => sheet.calculateFormula(each, 0)));
JAVASCRIPT

seen="$(NODE_OPTIONS= node ask.mjs)"
printf '%s\n' "$seen"
[ "$seen" = "formulajs: 1 0 0 0 #VALUE!
hyperformula: 2 1 4 1 3" ] || exit 1
