#!/usr/bin/env bash
# What the address book for terminals that Debian has keeps of address cards (vCard) from other programs, and what it writes as CSV.
#
# Version: abook 0.6.1-2+b1 (from Debian 12).
# Input: two cards of version 3.0: Ada, with a note of two lines (\n) in which a comma is escaped, as 3.0 asks for (RFC 2426, 4); Bea "Bee" King, whose
#        address is item1.EMAIL, a property in a group, as iPhones write it (RFC 2425, 5.8.2), and whose note is folded over two lines (5.8.1).
# Expected: two lines and a comma; an address; the whole note; and in CSV two quotation marks for one (RFC 4180, 2, 7).
# Seen: the backslashes stay in the note, and so does the n of the line break. Of Bea the address is missing, and of her note what is on the second
#       line, without a word. The quotation marks in her name stand in the CSV as they are, so that her name ends in front of them for who reads it.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

apt-get download --quiet abook=0.6.1-2+b1 > apt.log 2>&1
dpkg -x ./*.deb files

printf '%s\r\n' BEGIN:VCARD VERSION:3.0 'FN:Ada Lovelace' 'N:Lovelace;Ada;;;' 'EMAIL:ada@example.com' 'NOTE:In the garden.\nAsk for Bea\, please' END:VCARD \
  BEGIN:VCARD VERSION:3.0 'FN:Bea "Bee" King' 'N:King;Bea;;;' 'item1.EMAIL:bea@example.com' 'NOTE:Met at the fair in the hall where the engines were shown for' ' the first time' END:VCARD > cards.vcf
convert() { HOME="$folder" LC_ALL=C.UTF-8 files/usr/bin/abook --convert --informat "$1" --infile "$2" --outformat "$3"; }

seen="$(convert vcard cards.vcf abook | grep -E '^(name|email|notes)='; convert vcard cards.vcf csv)"
printf '%s\n' "$seen"
[ "$seen" = 'name=Ada Lovelace
email=ada@example.com
notes=In the garden.\nAsk for Bea\, please
name=Bea "Bee" King
notes=Met at the fair in the hall where the engines were shown for
"Ada Lovelace","ada@example.com","","In the garden.\nAsk for Bea\, please",""
"Bea "Bee" King","","","Met at the fair in the hall where the engines were shown for",""' ] || exit 1
