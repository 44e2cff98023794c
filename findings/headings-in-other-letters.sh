#!/usr/bin/env bash
# What a loader of data keeps of records whose fields are not named in Latin letters, or are named alike.
#
# Version: dlt 1.31.0, into duckdb 2.0.1.
# Input: three people: one with Russian headings (Имя, Код, Город), one with Japanese ones (氏名, 電話), one with firstName and
#        first_name, as an interface that is being renamed answers them.
# Expected: every value under a column of its own, or a warning about names that fall together. (The manual says that keys which
#           fall together are merged, with nothing to detect it; not that all names in other letters do.)
# Seen: names are turned into ASCII letters, digits and underscores, and a name of which nothing is left is called x. Within a
#       record the last one wins: of the Russian record the town is kept, of the Japanese one the telephone, both under x, and of
#       the two first names the second. The run is a success, and says nothing of it at any level of its log.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
./venv/bin/pip install --quiet --no-compile "dlt[duckdb]==1.31.0" duckdb==2.0.1

cat > load.py << 'PYTHON'
import dlt
import duckdb

people = [
    {"Имя": "Ада", "Код": "K1", "Город": "Бат"},
    {"氏名": "山田", "電話": "03-1234-5678"},
    {"firstName": "Ada", "first_name": "Grace"},
]
pipeline = dlt.pipeline("people", destination=dlt.destinations.duckdb("people.duckdb"), dataset_name="crm", pipelines_dir="state")
pipeline.run(people, table_name="people").raise_on_failed_jobs()
rows = duckdb.connect("people.duckdb").sql("SELECT * EXCLUDE (_dlt_load_id, _dlt_id) FROM crm.people")
print(rows.columns, rows.fetchall())
PYTHON

rows="$(RUNTIME__LOG_LEVEL=INFO RUNTIME__DLTHUB_TELEMETRY=false ./venv/bin/python -W ignore load.py 2> log)"
printf '%s\n' "$rows"
[ "$rows" = "['x', 'first_name'] [('Бат', None), ('03-1234-5678', None), (None, 'Grace')]" ] || exit 1
if grep -i -E 'collision|Имя|firstName' log; then exit 1; fi
