"""Relations told by what their records are known by, made ids."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from icosa.catalogue import naming
from icosa.catalogue.kinds import shown
from icosa.client.actions import Client
from icosa.client.bulk.index import Index
from icosa.client.bulk.matching import by_key
from icosa.client.bulk.normalising.keys import comparable
from icosa.client.bulk.shaping import Link, Shaped
from icosa.client.bulk.step import Creation, Json
from icosa.client.bulk.values import nested
from icosa.wire.identifiers import new_id

Questions = dict[tuple[str, str], dict[Any, Any]]
"""What is to be looked up: values by their comparable form, by object and path."""

Answers = dict[tuple[str, str], dict[Any, list[str]]]
"""The ids that were found, by the same."""


@dataclass(frozen=True, slots=True)
class Dangling:
    """A link that cannot be followed: to nothing, or to the several records of `ids`."""

    link: Link
    reason: str
    ids: tuple[str, ...] = ()


class Linker:
    """Finds what links mean.  What was found is kept in the index, and so is what the plan itself creates."""

    def __init__(self, client: Client, index: Index, *, create: bool) -> None:
        """`create` makes a creation of what a link leads to where it is not there."""
        self._client, self._index, self._create = client, index, create
        self._objects = client.catalogue.by_singular

    def questions(self, rows: Sequence[Shaped]) -> Questions:
        """What these rows ask for that is not known yet."""
        asked: Questions = defaultdict(dict)
        for link in (link for row in rows for link in row.links):
            key = self._key(link)
            if key is not None and self._index.get(_space(link), key) is None:
                asked[link.object, link.path][key] = link.value
        return asked

    def ask(self, questions: Questions) -> Answers:
        """The workspace's answers.  May run in any thread."""
        return {
            (singular, path): {
                key: [each["id"] for each in records]
                for key, records in by_key(self._client, self._objects[singular], path, values.values()).items()
            }
            for (singular, path), values in questions.items()
        }

    def learn(self, questions: Questions, answers: Answers) -> None:
        """Keeps the answers, "none" too."""
        for asked, values in questions.items():
            for key in values:
                self._index.first(f"{asked[0]}.{asked[1]}", key, answers[asked].get(key, []))

    def follow(self, row: Shaped) -> tuple[Json, list[Creation]] | Dangling:
        """The foreign keys of a row whose questions were learnt, and what has to be created for them first.

        Where a relation is told in several ways, those that lead somewhere have to lead to the same record.
        """
        ways: dict[str, list[Link]] = defaultdict(list)
        for link in row.links:
            ways[link.relation].append(link)
        found = {relation: self._found(links) for relation, links in ways.items()}
        for relation, ids in found.items():  # all of them, before anything is created for one
            if len(ids) > 1 or not (ids or self._create):
                return Dangling(ways[relation][0], _why(self._objects, ways[relation], ids), tuple(ids))
        creations = {relation: self._creation(ways[relation]) for relation, ids in found.items() if not ids}
        keys = {f"{relation}Id": ids[0] if ids else creations[relation].record["id"] for relation, ids in found.items()}
        return keys, list(creations.values())

    def _found(self, links: Sequence[Link]) -> list[str]:
        led = [ids for each in links if (ids := self._index.get(_space(each), self._key(each)))]
        if not led:
            return []
        common = set(led[0]).intersection(*led[1:])
        return sorted(common or {each for ids in led for each in ids})

    def _creation(self, links: Sequence[Link]) -> Creation:
        """The record that links tell of, which every later row of the plan that tells the same is linked to."""
        record = {"id": new_id()}
        for each in links:
            part_by_part = isinstance(each.value, dict) and "." in each.path  # a phone number and its codes
            record |= {each.path.partition(".")[0]: each.value} if part_by_part else nested({each.path: each.value})
        for each in links:
            self._index.put(_space(each), self._key(each), [record["id"]])
        return Creation(self._objects[links[0].object].plural, record, key=links[0].path)

    def _key(self, link: Link) -> Any:
        return comparable(self._objects[link.object], link.path, link.value)


def _space(link: Link) -> str:
    return f"{link.object}.{link.path}"


def _why(objects: Mapping[str, Any], links: Sequence[Link], found: Sequence[str]) -> str:
    what, many = naming.label(links[0].object).lower(), objects[links[0].object].resource.lower()
    known_by = " and ".join(f"{each.path} {shown(each.value)}" for each in links)
    if not found:
        return f"there is no {what} with {known_by}; create it first, correct the value, or let links be created"
    if len(links) > 1:
        return f"{known_by} do not name one {what}; correct one of them"
    return f"{len(found)} {many} have {known_by}; say which one is meant by its id, or by another of its values"
