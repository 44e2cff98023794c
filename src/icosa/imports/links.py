"""Relations told by what their records are known by, made ids.

A row may tell a relation in several ways: a company by its website and by its name.  The surest that leads somewhere
counts; what the others say becomes part of the record where one is made.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import orjson

from icosa.call.keys import comparable, key_at
from icosa.call.targets import Certainty, certainty
from icosa.catalogue import naming
from icosa.catalogue.kinds import shown
from icosa.catalogue.model import Object
from icosa.client.blocking import Client
from icosa.imports.index import Index
from icosa.imports.plain_members import Link
from icosa.imports.shaped import Shaped
from icosa.plans.matching import by_key
from icosa.plans.step import Creation, Json
from icosa.wire.identifiers import new_id

Questions = dict[tuple[str, str], dict[Any, Any]]
"""What is to be looked up: values by their comparable form, by object and path."""

_WAYS_AT_MOST: Final = 4000
"""Links of which it is kept where they lead."""

Answers = dict[tuple[str, str], dict[Any, list[Json]]]
"""The records that were found, by the same: their ids, and what else they are known by, by path."""


@dataclass(frozen=True, slots=True)
class Dangling:
    """A link that cannot be followed: to nothing, or to the several records of `ids`."""

    link: Link
    reason: str
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Way:
    """A link, how sure it is, and where the index has what it leads to."""

    link: Link
    certainty: Certainty
    space: str
    key: Any


@dataclass(frozen=True, slots=True)
class Followed:
    """A relation whose record was found; `id` is None for one to be made."""

    relation: str
    id: str | None
    ways: Sequence[_Way]


class Linker:
    """Finds what links mean.  What was found is kept in the index, and so is what the plan itself creates."""

    def __init__(self, client: Client, index: Index, paths: Iterable[tuple[Object, str]], *, create: bool) -> None:
        """`paths` are those of the mappings ("company.name"), each with its object; `create` makes a creation of what a
        link leads to where it is not there."""
        self._client, self._index, self._create = client, index, create
        self._objects = client.catalogue.by_singular
        self._made = 0
        self._ids_of: dict[tuple[str, Any], Sequence[str]] = {}
        self._keys_of: dict[int, tuple[Sequence[Link], Json]] = {}
        self._way_of: dict[tuple[str, str, str, str, str], _Way | None] = {}
        self._known_by: dict[str, set[str]] = defaultdict(set)
        for of, (relation, _, path) in ((of, each.partition(".")) for of, each in paths):
            if path and relation in of.relation_by_name:
                self._known_by[of.relation_by_name[relation].target].add(path)

    def questions(self, of_rows: Iterable[tuple[Link, ...]]) -> Questions:
        """What the links of some rows ask for that is not known yet."""
        asked: Questions = defaultdict(dict)
        for links in _different(of_rows):
            if self._remembered(links) is not None:
                continue
            for way in (way for ways in self._ways(links).values() for way in _counting(ways)):
                if self._ids(way) is None:
                    asked[way.link.object, way.link.path][way.key] = way.link.value
        return asked

    def ask(self, questions: Questions) -> Answers:
        """The workspace's answers.  May run in any thread."""
        return {
            (singular, path): {
                key: [self._known(singular, each) for each in records]
                for key, records in by_key(self._client, self._objects[singular], path, values.values()).items()
            }
            for (singular, path), values in questions.items()
        }

    def learn(self, questions: Questions, answers: Answers) -> None:
        """Keeps the answers, "none" too."""
        for (singular, path), values in questions.items():
            for key in values:
                records = answers[singular, path].get(key, [])
                self._index.first(f"{singular}.{path}", key, [each["id"] for each in records])
                for each in records:
                    self._index.first(singular, each["id"], each["known"])

    def clear_keys(self, of_rows: Sequence[tuple[Link, ...]]) -> Sequence[Json | None]:
        """The foreign keys of each row, by its links, of which each is the only one of its relation, leads to one record that is there, and
        says nothing of one that is to be made; None where any of that is otherwise, which `find` is for."""
        found: dict[int, Json | None] = {}
        for links in _different(of_rows):
            keys = self._remembered(links) if links else _NO_KEYS
            found[id(links)] = self._clear_keys(links) if keys is None else keys
        if self._create and (self._made or None in found.values()):  # of what one row makes, a later one may say more
            return [None if links else _NO_KEYS for links in of_rows]
        return [found[id(links)] for links in of_rows]

    def _remembered(self, links: tuple[Link, ...]) -> Json | None:
        """The foreign keys that were found for the very same links; what the plan makes may change what they are."""
        held = self._keys_of.get(id(links))
        return held[1] if held is not None and not self._made else None

    def _clear_keys(self, links: tuple[Link, ...]) -> Json | None:
        found: Json = {}
        for link in links:
            way, name = self._way(link), f"{link.relation}Id"
            ids = self._ids(way) if way is not None else None
            if ids is None or len(ids) != 1 or name in found:
                return None
            found[name] = ids[0]
        if len(self._keys_of) >= _WAYS_AT_MOST:
            self._keys_of.clear()
        self._keys_of[id(links)] = links, found  # which keeps them, so that no others are there in their place
        return found

    def find(self, row: Shaped) -> Sequence[Followed] | Dangling:
        """Where the links of a row lead whose questions were learnt; nothing is created yet."""
        found: list[Followed] = []
        for relation, ways in self._ways(row.links).items():
            ids = self._found(ways)
            if len(ids) > 1 or not (ids or self._create):
                links = [each.link for each in ways]
                return Dangling(links[0], _why(self._objects, links, ids), tuple(ids))
            found.append(Followed(relation, ids[0] if ids else None, ways))
        return found

    def foreign_keys(self, found: Sequence[Followed]) -> Json:
        """The foreign keys of a row whose links were found; what is not there yet is among `creations` from now on."""
        return {f"{each.relation}Id": self._completed(each.id, each.ways) for each in found}

    def creations(self) -> Iterator[Creation]:
        """What all rows that were followed need to be created, in the order in which they told of it."""
        for at in range(self._made):
            made = self._index.get("made", at)
            of = self._objects[made["object"]]
            key = min(made["values"], key=lambda path: certainty(of, path))
            yield Creation(of.plural, {"id": made["id"], **_record(made["values"])}, key=key)

    def _ways(self, links: Sequence[Link]) -> dict[str, list[_Way]]:
        """The links of a row by relation, the surest first."""
        ways: dict[str, list[_Way]] = defaultdict(list)
        for link in links:
            way = self._way(link)
            if way is not None:
                ways[link.relation].append(way)
        if len(links) < 2:
            return ways
        for each in ways.values():
            each.sort(key=lambda way: way.certainty)
        return ways

    def _ids(self, way: _Way) -> Sequence[str] | None:
        """The ids that are known for where a link leads; None where nobody has asked yet."""
        place = way.space, way.key
        found = self._ids_of.get(place)
        if found is None:
            found = self._index.get(*place)
            if found is not None:
                if len(self._ids_of) >= _WAYS_AT_MOST:
                    self._ids_of.clear()
                self._ids_of[place] = found
        return found

    def _way(self, link: Link) -> _Way | None:
        """Where a link leads, None where it says nothing.  Many rows link to the same."""
        if link.value.__class__ is not str:
            return self._new_way(link)
        place = link.relation, link.object, link.path, link.value, link.column
        if place not in self._way_of:
            if len(self._way_of) >= _WAYS_AT_MOST:
                self._way_of.clear()
            self._way_of[place] = self._new_way(link)
        return self._way_of[place]

    def _new_way(self, link: Link) -> _Way | None:
        of = self._objects[link.object]
        key = comparable(of, link.path, link.value)
        return None if key is None else _Way(link, certainty(of, link.path), f"{link.object}.{link.path}", key)

    def _found(self, ways: Sequence[_Way]) -> list[str]:
        """The ids that the surest of the links leads to, as far as those after it do not tell them apart."""
        found: list[str] = []
        nowhere: list[_Way] = []
        sure = Certainty.OTHER
        for way in _counting(ways):
            ids = [each for each in self._ids(way) or () if not self._is_another(each, nowhere)]
            if not ids:
                nowhere.append(way)
            elif not found:
                found, sure = ids, way.certainty
            elif both := set(found).intersection(ids):
                found = [each for each in found if each in both]
            elif way.certainty == sure < Certainty.NAME:
                found += ids
        return found

    def _is_another(self, id_: str, ways: Sequence[_Way]) -> bool:
        """Whether a record has another value than one of the links says."""
        known = self._index.get(ways[0].link.object, id_) if ways else None
        return known is not None and any(known.get(each.link.path) not in (None, _plain(each.key)) for each in ways)

    def _completed(self, id_: str | None, ways: Sequence[_Way]) -> str:
        """The id of what links lead to, None for a record to be made.  What the plan makes, gets what they say of it and
        nobody said before; every later row that tells the same is linked to it."""
        singular = ways[0].link.object
        if id_ is not None and not self._made:
            return id_
        at = self._made if id_ is None else self._index.get("made at", id_)
        if id_ is None:
            id_, self._made = new_id(), self._made + 1
            self._index.put("made at", id_, at)
        made = {"values": {}} if at is None else self._index.get("made", at) or {"object": singular, "id": id_, "values": {}}
        more = [each for each in ways if each.link.path not in made["values"]]
        if at is None or not more:
            return id_
        known = self._index.get(singular, id_) or {}
        for way in more:
            made["values"][way.link.path] = way.link.value
            known[way.link.path] = way.key
            self._index.put(way.space, way.key, [*(self._ids(way) or ()), id_])
            self._ids_of.pop((way.space, way.key), None)
        self._index.put("made", at, made)
        self._index.put(singular, id_, known)
        return id_

    def _known(self, singular: str, record: Json) -> Json:
        of = self._objects[singular]
        return {"id": record["id"], "known": {path: comparable(of, path, key_at(of, path, record)) for path in self._known_by[singular]}}


_NO_KEYS: Final[Json] = {}


def _different(of_rows: Iterable[tuple[Link, ...]]) -> Iterable[tuple[Link, ...]]:
    """The links of rows; those that several share, as rows do that say the same, are there once."""
    return {id(links): links for links in of_rows}.values()


def _counting(ways: Sequence[_Way]) -> Sequence[_Way]:
    """Those that say which record is meant: any value does only where nothing better is said."""
    return [each for each in ways if each.certainty < Certainty.OTHER] or ways


def _record(values: Mapping[str, Any]) -> Json:
    """Values by path as a record has them; of a part that is told with others of its field, all."""
    record: Json = {}
    for path, value in values.items():
        name, _, part = path.partition(".")
        if part:
            record[name] = {**record.get(name, {}), **(value if isinstance(value, dict) else {part: value})}
        else:
            record[name] = value
    return record


def _plain(key: Any) -> Any:
    """A comparable form as the index gives it back."""
    return orjson.loads(orjson.dumps(key))


def _why(objects: Mapping[str, Any], links: Sequence[Link], found: Sequence[str]) -> str:
    what, many = naming.label(links[0].object).lower(), objects[links[0].object].resource.lower()
    known_by = " and ".join(f"{each.path} {shown(each.value)}" for each in links)
    if not found:
        mend = "create it first or correct the value, or let links be created (create_links, --create-links)"
        return f"there is no {what} with {known_by}; {mend}"
    if len(links) > 1:
        return f"{known_by} do not name one {what}; correct one of them"
    return f"{len(found)} {many} have {known_by}; say which one is meant by its id, or by another of its values"
