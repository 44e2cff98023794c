#!/usr/bin/env bash
# What becomes of amounts, counts and times of day in Parquet files when other libraries than the writer's read them.
#
# Versions: written by pyarrow 26.0.1; read by it, by fastparquet 2026.9.0 (Python), @dsnp/parquetjs 1.8.8 and hyparquet 1.33.0 (JavaScript).
# Input: the amounts 19.99 and 4.35 as DECIMAL(18, 2), the count 3000000000 as an integer of 32 bits without a sign (parquet-format, Logical
#        Types: INT(32, false)), and half past ten in microseconds (TIME).
# Expected: 19.99 and 4.35, as decimals, texts or the floats 19.99 and 4.35; 3000000000; 10:30, or a number with its unit.
# Seen: pyarrow says so. fastparquet multiplies by 0.01: 19.990000000000002 and 4.3500000000000005, one amount in seven is not the
#       float that is written so. parquetjs hands out the bytes of a decimal, and -1294967296 for the count. hyparquet has both right.
#       Half past ten is the bare number 37800000000 to all three.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
./venv/bin/pip install --quiet pyarrow==26.0.1 fastparquet==2026.9.0
npm install --silent --no-fund --no-audit @dsnp/parquetjs@1.8.8 hyparquet@1.33.0 > npm.log 2>&1

cat > deals.py << 'PYTHON'
from datetime import time
from decimal import Decimal

import fastparquet
import pyarrow as pa
import pyarrow.parquet as pq

amounts = pa.array([Decimal("19.99"), Decimal("4.35")], pa.decimal128(18, 2))
counts, starts = pa.array([3_000_000_000] * 2, pa.uint32()), pa.array([time(10, 30)] * 2, pa.time64("us"))
pq.write_table(pa.table({"amount": amounts, "count": counts, "start": starts}), "deals.parquet", compression="none")
read = pq.read_table("deals.parquet").to_pydict()
print("pyarrow", *map(str, (*read["amount"], read["count"][0], read["start"][0])))
frame = fastparquet.ParquetFile("deals.parquet").to_pandas()
print("fastparquet", *map(float, frame["amount"]), int(frame["count"][0]), int(frame["start"][0]))
for_each = sum(cents * 10.0**-2 != cents / 100 for cents in range(100_000))
print("one in", round(100_000 / for_each))
PYTHON

cat > read.mjs << 'JAVASCRIPT'
import parquetjs from "@dsnp/parquetjs";
import { asyncBufferFromFile, parquetReadObjects } from "hyparquet";
const cursor = (await parquetjs.ParquetReader.openFile("deals.parquet")).getCursor();
const [first, second] = [await cursor.next(), await cursor.next()];
const hex = (value) => (Buffer.isBuffer(value) ? `bytes ${value.toString("hex")}` : value);
console.log("parquetjs", hex(first.amount), hex(second.amount), first.count, String(first.start));
const rows = await parquetReadObjects({ file: await asyncBufferFromFile("deals.parquet") });
console.log("hyparquet", rows[0].amount, rows[1].amount, rows[0].count, String(rows[0].start));
JAVASCRIPT

seen="$(./venv/bin/python -W ignore deals.py; NODE_OPTIONS= node read.mjs)"
printf '%s\n' "$seen"
[ "$seen" = "pyarrow 19.99 4.35 3000000000 10:30:00
fastparquet 19.990000000000002 4.3500000000000005 3000000000 37800000000
one in 7
parquetjs bytes 00000000000007cf bytes 00000000000001b3 -1294967296 37800000000
hyparquet 19.99 4.35 3000000000 37800000000" ] || exit 1
