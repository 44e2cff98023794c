#!/usr/bin/env bash
# Whom a directory finds for a query that a person has put together in a query builder.
#
# Versions: @react-querybuilder/core 8.24.1 (JavaScript), ldap3 2.9.1 (Python; its directory in memory).
# Input: people with and without a mail address, asked for by "mail is null", "mail is not null" and "employeeNumber > 5", each
#        as a filter for LDAP and as SQL.
# Expected: those without, those with, and Grace (7), as by the SQL. (mail=*) is the presence filter (RFC 4515, 4; RFC 4511, 4.5.1.7.5): true
#           for whoever has an address.
# Seen: the LDAP filters for "null" and "not null" have changed places: who asks for people without an address gets all that have one.
#       "Greater than" finds Ada, who has 5, too. The SQL of the same queries is right. No error, as each is a valid filter.
# Exits with 1 where any of this has changed.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"

python3 -m venv venv
./venv/bin/pip install --quiet ldap3==2.9.1
npm install --silent --no-fund --no-audit --legacy-peer-deps @react-querybuilder/core@8.24.1 > npm.log 2>&1

cat > write.cjs << 'JAVASCRIPT'
const { formatQuery } = require("@react-querybuilder/core");
const asked = [["mail", "null", ""], ["mail", "notNull", ""], ["employeeNumber", ">", 5]];
const queries = asked.map(([field, operator, value]) => ({ combinator: "and", rules: [{ field, operator, value }] }));
console.log(JSON.stringify(queries.map((query) => [formatQuery(query, "ldap"), formatQuery(query, "sql")])));
JAVASCRIPT

cat > ask.py << 'PYTHON'
import json
import sqlite3
import sys

from ldap3 import MOCK_SYNC, OFFLINE_SLAPD_2_4, Connection, Server

people = [("Ada", "ada@example.com", 5), ("Grace", None, 7), ("Alan", "alan@example.com", 4)]
directory = Connection(Server("directory", get_info=OFFLINE_SLAPD_2_4), client_strategy=MOCK_SYNC)
table = sqlite3.connect(":memory:")
table.execute("create table people (name, mail, employeeNumber integer)")
for name, mail, number in people:
    entry = {"objectClass": ["inetOrgPerson"], "cn": name, "sn": name, "employeeNumber": str(number)}
    directory.strategy.add_entry(f"cn={name},o=crm", entry if mail is None else {**entry, "mail": mail})
    table.execute("insert into people values (?, ?, ?)", (name, mail, number))
directory.bind()
for ldap, sql in json.load(sys.stdin):
    directory.search("o=crm", ldap, attributes=["cn"])
    found = sorted(entry.cn.value for entry in directory.entries)
    rows = [row[0] for row in table.execute(f"select name from people where {sql} order by name")]
    print(ldap, found, "|", sql, rows)
PYTHON

seen="$(NODE_OPTIONS= node write.cjs | ./venv/bin/python -W ignore ask.py)"
printf '%s\n' "$seen"
[ "$seen" = "(mail=*) ['Ada', 'Alan'] | (mail is null) ['Grace']
(!(mail=*)) ['Grace'] | (mail is not null) ['Ada', 'Alan']
(employeeNumber>=5) ['Ada', 'Grace'] | (employeeNumber > '5') ['Grace']" ] || exit 1
