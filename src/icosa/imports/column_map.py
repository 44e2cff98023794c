"""Which column says what: the columns of a source, and the values of an object."""

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache, reduce
from operator import or_
from types import MappingProxyType

from icosa.call.paths import KEPT_BY_THE_SERVER
from icosa.call.targets import Target, find_target, known_by, target_named, targets
from icosa.catalogue import naming
from icosa.catalogue.folding import folded, spellings, unmarked
from icosa.catalogue.model import Catalogue, Object
from icosa.errors import InvalidValue
from icosa.imports.column_names import reduced
from icosa.imports.synonyms import FIELDS, IN_COMPANY, OBJECTS

EXACTLY, _RESPELT, _OWN_NAME, _USUAL, _CALLED, _ONE_OF_SEVERAL, _FURTHER = 1.0, 0.95, 0.9, 0.85, 0.8, 0.65, 0.6
"""How surely a name says where a column goes, as plans show it: its path; the path in another spelling; the name or label
of a field, with its part; a word that people use for it; what the record, or a related one, is called; a word for several
fields of the object; a word for its second address or number.  A choice of which only the order counts: of two columns
that go to one place the surer one has it.  The steps leave room for `_SHORTENED` and `_ALIKE` between them."""

_SHORTENED = 0.03
"""What a word counts less for each step by which the column's name was shortened to it."""

_ALIKE = 0.9
"""What a name counts that is only like one, besides how like it is: less than any that is one."""

LEAST_SCORE = _FURTHER
"""What a misspelt name has to count at least: no less than the least sure of those that are spelt right."""

_LIKE = 0.84
"""How alike two names have to be for one to be the other misspelt, by `SequenceMatcher.ratio`: a letter that is missing
from four or more, a wrong one among seven or more.  Names of three letters are like too many others."""

_LIKE_RELATED = 0.9
"""The same for what names a related record, where much is made of few words: a letter missing from six, a wrong one in ten."""

_MISSPELT = 3
"""Letters of both that the other does not have: a wrong letter and a missing one, however long the names are."""


@dataclass(frozen=True, slots=True)
class MappedColumn:
    """A column and where its values go.

    `path` is a field ("jobTitle"), a part ("emails.primaryEmail"), a foreign key ("companyId"), or a field
    of the record that a relation points at ("company.domainName.primaryLinkUrl"); "" leaves the column out.
    `score` is how sure that is, 1 where it was told or is the same name; `reason` says why.
    """

    column: str
    path: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """What becomes of each column of a source, in its order."""

    object: Object
    columns: tuple[MappedColumn, ...]


@dataclass(frozen=True, slots=True)
class _Guess:
    path: str
    score: float
    reason: str
    near: bool = False
    """Whether only the letters are alike."""


def guess(catalogue: Catalogue, of: Object, columns: Sequence[str], explicit: Mapping[str, str] | None = None) -> ColumnMap:
    """Where columns go by their names; `explicit` is column to path, "" to leave it out, and goes first.

    Each value gets one column at most: the one whose name says it best.  Of several e-mails, numbers or addresses of
    one field the others are further ones ("phones+").  Raises UnknownField for an explicit path
    that does not exist, InvalidValue for an explicit column that does not, and for two that go to the same place.
    """
    found = _explicit(catalogue, of, columns, explicit or {})
    known = targets(catalogue, of)
    beside = _beside(catalogue, of, columns)
    spoken = {column: beside.get(unmarked(column), column) for column in columns}
    wanted = [(each, column) for column in columns if column not in found for each in _guesses(catalogue, of, spoken[column])]
    wanted.sort(key=lambda each: -each[0].score)  # stable: else the column that comes first
    taken = {place: each.column for each in found.values() if each.path for place in _places(known[each.path])}
    for each, column in wanted:
        places = _places(known[each.path])
        by = next((taken[place] for place in places if place in taken), None)
        if column not in found and by is None:
            found[column] = MappedColumn(column, each.path, each.score, each.reason)
            taken |= dict.fromkeys(places, column)
        elif column not in found and not each.near and (more := _added_to(known[each.path], known)):
            found[column] = MappedColumn(column, more, each.score, f"one more beside {by!r}")
    for column in columns:
        if column not in found:
            found[column] = MappedColumn(column, "", 0.0, _left_out(catalogue, of, spoken[column], taken))
    return ColumnMap(of, tuple(found[column] for column in columns))


def _beside(catalogue: Catalogue, of: Object, columns: Sequence[str]) -> dict[str, str]:
    """What columns mean beside the others, where none of the others says it by itself."""
    names = {unmarked(each): each for each in columns}
    best = {name: next((each.path for each in _guesses(catalogue, of, column)), "") for name, column in names.items()}
    return {
        name: path
        for heads, meant in IN_COMPANY
        if heads <= names.keys()
        for name, path in meant.items()
        if path in targets(catalogue, of) and all(best[other] != path for other in names if other != name)
    }


def _explicit(catalogue: Catalogue, of: Object, columns: Sequence[str], explicit: Mapping[str, str]) -> dict[str, MappedColumn]:
    found: dict[str, MappedColumn] = {}
    taken: dict[str, str] = {}
    for column, path in explicit.items():
        if column not in columns:
            raise InvalidValue("map", f"there is no column {column!r}; the columns are {', '.join(map(repr, columns))}")
        if not path:
            found[column] = MappedColumn(column, "", 1.0, "told to be left out")
            continue
        target = find_target(catalogue, of, path)
        if target.path in taken and not target.adds:
            raise InvalidValue(
                "map", f"the columns {taken[target.path]!r} and {column!r} both go to {target.path}; tell one of them another place"
            )
        taken[target.path] = column
        found[column] = MappedColumn(column, target.path, 1.0, "told")
    return found


def _places(target: Target) -> tuple[str, ...]:
    """What only one column can say.  A composite as a whole says the part that it is known by; a relation may be told
    in several ways, of which each row takes the surest that it has."""
    parts = target.field.type.about.said_by_whole if target.field is not None and not target.part else ()
    return tuple(f"{target.path}.{part}" for part in parts) or (target.path,)


def _added_to(target: Target, known: Mapping[str, Target]) -> str:
    """Where further values of a field go, "" where there are none."""
    if target.field is None or target.relation is not None or not target.is_primary:
        return ""
    more = f"{target.field.name}+"
    return more if more in known else ""


def _left_out(catalogue: Catalogue, of: Object, column: str, taken: Mapping[str, str]) -> str:
    if folded(column) in map(folded, KEPT_BY_THE_SERVER):
        return "the workspace says it itself"
    best = next(iter(_guesses(catalogue, of, column)), None)
    if best is None:
        return "like no field; tell where it goes, or leave it out"
    target = targets(catalogue, of)[best.path]
    by = next(taken[place] for place in _places(target) if place in taken)
    return f"{by!r} says {target.path} already"


@lru_cache(maxsize=16_384)
def _guesses(catalogue: Catalogue, of: Object, column: str) -> list[_Guess]:
    """Where a column may go, the surest first."""
    exact = target_named(catalogue, of, column) if column.strip() else None
    if exact is not None and (exact.field is None or not exact.field.system or column.strip() in (exact.path, exact.name)):
        same = column.strip() == exact.path
        return [_Guess(exact.path, EXACTLY if same else _RESPELT, "the same name" if same else "the same name, spelt otherwise")]
    names = _names(catalogue, of)
    wanted = folded(column)
    if wanted in names:
        return sorted(names[wanted], key=lambda each: -each.score)
    for shorter, steps in reduced(of, column):
        less = [_less(each, steps) for each in names.get(shorter, ()) if not _is_member(catalogue, of, each)]
        if less:
            return sorted(less, key=lambda each: -each.score)
    near = ((SequenceMatcher(None, wanted, name).ratio(), name) for name in _may_be_meant(catalogue, of, wanted))
    like = [
        _Guess(guessed.path, round(ratio * guessed.score * _ALIKE, 2), f"like {name!r}", near=True)
        for ratio, name in sorted(near, reverse=True)[:3]
        if ratio >= _LIKE and (1 - ratio) * (len(wanted) + len(name)) <= _MISSPELT and wanted.endswith("id") == name.endswith("id")
        for guessed in names[name]
        if ratio >= _LIKE_RELATED or targets(catalogue, of)[guessed.path].relation is None
    ]
    return [each for each in like if each.score >= LEAST_SCORE]


def _may_be_meant(catalogue: Catalogue, of: Object, wanted: str) -> list[str]:
    """The names that can be as alike as `_LIKE`: each letter that one has and the other has not is one that differs.  To
    compare all of them in full takes minutes for a file of ten thousand columns."""
    if len(wanted) <= 3:
        return []
    letters, most = _letters(wanted), 1 - _LIKE
    return [
        name
        for name, others, length in _spelt(catalogue, of)
        if max((letters ^ others).bit_count(), abs(length - len(wanted))) <= most * (length + len(wanted))
    ]


@lru_cache(maxsize=64)
def _spelt(catalogue: Catalogue, of: Object) -> tuple[tuple[str, int, int], ...]:
    """Every name that a column may have, with its letters and how many they are."""
    return tuple((name, _letters(name), len(name)) for name in _names(catalogue, of))


def _letters(name: str) -> int:
    """Which letters a name has, as bits; some share one."""
    return reduce(or_, (1 << (ord(each) & 63) for each in name), 0)


def _less(guessed: _Guess, steps: int) -> _Guess:
    return _Guess(guessed.path, round(guessed.score - _SHORTENED * steps, 2), guessed.reason)


def _is_member(catalogue: Catalogue, of: Object, guessed: _Guess) -> bool:
    """Whether it is an id, or names a member of the workspace, which a file from elsewhere does not know."""
    relation = targets(catalogue, of)[guessed.path].relation
    return guessed.path == "id" or (relation is not None and relation.target == "workspaceMember")


@lru_cache(maxsize=64)
def _names(catalogue: Catalogue, of: Object) -> MappingProxyType[str, tuple[_Guess, ...]]:
    """Every name that a column may have, folded, and where it then goes."""
    found: dict[str, dict[str, _Guess]] = {}

    def add(name: str, target: Target, score: float, reason: str) -> None:
        for spelling in spellings(name):
            known = found.setdefault(spelling, {})
            if spelling and (target.path not in known or known[target.path].score < score):
                known[target.path] = _Guess(target.path, score, reason)

    known = targets(catalogue, of)
    own = [each for each in known.values() if each.relation is None and each.field is not None and not (each.field.system or each.adds)]
    alone = {name for name, many in _by_type(own).items() if many == 1}
    for target in own:
        _add_own(target, known, alone, add)
    label = of.field_by_name[of.label_identifier]
    if label.name != "id":
        called = _main(known[label.name], known)
        for name in filter(None, (of.singular, of.label, *OBJECTS.get(of.singular, "").split())):
            for each in (name, f"{name} {label.name}", f"{name} name", f"{name} title"):
                add(each, called, _CALLED, f"what a {naming.label(of.singular).lower()} is called")
    for relation in of.belongs_to:
        _add_relation(catalogue, of, relation.name, add)
    return MappingProxyType({name: tuple(sorted(many.values(), key=lambda each: -each.score)) for name, many in found.items() if name})


def _add_own(target: Target, known: Mapping[str, Target], alone: Set[str], add: Callable[[str, Target, float, str], None]) -> None:
    """How a column may name a field, or a part of one; `alone` are the types that only one field has."""
    assert target.field is not None
    only = target.field.type_name in alone
    part = target.field.type.part(target.part)
    if not target.part:
        main = _main(target, known)
        add(target.field.label or target.field.name, main, _OWN_NAME, "the field's label")
        add(target.field.name, main, _OWN_NAME, "the field's name")
        for word in FIELDS.get(target.field.name, "").split():
            add(word, main, _USUAL, "often called so")
    else:
        add(f"{target.field.label} {target.part}", target, _OWN_NAME, "the field's label and part")
        if part and part.label:
            add(f"{target.field.label or target.field.name} {part.label}", target, _OWN_NAME, "the field's label and part")
        if only and not target.field.type.about.kept:  # Source is where a lead came from, not which program wrote a record
            add(target.part, target, _USUAL, "the only one with such a part")
    for word in target.field.type.words(target.part).split():
        score = _USUAL if only else _ONE_OF_SEVERAL
        add(word, target, score, "often called so")
        if target.part:
            for name in filter(None, (target.field.name, target.field.label)):
                add(f"{name} {word}", target, _OWN_NAME, "the field and its part")
    for each in target.field.type.parts if not target.part else ():
        if each.in_units:
            add(f"{target.field.label or target.field.name} {each.in_units}", target, _OWN_NAME, "the field and its part")
    for word in part.further_words.split() if part else ():
        add(word, target, _CALLED if only else _FURTHER, "often called so")


def _add_relation(catalogue: Catalogue, of: Object, name: str, add: Callable[[str, Target, float, str], None]) -> None:
    """How a column may name the record that a relation points at."""
    relation = of.relation_by_name[name]
    other = catalogue.by_singular[relation.target]
    to_same = sum(each.target == relation.target for each in of.belongs_to)
    called = known_by(catalogue, relation)
    words = [relation.name, relation.label]
    if to_same == 1:
        words += [other.singular, other.label, *OBJECTS.get(other.singular, "").split()]
    for word in filter(None, words):
        add(word, called, _CALLED, f"what the {naming.label(other.singular).lower()} is called")
        add(f"{word} name", called, _USUAL, f"what the {naming.label(other.singular).lower()} is called")
        add(f"{word} id", targets(catalogue, of)[relation.foreign_key], _OWN_NAME, "the related record's id")
        for field in other.field_by_name.values():
            if field.unique or field.name in ("domainName", "userEmail"):
                target = find_target(catalogue, of, f"{relation.name}.{field.name}")
                for each in (field.name, *FIELDS.get(field.name, "").split(), *field.type.words(target.part).split()):
                    add(f"{word} {each}", target, _USUAL, "what the related record is known by")


def _main(target: Target, known: Mapping[str, Target]) -> Target:
    """Where a column goes that has the name of a composite field: to the part that it is known by."""
    assert target.field is not None
    part = target.field.type.about.primary
    return known[f"{target.path}.{part}"] if part else target


def _by_type(own: Iterable[Target]) -> dict[str, int]:
    counted: dict[str, int] = {}
    for each in own:
        assert each.field is not None
        if not each.part:
            counted[each.field.type_name] = counted.get(each.field.type_name, 0) + 1
    return counted
