#!/usr/bin/env bash
# Whether queries that a program is tested with find the same in the imitation of PostgreSQL that runs in memory as in PostgreSQL itself.
#
# Versions: pg-mem 3.0.14; @electric-sql/pglite 0.5.17, which is PostgreSQL (JavaScript).
# Input: a month after 31 January; the greatest of 1, null and 3; who is not in a list with a null in it; the two amounts 0.1 and 0.2; names
#        that are like 100\%; names in one array, in their order.
# Expected: PostgreSQL's answers, as its manual has them (9.9, 9.18.4, 9.24.2, 8.1.2, 9.7.1, 4.2.7): 28 February, 3, nobody, 0.3, yes, a before b; or
#           an error, as pg-mem has one for what it does not know.
# Seen: six other answers and no error: 2 March, null, somebody, 0.30000000000000004, no, b before a. A test that is green
#       there says nothing about a list with gaps or the end of a month.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

npm install --silent --no-fund --no-audit pg-mem@3.0.14 @electric-sql/pglite@0.5.17 > npm.log 2>&1

cat > ask.mjs << 'JAVASCRIPT'
import { PGlite } from "@electric-sql/pglite";
import { newDb } from "pg-mem";
const queries = [
  "select date '2026-01-31' + interval '1 month' as x",
  "select greatest(1, null, 3) as x",
  "select count(*) as x from (values (3)) v(a) where a not in (1, 2, null)",
  "select 0.1::numeric + 0.2::numeric as x",
  "select '100%' like '100\\%' as x",
  "select array_agg(t order by t) as x from (values ('b'), ('a')) v(t)",
];
const real = new PGlite();
const shown = (value) => (value === null ? "null" : Array.isArray(value) ? value.join(" ") : value instanceof Date ? value.toISOString().slice(0, 10) : String(value));
for (const query of queries) {
  const imitated = newDb().public.many(query)[0].x;
  console.log(`${shown((await real.query(query)).rows[0].x)} | ${shown(imitated)}`);
}
JAVASCRIPT

seen="$(TZ=UTC NODE_OPTIONS= node ask.mjs)"
printf 'PostgreSQL | pg-mem\n%s\n' "$seen"
[ "$seen" = "2026-02-28 | 2026-03-02
3 | null
0 | 1
0.3 | 0.30000000000000004
true | false
a b | b a" ] || exit 1
