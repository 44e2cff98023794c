"""What lies in a database, compared with what its writers know.  Looks into the file itself, so that the
workspace does not vouch for itself."""

from collections.abc import Sequence
from typing import Any, Protocol

import apsw
import orjson

from tests.durability.load import BATCH, Memory
from tests.postgres import Cluster


class Database(Protocol):
    """A database that answers SQL both stores understand, and can check itself; its events are read from `events`."""

    events: str

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[Any]: ...

    def is_whole(self) -> bool: ...


class SqliteFile:
    events = "icosa_event"

    def __init__(self, path: str) -> None:
        self._path = path

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[Any]:
        connection = apsw.Connection(self._path)
        connection.set_busy_timeout(10_000)
        try:
            return connection.execute(sql, values).fetchall()
        finally:
            connection.close()

    def is_whole(self) -> bool:
        return self.rows("PRAGMA integrity_check") == [("ok",)] and self.rows("PRAGMA foreign_key_check") == []


class Inspector:
    """Checks a database after each crash; reads each event once."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._sequence = 0
        self._created: dict[str, set[str]] = {"company": set(), "person": set()}
        self._names: dict[str, str] = {}
        self._deleted: set[str] = set()

    def check(self, memory: Memory) -> None:
        """Every acknowledged write is there; every other is there whole or not at all; so are the events.
        Afterwards what was found is what is known."""
        assert self._database.is_whole()
        self._read_events()
        self._check_companies(memory)
        self._check_batches(memory)
        self._check_tally()

    def _check_companies(self, memory: Memory) -> None:
        rows = self._database.rows('SELECT "id", "name", "deletedAt" IS NOT NULL, "createdAt", "position" FROM "company"')
        found = {str(row[0]): (row[1], bool(row[2])) for row in rows}
        assert all(row[3] is not None and row[4] is not None for row in rows)
        assert found.keys() <= memory.companies.keys()
        lost = []
        for id_, company in memory.companies.items():
            now = found.get(id_)
            if now != company.known and (company.asked is None or now != company.asked):
                lost.append((id_, company, now))
            company.known, company.asked = now, None
        assert lost == []
        assert self._created["company"] == found.keys()
        assert self._deleted == {id_ for id_, (_, deleted) in found.items() if deleted}
        renamed = {id_: name for id_, (name, _) in found.items() if name != "new"}
        assert self._names == renamed

    def _check_batches(self, memory: Memory) -> None:
        found = {str(row[0]) for row in self._database.rows('SELECT "id" FROM "person"')}
        for ids, acknowledged in memory.batches.items():
            there = len(found.intersection(ids))
            assert there == BATCH if acknowledged else there in (0, BATCH)
            memory.batches[ids] = there == BATCH
        assert self._created["person"] == found

    def _check_tally(self) -> None:
        for name in ("company", "person"):
            ((live,),) = self._database.rows(f'SELECT count(*) FROM "{name}" WHERE "deletedAt" IS NULL')
            assert self._database.rows(f"SELECT live FROM icosa_tally WHERE object = '{name}'") == [(live,)]

    def _read_events(self) -> None:
        rows = self._database.rows(
            f"SELECT sequence, object, action, records FROM {self._database.events} WHERE sequence > {self._sequence} ORDER BY sequence"
        )
        for sequence, object_, action, records in rows:
            self._sequence = sequence
            changes = orjson.loads(records) if isinstance(records, str) else records
            for change in changes:
                if object_ not in self._created:
                    continue
                after = change["after"]
                if action == "created":
                    self._created[object_].add(after["id"])
                elif action == "updated":
                    self._names[after["id"]] = after["name"]
                elif action == "deleted":
                    self._deleted.add(after["id"])


class PostgresDatabase:
    """A database of a cluster of the tests' own."""

    events = "icosa_outbox"

    def __init__(self, cluster: Cluster, name: str) -> None:
        self._cluster = cluster
        self._name = name

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[Any]:
        assert not values
        return [tuple(row) for row in self._cluster.sql(sql, self._name)]

    def is_whole(self) -> bool:
        """Every index agrees with its table, and every foreign key leads somewhere: PostgreSQL's own check."""
        self.rows("CREATE EXTENSION IF NOT EXISTS amcheck")
        self.rows(
            "SELECT bt_index_check(i.indexrelid, true) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid "
            "JOIN pg_am a ON a.oid = c.relam JOIN pg_namespace n ON n.oid = c.relnamespace "
            "WHERE a.amname = 'btree' AND n.nspname = 'public' AND i.indisvalid"
        )
        return True
