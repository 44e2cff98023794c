#!/usr/bin/env bash
# What a common library for tables makes of a JSON list of records whose keys do not stand in one order.
#
# Version: tablib 3.9.0.
# Input: two people as JSON objects; the second one has its town before its name, as programs that add fields later write it.
# Expected: each value under its own key, whatever the order: an object of JSON has none.
# Seen: the keys are those of the first record, and the values of every other one are taken in the order in which they stand:
#       Paris becomes a name, and Grace a town, in load() of JSON and of YAML alike, without an error.  Only a record with more
#       or fewer keys is refused.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv v
./v/bin/pip install --quiet "tablib==3.9.0" "PyYAML==6.0.3"

./v/bin/python - <<'PY'
import json

import tablib

people = [{"name": "Ada", "town": "London"}, {"town": "Paris", "name": "Grace"}]
of_json = tablib.Dataset().load(json.dumps(people), format="json")
of_yaml = tablib.Dataset().load("- {name: Ada, town: London}\n- {town: Paris, name: Grace}\n", format="yaml")
for read in (of_json, of_yaml):
    print(read.export("csv"))
    assert read.headers == ["name", "town"]
    assert read["name"] == ["Ada", "Paris"], read["name"]
    assert read["town"] == ["London", "Grace"], read["town"]
try:
    tablib.Dataset().load('[{"name": "Ada"}, {"name": "Grace", "town": "Paris"}]', format="json")
except tablib.InvalidDimensions:
    print("a record with more keys is refused")
else:
    raise SystemExit(1)
PY
