#!/usr/bin/env bash
# Whether the numbers that Brazilian companies get since July 2026 (CNPJ with letters) are numbers to the libraries that check and format them.
#
# Versions: @brazilian-utils/brazilian-utils 2.4.0, br-validations 0.3.1, cpf-cnpj-validator 2.1.2 (JavaScript); python-stdnum 2.2, brutils 2.5.0 (Python).
# Input: 12.ABC.345/01DE-35, the example of the tax office for the new form (Instrução Normativa RFB 2.229/2024), and 11.222.333/0001-81 of the old one.
# Expected: both valid, and formatted as they were; or the new one refused by the formatter too.
# Seen: cpf-cnpj-validator, python-stdnum and brutils say so. To br-validations the new one is wrong. brazilian-utils knows both forms, the new one only with
#       { version: 2 }: without it the check says no, and formatCNPJ takes the letters out as if they were dots:
#       12.345.013/5, which is nobody's number, and no error.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
./venv/bin/pip install --quiet python-stdnum==2.2 brutils==2.5.0
npm install --silent --no-fund --no-audit @brazilian-utils/brazilian-utils@2.4.0 br-validations@0.3.1 cpf-cnpj-validator@2.1.2 > npm.log 2>&1

cat > ask.mjs << 'JAVASCRIPT'
import * as utils from "@brazilian-utils/brazilian-utils";
import validations from "br-validations";
import { cnpj } from "cpf-cnpj-validator";
const [fresh, old] = ["12.ABC.345/01DE-35", "11.222.333/0001-81"];
console.log("brazilian-utils:", utils.isValidCNPJ(fresh), utils.isValidCNPJ(old), utils.formatCNPJ(fresh), utils.formatCNPJ(old));
console.log("with version 2:", utils.isValidCNPJ(fresh, { version: 2 }), utils.formatCNPJ(fresh, { version: 2 }));
console.log("br-validations:", validations.cnpj.validate(fresh), validations.cnpj.validate(old));
console.log("cpf-cnpj-validator:", cnpj.isValid(fresh), cnpj.isValid(old), cnpj.format(fresh));
JAVASCRIPT
cat > ask.py << 'PYTHON'
import brutils
from stdnum.br import cnpj

fresh, old = "12.ABC.345/01DE-35", "11.222.333/0001-81"
print("stdnum:", cnpj.is_valid(fresh), cnpj.is_valid(old), cnpj.format(fresh))
bare = [brutils.remove_symbols_cnpj(each) for each in (fresh, old)]
print("brutils:", *map(brutils.is_valid_cnpj, bare), brutils.format_cnpj(bare[0]))
PYTHON

seen="$(NODE_OPTIONS= node ask.mjs; ./venv/bin/python ask.py)"
printf '%s\n' "$seen"
[ "$seen" = "brazilian-utils: false true 12.345.013/5 11.222.333/0001-81
with version 2: true 12.ABC.345/01DE-35
br-validations: false true
cpf-cnpj-validator: true true 12.ABC.345/01DE-35
stdnum: True True 12.ABC.345/01DE-35
brutils: True True 12.ABC.345/01DE-35" ] || exit 1
