"""The records of the stand-in, and what each request does with them."""

import secrets
from collections.abc import Iterable
from datetime import UTC, datetime
from itertools import count
from typing import Any
from urllib.parse import quote
from uuid import uuid4

from tests.newer_server.asking import beyond, cursor_of, ordered, read_filter, read_order, value_at
from tests.newer_server.refusing import Refused, duplicate, not_found
from tests.newer_server.schema import OBJECTS, Json, Thing
from tests.newer_server.values import change, is_uuid

MOST, PAGE = 200, 60
_STAMP: Json = {"source": "API", "workspaceMemberId": None, "name": "Stand-in key", "context": {}}


class Records:
    """All records of all objects, by id."""

    def __init__(self) -> None:
        self.of: dict[str, dict[str, Json]] = {plural: {} for plural in OBJECTS}
        self._positions = count(0, -1)

    def find_many(self, of: Thing, query: dict[str, str]) -> tuple[list[Json], int, Json]:
        keys = read_order(query.get("order_by"), of)
        every = ordered(self._matching(of, query), keys)
        after, before = query.get("starting_after"), query.get("ending_before")
        if after and before:
            raise Refused("Cannot provide both before and after")
        left = [each for each in every if beyond(after or before or "", keys, back=bool(before))(each)] if after or before else every
        limit = _limit(query.get("limit"))
        page = left[-limit:] if before and limit else left[:limit]
        more = len(left) > len(page)
        ends = [cursor_of(each, keys) for each in (page[-1], page[0])] if page else [None, None]
        start, end = ends if before else reversed(ends)  # the way back has them swapped
        info = {"startCursor": start, "endCursor": end, "hasNextPage": more and not before, "hasPreviousPage": more and bool(before)}
        return page, len(every), info

    def find_one(self, of: Thing, id_: str, *, deleted: bool = False) -> Json:
        found = self.of[of.plural].get(id_)
        if found is None or (found["deletedAt"] and not deleted):
            raise not_found()
        return found

    def create(self, of: Thing, given: list[Json], *, upsert: bool) -> list[Json]:
        """All or none."""
        if len(given) > MOST:
            raise Refused(f"Maximum number of records to upsert is {MOST}.")
        kept = dict(self.of[of.plural])
        made = []
        for each in given:
            there = self._same(of, kept, each) if upsert else None
            new = _identified(each)
            record = {**change(of, there or self._new(of), self._connected(of, new if there is None else each)), **_stamps(there)}
            if there is None and record["id"] in kept:
                raise duplicate()
            record = {**record, "deletedAt": None} if there else record
            kept[record["id"]] = record
            made.append(record)
        self._settle(of, kept)
        return made

    def update(self, of: Thing, records: Iterable[Json], given: Json) -> list[Json]:
        kept = dict(self.of[of.plural])
        changed = []
        for each in records:
            record = {**change(of, each, self._connected(of, given)), "updatedAt": _now(), "updatedBy": dict(_STAMP)}
            if record["id"] != each["id"]:
                raise duplicate()
            kept[each["id"]] = record
            changed.append(record)
        self._settle(of, kept)
        return changed

    def delete(self, of: Thing, records: Iterable[Json], *, soft: bool) -> list[Json]:
        gone = list(records)
        if soft:
            self.of[of.plural] |= {each["id"]: {**each, "deletedAt": _now()} for each in gone}
            return [self.of[of.plural][each["id"]] for each in gone]
        for each in gone:
            del self.of[of.plural][each["id"]]
            self._forget(of, each["id"])
        return [{"id": each["id"]} for each in gone]

    def restore(self, of: Thing, records: Iterable[Json]) -> list[Json]:
        back = {each["id"]: {**each, "deletedAt": None} for each in records}
        self.of[of.plural] |= back
        return list(back.values())

    def bulk(self, of: Thing, query: dict[str, str]) -> list[Json]:
        """What a write by filter touches: deleted records too."""
        text = query.get("filter")
        keeps = read_filter(f"and({text},or(deletedAt[is]:NULL,deletedAt[is]:NOT_NULL))", of) if text is not None else lambda _: True
        return [each for each in self.of[of.plural].values() if keeps(each)]

    def still(self, of: Thing, records: list[Json], query: dict[str, str]) -> list[Json]:
        """Of what a write by filter changed, what the filter still matches: that is what is answered."""
        text = query.get("filter")
        keeps = read_filter(f"and({text},or(deletedAt[is]:NULL,deletedAt[is]:NOT_NULL))", of) if text is not None else lambda _: True
        return [each for each in records if keeps(each)]

    def shown(self, of: Thing, record: Json, depth: int, url: str) -> Json:
        """A record as it is answered: file links signed anew, at depth 1 with its relations."""
        held = {name: _signed(record[name], url) if kind == "FILES" else record[name] for name, kind in of.all_fields.items()}
        if held.get("avatarUrl"):
            held["avatarUrl"] = f"{url}/files/{quote(held['avatarUrl'])}?token={secrets.token_hex(8)}"
        if depth == 0:
            return held
        for name, (plural, _) in of.points.items():
            there = self.of[plural].get(record[f"{name}Id"] or "")
            alive = there if there and not there["deletedAt"] else None
            held[name] = self.shown(OBJECTS[plural], alive, 0, url) if alive else None
            held[f"{name}Id"] = record[f"{name}Id"] if alive else None
        for other in OBJECTS.values():
            for name, (plural, collection) in other.points.items():
                if plural == of.plural:
                    held[collection] = [self.shown(other, each, 0, url) for each in self._pointing(other, name, record["id"])][:PAGE]
        return held

    def duplicates(self, of: Thing, record: Json) -> list[Json]:
        paths = ("emails.primaryEmail", "domainName.primaryLinkUrl", "name")
        alive = [each for each in self.of[of.plural].values() if not each["deletedAt"] and each["id"] != record.get("id")]
        return [each for each in alive if any(value_at(record, p) and value_at(each, p) == value_at(record, p) for p in paths)]

    def _matching(self, of: Thing, query: dict[str, str]) -> list[Json]:
        keeps = read_filter(query.get("filter"), of)
        return [each for each in self.of[of.plural].values() if keeps(each)]

    def _new(self, of: Thing) -> Json:
        now = _now()
        return {**of.blank(), "createdAt": now, "updatedAt": now, "position": next(self._positions), "createdBy": dict(_STAMP)}

    def _same(self, of: Thing, kept: dict[str, Json], given: Json) -> Json | None:
        """The record that an upsert means: by id and by every unique value, deleted ones too."""
        probe = change(of, of.blank(), {name: each for name, each in given.items() if name not in of.points})
        found = {each["id"]: each for each in kept.values() if _meets(of, each, probe)}
        if len(found) > 1:
            raise Refused(f"Multiple records found with the same unique field values for id: {probe['id']}")
        return next(iter(found.values()), None)

    def _connected(self, of: Thing, given: Json) -> Json:
        """The fields given, `connect` and `disconnect` made the keys that they mean."""
        made = dict(given)
        for name, (plural, _) in of.points.items():
            value = given.get(name)
            if not isinstance(value, dict) or not ("connect" in value or value.get("disconnect") is True):
                continue
            del made[name]
            made[f"{name}Id"] = self._connect(OBJECTS[plural], value["connect"]["where"]) if "connect" in value else None
        return made

    def _connect(self, of: Thing, where: Json) -> str:
        probe = {**of.blank(), **where}
        found = [each["id"] for each in self.of[of.plural].values() if _meets(of, each, probe)]
        if len(found) != 1:
            raise Refused(f"Expected 1 record to connect to {of.singular}, but found {len(found)}")
        return str(found[0])

    def _settle(self, of: Thing, kept: dict[str, Json]) -> None:
        """Keep what was written, if nothing clashes: deleted records count."""
        for path in of.unique:
            values = [value for each in kept.values() if (value := value_at(each, path)) is not None]
            if len(values) != len(set(values)):
                raise duplicate()
        for each in kept.values():
            for name, (plural, _) in of.points.items():
                there = each[f"{name}Id"]
                if there and there not in (kept if plural == of.plural else self.of[plural]):
                    raise Refused(f'insert or update on table "{of.singular}" violates foreign key constraint "FK_{name}"')
        self.of[of.plural] = kept

    def _pointing(self, other: Thing, name: str, id_: str) -> list[Json]:
        return [each for each in self.of[other.plural].values() if each[f"{name}Id"] == id_ and not each["deletedAt"]]

    def _forget(self, of: Thing, id_: str) -> None:
        for other in OBJECTS.values():
            for name, (plural, _) in other.points.items():
                for each in self.of[other.plural].values():
                    if plural == of.plural and each[f"{name}Id"] == id_:
                        each[f"{name}Id"] = None


def _meets(of: Thing, record: Json, probe: Json) -> bool:
    return any(value_at(probe, path) is not None and value_at(record, path) == value_at(probe, path) for path in ("id", *of.unique))


def _identified(given: Json) -> Json:
    if "id" in given and not is_uuid(given["id"]):
        raise Refused(f'Value "{given["id"]}" is not a valid UUID', error="Error", code="INVALID_QUERY_INPUT")
    return {"id": str(uuid4()), **given}


def _stamps(there: Json | None) -> Json:
    return {"updatedBy": dict(_STAMP), **({"updatedAt": _now()} if there else {})}


def _signed(value: Any, url: str) -> Any:
    if not value:
        return value
    return [{**each, "extension": "", "url": f"{url}/file/{each['fileId']}?token={secrets.token_hex(8)}"} for each in value]


def _limit(text: str | None) -> int:
    try:
        limit = PAGE if not text else int(float(text))
    except ValueError:
        limit = -1
    if limit < 0:
        raise Refused(f"limit '{text}' is invalid. Should be an integer")
    return min(limit, MOST)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
