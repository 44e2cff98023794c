#!/usr/bin/env bash
# How many records a library for pages with cursors hands out of a list that is sorted by a column with gaps.
#
# Version: typeorm-cursor-pagination 0.10.1 with typeorm 0.3.27, on SQLite (sql.js 1.17.0).
# Input: six people, two a page: sorted by name and id, by town and id, by amount and id. Two have no town and no amount.
# Expected: six, sorted by whatever, as afterCursor says that there is another page; or an error about nulls when the list is asked for.
# Seen: six by name. By town the first page is the two people without one, its cursor says that there is more, and the page behind it is
#       empty: two of six, and it looks like the end. The other way round it is the other four. By amount the cursor that the library has
#       made itself is refused by it.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

npm install --silent --no-fund --no-audit --legacy-peer-deps --ignore-scripts \
  typeorm-cursor-pagination@0.10.1 typeorm@0.3.27 sql.js@1.17.0 reflect-metadata@0.2.2 > npm.log 2>&1

cat > pages.mjs << 'JAVASCRIPT'
import "reflect-metadata";
import { Column, DataSource, Entity, PrimaryGeneratedColumn } from "typeorm";
import { buildPaginator } from "typeorm-cursor-pagination";
class Person {}
const column = (name, type, decorate) => {
  Reflect.defineMetadata("design:type", type, Person.prototype, name);
  decorate(Person.prototype, name);
};
column("id", Number, PrimaryGeneratedColumn());
column("name", String, Column({ type: String }));
column("town", String, Column({ type: String, nullable: true }));
column("amount", Number, Column({ type: "float", nullable: true }));
Entity("people")(Person);
const source = await new DataSource({ type: "sqljs", entities: [Person], synchronize: true }).initialize();
const people = source.getRepository(Person);
const rows = [["Ada", "Bath", 1.5], ["Bob", null, null], ["Cyd", "Rome", 2], ["Dan", null, null], ["Eve", "Oslo", 3], ["Fay", "York", 4]];
for (const [name, town, amount] of rows) await people.save({ name, town, amount });
for (const [key, order] of [["name", "ASC"], ["town", "ASC"], ["town", "DESC"], ["amount", "ASC"]]) {
  const names = [];
  let afterCursor, end = "no more pages";
  try {
    do {
      const paginator = buildPaginator({ entity: Person, alias: "person", paginationKeys: [key, "id"], query: { limit: 2, order, afterCursor } });
      const { data, cursor } = await paginator.paginate(people.createQueryBuilder("person"));
      names.push(...data.map((person) => person.name));
      afterCursor = cursor.afterCursor;
    } while (afterCursor);
  } catch (error) {
    end = error.message;
  }
  console.log(`${key} ${order}:`, ...names.sort(), "|", end);
}
JAVASCRIPT

seen="$(NODE_OPTIONS= node pages.mjs)"
printf '%s\n' "$seen"
[ "$seen" = "name ASC: Ada Bob Cyd Dan Eve Fay | no more pages
town ASC: Bob Dan | no more pages
town DESC: Ada Cyd Eve Fay | no more pages
amount ASC: Bob Dan | number column in cursor should be a valid number" ] || exit 1
