"""A record's values, each as a person reads it."""

import re
from collections.abc import Collection, Iterator, Mapping
from itertools import islice
from typing import Any, Final
from urllib.parse import quote

from icosa.catalogue import naming
from icosa.catalogue.kinds import Kind
from icosa.catalogue.model import BelongsTo, Catalogue, Field, Object
from icosa.surfaces.console.showing.looking import Looking
from icosa.surfaces.console.showing.shown import Shown, ShownPiece
from icosa.surfaces.console.showing.types import LINES, SHOWN

Record = Mapping[str, Any]

LONGEST_NAME: Final = 200
"""Characters of what a record is called: it stands in headings, links and titles, and may be any text."""

_PLAIN: Final = re.compile(r"[A-Za-z0-9_.~-]+").fullmatch
_NAMED: Final = 3
_BRIEFLY: Final = Looking(brief=True)


def value(catalogue: Catalogue, of: Object, name: str, record: Record, look: Looking) -> Shown:
    """What a record has under a name: a field, a relation or its key, or a collection that came along."""
    field = of.field_by_name.get(name)
    if field is not None:
        return of_field(field, record.get(name), look)
    relation = of.relation_by_name.get(name) or of.relation_by_key.get(name)
    if relation is not None:
        return _related(catalogue, relation, record, look)
    return _collection(catalogue, of, name, record, look)


def of_field(field: Field, value: Any, look: Looking) -> Shown:
    """A field's value; a secret one is masked, whoever looks."""
    if value is None:
        return Shown((), look.brief)
    if field.secret:
        return Shown((ShownPiece("set, and not shown", "secret"),) if value not in ("", [], {}) else (), look.brief)
    kind = field.type_name
    pieces, lines = tuple(SHOWN[kind](field, value, look)), kind in LINES
    return Shown(pieces[:1] if look.brief and lines else pieces, look.brief, lines)


def called(of: Object, record: Record) -> str:
    """What a record is called, cut where it goes on and on; the beginning of its id where it has no name."""
    field = of.field_by_name[of.label_identifier]
    name = str(of_field(field, record.get(field.name), _BRIEFLY) or "") if field.name != "id" else ""
    return name if 0 < len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME]}…" if name else str(record.get("id", ""))[:8]


def address(of: Object, id_: object) -> str:
    """Where a record's page is."""
    text = str(id_)
    return f"/browse/{of.plural}/{text if _PLAIN(text) else quote(text, safe='')}"


def link(of: Object, record: Record) -> ShownPiece:
    """A record by its name, as a link to its page."""
    return ShownPiece(called(of, record), "relation", address(of, record.get("id", "")))


def label(of: Object, name: str) -> str:
    """What forms and headings call a property of an object."""
    member = of.field_by_name.get(name) or of.relation_by_name.get(name) or of.relation_by_key.get(name)
    return (member.label if member else "") or naming.label(member.name if member else name)


def one_of(of: Object) -> str:
    """What a record of an object is called among other words: "connected account"."""
    return naming.in_a_sentence(of.label or naming.label(of.singular))


def facts(
    catalogue: Catalogue, of: Object, record: Record, look: Looking, *, changed: Collection[str] = (), without: Collection[str] = ()
) -> Iterator[tuple[str, Shown, bool]]:
    """Each field and relation of a record in the order of its form, then when it was made and changed: label, value, whether it was
    just changed.  What it is called is left out, as are `without` and what tells nobody anything; the values that say nothing come too."""
    for member in (*of.members, *(of.field_by_name[name] for name in ("createdAt", "updatedAt", "deletedAt"))):
        if member.name in (of.label_identifier, *without) or (member.name == "deletedAt" and not record.get("deletedAt")):
            continue
        if isinstance(member, Field) and member.type.about.look.worth == "never":
            continue
        names = {member.name, member.foreign_key} if isinstance(member, BelongsTo) else {member.name}
        yield label(of, member.name), value(catalogue, of, member.name, record, look), not names.isdisjoint(changed)


def telling(of: Object, record: Record, look: Looking, most: int, *, without: Collection[str] = ()) -> list[Shown]:
    """The most telling values of a record beside what it is called, in a line: a stage, an amount, a day that matters."""
    there = [
        each for each in of.fields if each.type.about.look.fact and not each.secret and each.name not in (of.label_identifier, *without)
    ]
    there.sort(key=lambda each: each.type.about.look.fact)
    shown = (_named_number(of, each, of_field(each, record.get(each.name), look.briefly)) for each in there)
    return list(islice(filter(None, shown), most))


def _named_number(of: Object, field: Field, shown: Shown) -> Shown:
    """A bare number with what it counts, which among other values nobody would know: "1,200 employees"."""
    if not shown or not field.type.about.look.labelled or field.type.parts[0].kind not in (Kind.NUMBER, Kind.NUMERIC):
        return shown
    return shown._replace(pieces=(*shown.pieces, ShownPiece(naming.in_a_sentence(label(of, field.name)))))


def _related(catalogue: Catalogue, relation: BelongsTo, record: Record, look: Looking) -> Shown:
    target = catalogue.by_singular[relation.target]
    found = record.get(relation.name)
    if isinstance(found, Mapping):
        return Shown((link(target, found),), look.brief)
    key = record.get(relation.foreign_key)
    return Shown((ShownPiece(str(key)[:8], "relation", address(target, key)),) if key else (), look.brief)


def _collection(catalogue: Catalogue, of: Object, name: str, record: Record, look: Looking) -> Shown:
    many = next((each for each in catalogue.has_many(of) if each.name == name), None)
    found = record.get(name)
    if many is None or not isinstance(found, list):
        return Shown((ShownPiece(str(found)),) if found not in (None, "", [], {}) else (), look.brief)
    source = catalogue.by_singular[many.source]
    named = [link(source, each) for each in islice(found, _NAMED)] if source.label_identifier != "id" else []
    left = len(found) - len(named)
    more = f"and {left:,} more" if named else f"{left:,} record{'' if left == 1 else 's'}"
    return Shown((*named, *((ShownPiece(more, "faint"),) if left else ())), look.brief)
