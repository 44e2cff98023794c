#!/usr/bin/env bash
# What time stands in the identifiers (UUID version 7) that three Python libraries make, and whether records sort by it.
#
# Versions: uuid7 0.1.0, uuid6 2025.0.1, uuid_utils 1.2.0 (Python); uuid 11.1.0 (JavaScript) to check the form.
# Input: one identifier of each library, in turn, all made within a second.
# Expected: their first 48 bits are milliseconds since 1970 (RFC 9562, 5.7), so that records of all three sort as they were made.
# Seen: uuid6 and uuid_utils do so. The package that is called uuid7 has seconds there, in 36 bits, as a draft had it before the RFC: by
#       the RFC its identifiers are of another century (2203 for 2026), and all of them sort behind those of the others, whoever came first.
#       The version in them is 7 and every check of the form takes them. Among themselves they are in order, so that a first try looks well.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
./venv/bin/pip install --quiet uuid7==0.1.0 uuid6==2025.0.1 uuid_utils==1.2.0
npm install --silent --no-fund --no-audit uuid@11.1.0 > npm.log 2>&1

cat > make.py << 'PYTHON'
import subprocess
import time
from datetime import UTC, datetime

import uuid6
import uuid_extensions
import uuid_utils

makers = {"uuid7": uuid_extensions.uuid7, "uuid6": uuid6.uuid7, "uuid_utils": uuid_utils.uuid7}
made: list[tuple[str, str]] = []
for _ in range(3):
    for name, make in makers.items():
        made.append((name, str(make())))
        time.sleep(0.005)
this_year = datetime.now(UTC).year
for name in makers:
    own = [identifier for maker, identifier in made if maker == name]
    year = datetime.fromtimestamp(int(own[0].replace("-", "")[:12], 16) / 1000, UTC).year
    script = "const { version } = require('uuid'); console.log(version(process.argv[1]))"
    version = subprocess.run(["node", "-e", script, own[0]], capture_output=True, check=True, text=True).stdout.strip()
    print(name, "version", version, "this year" if year == this_year else "a year after 2200" if year > 2200 else year, own == sorted(own))
others = [pair for pair in made if pair[0] != "uuid7"]
print("two libraries in order:", others == sorted(others, key=lambda pair: pair[1]))
print("last of the three:", {maker for maker, _ in sorted(made, key=lambda pair: pair[1])[-3:]})
PYTHON

seen="$(NODE_OPTIONS= ./venv/bin/python make.py)"
printf '%s\n' "$seen"
[ "$seen" = "uuid7 version 7 a year after 2200 True
uuid6 version 7 this year True
uuid_utils version 7 this year True
two libraries in order: True
last of the three: {'uuid7'}" ] || exit 1
