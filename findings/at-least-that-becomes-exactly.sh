#!/usr/bin/env bash
# What a library that makes Elasticsearch's queries of what people write into a search box makes of "at least".
#
# Version: luqum 1.0.0.
# Input: amount:>=5, amount:>5, amount:<=5 and amount:[5 TO *], as the syntax of Lucene's queries in Elasticsearch has them, and phone:\+49, whose
#        plus is escaped there.
# Expected: ranges (gte, gt, lte, gte) from the four, as from the last one; +49 without its backslash; or an error.
# Seen: the parser knows all of them and writes them back as they were. The builder of queries has a range for the one in brackets; of
#       the others it keeps the number alone: whoever asks for amounts of at least 5, or of less, gets those that are 5. The backslash
#       stays part of what is looked for. No error.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
./venv/bin/pip install --quiet luqum==1.0.0

cat > ask.py << 'PYTHON'
import json

from luqum.elasticsearch import ElasticsearchQueryBuilder
from luqum.parser import parser

for text in ("amount:[5 TO *]", "amount:>=5", "amount:>5", "amount:<=5", "phone:\\+49"):
    tree = parser.parse(text)
    query = ElasticsearchQueryBuilder()(tree)
    kind, fields = next(iter(query.items()))
    field = next(iter(fields.values()))
    print(text, str(tree) == text, "|", kind, json.dumps({key: value for key, value in field.items() if key != "zero_terms_query"}))
PYTHON

seen="$(./venv/bin/python -W ignore ask.py)"
printf '%s\n' "$seen"
[ "$seen" = 'amount:[5 TO *] True | range {"gte": "5"}
amount:>=5 True | match {"query": "5"}
amount:>5 True | match {"query": "5"}
amount:<=5 True | match {"query": "5"}
phone:\+49 True | match {"query": "\\+49"}' ] || exit 1
