#!/usr/bin/env bash
# What two libraries for money read of an amount below nought, as JavaScript itself writes it in the north and east of Europe.
#
# Versions: currency.js 2.0.4, numeral 2.0.6, numbro 2.5.0 (JavaScript).
# Input: -1234 and -1234.5 as Intl.NumberFormat writes them in en-US, de-DE, sv-SE, fi-FI and hr-HR; currency.js is told the decimal sign of
#        the language. In the last three the minus is U+2212, as CLDR has it for them, and no hyphen.
# Expected: -1234.5, or nothing, or an error.
# Seen: with the hyphen currency.js is right. With the minus sign it is left out like any other character: a loss of 1234.50 is a
#       gain of 1234.50. numeral, given whole numbers, does the same. numbro answers undefined, so that one can see it.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

npm install --silent --no-fund --no-audit currency.js@2.0.4 numeral@2.0.6 numbro@2.5.0 > npm.log 2>&1

cat > read.cjs << 'JAVASCRIPT'
const currency = require("currency.js");
const numeral = require("numeral");
const numbro = require("numbro");
for (const language of ["en-US", "de-DE", "sv-SE", "fi-FI", "hr-HR"]) {
  const decimal = language === "en-US" ? "." : ",";
  const written = new Intl.NumberFormat(language).format(-1234.5);
  const whole = new Intl.NumberFormat(language, { useGrouping: false }).format(-1234);
  const minus = written.codePointAt(0).toString(16);
  const read = currency(written, { decimal, separator: decimal === "." ? "," : "." }).value;
  console.log(language, minus, "| currency.js", read, "| numeral", numeral(whole).value(), "| numbro", numbro.unformat(whole));
}
JAVASCRIPT

seen="$(NODE_OPTIONS= node read.cjs)"
printf '%s\n' "$seen"
[ "$seen" = "en-US 2d | currency.js -1234.5 | numeral -1234 | numbro -1234
de-DE 2d | currency.js -1234.5 | numeral -1234 | numbro -1234
sv-SE 2212 | currency.js 1234.5 | numeral 1234 | numbro undefined
fi-FI 2212 | currency.js 1234.5 | numeral 1234 | numbro undefined
hr-HR 2212 | currency.js 1234.5 | numeral 1234 | numbro undefined" ] || exit 1
