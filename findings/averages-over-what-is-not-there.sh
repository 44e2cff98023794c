#!/usr/bin/env bash
# What the tools for records in plain text that Debian has answer about deals of which one has neither an amount nor a day.
#
# Version: recutils 1.9-2 with librec1 1.9-2 (GNU recutils, from Debian 12).
# Input: four deals: A with 10 and 4 March 2026, B with 9.5 and 1 November, C with -3.5 and 31 January, D with nothing but its name; asked for the
#        average of the amounts, for whose amount is less than 5, for whose day is after 4 March 2026, and for Name = 'A' || Name = 'B' && Amount = 1.
# Expected: 16 / 3, as its manual has the mean of the values of a field; C; B; A, as the operators are to mean what they do in C, where && binds more
#           closely. What has no amount is not less than anything, or it is an error.
# Seen: the sum, 16, is divided by the four deals: 4, although Count says three in the same answer. D is less than 5, as what is not there is 0,
#       and is after 4 March, as the empty text is read as today. Nobody fits the last: the two operators bind alike, from left to right.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

apt-get download --quiet recutils=1.9-2 librec1=1.9-2 > apt.log 2>&1
for package in ./*.deb; do dpkg -x "$package" files; done
libraries="$(dirname "$(find "$PWD/files" -name librec.so.1 | head -1)")"

cat > deals.rec << 'RECORDS'
%rec: Deal
%type: Amount real
%type: Day date

Name: A
Amount: 10
Day: 2026-03-04

Name: B
Amount: 9.5
Day: 2026-11-01

Name: C
Amount: -3.5
Day: 2026-01-31

Name: D
RECORDS
ask() { LC_ALL=C TZ=UTC LD_LIBRARY_PATH="$libraries" files/usr/bin/recsel -t Deal "$@" deals.rec | tr '\n' ' '; }

seen="$(
  ask -p "Sum(Amount),Avg(Amount),Count(Amount)"
  for rule in "Amount < 5" "Day >> '2026-03-04'" "Name = 'A' || Name = 'B' && Amount = 1" "Name = 'A' || (Name = 'B' && Amount = 1)"; do
    printf '\n%s: %s' "$rule" "$(ask -e "$rule" -P Name | tr -s ' ')"
  done
)"
seen="$(printf '%s\n' "$seen" | sed 's/ *$//')"
printf '%s\n' "$seen"
[ "$seen" = "Sum_Amount: 16 Avg_Amount: 4 Count_Amount: 3
Amount < 5: C D
Day >> '2026-03-04': B D
Name = 'A' || Name = 'B' && Amount = 1:
Name = 'A' || (Name = 'B' && Amount = 1): A" ] || exit 1
