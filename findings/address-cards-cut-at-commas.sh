#!/usr/bin/env bash
# What a Python library for address cards (vCard) keeps of values with a comma in them.
#
# Version: vobject 0.9.9.
# Input: a card of version 2.1, in which a comma means nothing, with "Head of sales, Europe" as title; one of version
#        3.0 with three nicknames as a list, and a web address with a comma, which 3.0 writes as it is (type uri).
# Expected: the texts whole, the nicknames as a list, as categories are.
# Seen: each is cut at its first comma that has no backslash, with no word about it, and a card that is written again
#       has lost the rest: "Head of sales", one nickname, half an address. Bare kinds of a 2.1 card
#       (TEL;WORK;VOICE) are gone from what is written too; categories stay whole.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
./venv/bin/pip install --quiet vobject==0.9.9

cat > again.py << 'PYTHON'
import vobject


def again(version: str, line: str) -> str:
    """What is written of a line that was read."""
    card = "\r\n".join(["BEGIN:VCARD", f"VERSION:{version}", "FN:Ada", "N:Lovelace;Ada;;;", line, "END:VCARD", ""])
    name = line.split(":")[0].split(";")[0]
    return next(each for each in vobject.readOne(card).serialize().split("\r\n") if each.startswith(name))


print(again("2.1", "TITLE:Head of sales, Europe"))
print(again("2.1", "TEL;WORK;VOICE:+49301234567"))
print(again("3.0", "NICKNAME:Ada,Countess,Enchantress"))
print(again("3.0", "URL:https://maps.example.com/@52.5,13.4"))
print(again("3.0", "CATEGORIES:friends,mathematics"))
PYTHON

written="$(./venv/bin/python again.py)"
printf '%s\n' "$written"
[ "$written" = $'TITLE:Head of sales\nTEL:+49301234567\nNICKNAME:Ada\nURL:https://maps.example.com/@52.5\nCATEGORIES:friends,mathematics' ] || exit 1
