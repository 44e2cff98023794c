#!/usr/bin/env bash
# What a library that takes the legal form off a company's name, to find duplicates by it, makes of brackets and of
# the German limited partnerships.
#
# Version: cleanco 2.3.
# Input: names as registers write them: "Acme UG (haftungsbeschränkt)", "Acme (UK) Ltd", "Acme (Pty) Ltd",
#        "Acme GmbH & Co. KG", "Acme AG & Co. KG", "Acme & Co. KG".
# Expected: "Acme", or the name as it is where the form is not known; the three limited partnerships alike.
# Seen: the closing bracket goes and the opening one stays: "Acme UG (haftungsbeschränkt", "Acme (UK", "Acme (Pty".
#       Of the partnerships only that with a GmbH is known: "Acme", "Acme AG & Co.", "Acme & Co.".
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
./venv/bin/pip install --quiet cleanco==2.3

cat > read.py << 'PYTHON'
from cleanco import basename

for name in (
    "Acme UG (haftungsbeschr\u00e4nkt)",
    "Acme (UK) Ltd",
    "Acme (Pty) Ltd",
    "Acme GmbH & Co. KG",
    "Acme AG & Co. KG",
    "Acme & Co. KG",
):
    print(basename(name))
PYTHON

read="$(PYTHONIOENCODING=utf-8 ./venv/bin/python read.py)"
printf '%s\n' "$read"
[ "$read" = $'Acme UG (haftungsbeschränkt\nAcme (UK\nAcme (Pty\nAcme\nAcme AG & Co.\nAcme & Co.' ] || exit 1
