"""A record as a card: what it is called, its fields in words, then what hangs on it, a line for each."""

from collections.abc import Iterator, Mapping
from typing import Any

from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from icosa.call.paths import says
from icosa.call.where import F
from icosa.catalogue import naming
from icosa.catalogue.model import BelongsTo, Catalogue, Field, Object
from icosa.client.related import TARGETS, RecordWithRelated, Related, says_by_what_it_points_at
from icosa.surfaces.cli.cells import Record, called, cell, in_words
from icosa.surfaces.cli.terminal import harmless

_WIDEST = 120
"""Characters: a line that is longer is no easier to read on a wide terminal."""

_LABELS, _DAY, _GAP, _LEAST = 26, 10, 2, 12
_FACTS = 4


def card(catalogue: Catalogue, shown: RecordWithRelated, width: int) -> Iterator[tuple[RenderableType, str]]:
    """The record, then each kind of what hangs on it, then when it was made: no wider than the terminal.  Beside each part
    is what finds the rest of it, "" where nothing is left; a command is not broken into lines, so that it can be copied."""
    width = min(width, _WIDEST)
    head = Text(harmless(_line(called(shown.of, shown.record))), style="bold")
    head.append(f"\n{naming.label(shown.of.singular)} {shown.record['id']}", style="not bold dim")
    fields = dict(_told_fields(catalogue, shown.of, shown.record))
    yield Group(head, *((Text(), _fields(fields, width)) if fields else ())), ""
    known = frozenset(_texts(shown.record))
    for each in shown.related:
        yield Group(Text(), _section(catalogue, each, known, width)), _rest(shown, each)
    yield Group(Text(), _foot(shown.record)), ""


def _rest(shown: RecordWithRelated, related: Related) -> str:
    """The command that shows those that are not shown, "" where all are.  Rows that only join, as note targets do, would say
    little in a list: for them it is the record itself with more of what hangs on it."""
    left, id_ = related.total - len(related.newest), shown.record["id"]
    if related.joins:
        command = f"icosa show {naming.kebab_case(shown.of.plural)} {id_} --limit {related.total}"
    else:
        command = f"icosa {naming.kebab_case(related.source.plural)} find-many --filter '{F[related.key] == id_}'"
    return f"  … and {left:,} more: {command}" if left > 0 else ""


def _fields(found: Mapping[str, str], width: int) -> Table:
    """A line for each value, with its label."""
    labels = min(max(map(len, found)), _LABELS)
    table = _table()
    table.add_column(width=labels, style="bold", overflow="fold")
    table.add_column(overflow="fold", max_width=max(width - labels - 2 * _GAP, _LEAST))
    for label, value in found.items():
        table.add_row(label, Text(harmless(value)))
    return table


def _told_fields(catalogue: Catalogue, of: Object, record: Record) -> Iterator[tuple[str, str]]:
    """Each field and relation that says anything, in the order of its form."""
    for member in of.members:
        if isinstance(member, Field) and (member.type.about.kept or member.name == of.label_identifier):
            continue
        if isinstance(member, BelongsTo) and not says(record.get(member.name)):
            value = in_words(record.get(member.foreign_key))  # of a record that does not come along, as one that was deleted
        else:
            value = cell(catalogue, of, member.name, record, brief=False)
        if value.strip():
            yield _label(member), value.strip()


def _section(catalogue: Catalogue, related: Related, known: frozenset[str], width: int) -> RenderableType:
    """A line for each record: its day, what it is called, and what else is telling about it that is not known yet."""
    rows = sorted((_row(catalogue, of, record, related.key, known) for of, record in related.newest), key=lambda row: row[0], reverse=True)
    room = width - _DAY - 4 * _GAP
    names = max((cell_len(name) for _, name, _ in rows), default=0)
    names = max(min(names, room * 2 // 5 if any(facts for *_, facts in rows) else room), _LEAST)
    table = _table()
    table.add_column(width=_DAY, no_wrap=True, style="dim")
    table.add_column(no_wrap=True, overflow="ellipsis", max_width=names)
    table.add_column(no_wrap=True, overflow="ellipsis", max_width=max(room - names, _LEAST))
    for row in rows:
        table.add_row(*map(Text, row))
    title = "Attached to" if related.name == TARGETS else naming.label(related.name)
    return Group(Text(f"{title} ({related.total:,})", style="bold"), Padding(table, (0, 0, 0, _GAP)))


def _table() -> Table:
    return Table(box=None, show_header=False, pad_edge=False, padding=(0, _GAP, 0, 0))


def _row(catalogue: Catalogue, of: Object, record: Record, key: str, known: frozenset[str]) -> tuple[str, str, str]:
    """A day, a name and facts.  A record that says little by itself is told by what it points at beside the record that
    is shown, which `key` leads to: what that is called, and the day of that."""
    names = [called(of, record)] if of.label_identifier != "id" else []
    days = [record.get("createdAt")]
    for target, end in _pointed(catalogue, of, record, key) if says_by_what_it_points_at(of) else ():
        names += [called(target, end)] if target.label_identifier != "id" else []
        moments = sorted(
            (each.name for each in target.fields if each.type.about.look.worth == "moment"), key=lambda name: name not in target.indexed
        )
        days = [*(end[name] for name in moments if says(end.get(name))), *days]
    texts = (
        in_words(days[0], brief=True)[:_DAY],
        " · ".join(each for each in names if each not in known) or called(of, record),
        " · ".join(each for each in _facts(of, record) if each not in known),
    )
    return tuple(harmless(_line(each)) for each in texts)  # type: ignore[return-value]


def _facts(of: Object, record: Record) -> Iterator[str]:
    """The most telling of a record beside its name: a stage, an amount, a day that matters, then how a text begins."""
    there = [each for each in of.fields if each.name != of.label_identifier and not each.secret and says(record.get(each.name))]
    telling = sorted((each for each in there if each.type.about.look.fact), key=lambda each: each.type.about.look.fact)
    for each in telling[:_FACTS]:
        text = in_words(record.get(each.name), brief=True).removesuffix(" 00:00")
        yield f"{_label(each).lower()} {text}" if each.type.about.look.labelled else text
    yield from (in_words(record.get(each.name), brief=True) for each in there if each.type.about.prose)


def _pointed(catalogue: Catalogue, of: Object, record: Record, key: str) -> Iterator[tuple[Object, Record]]:
    for relation in of.belongs_to:
        end: Any = record.get(relation.name)
        if relation.foreign_key != key and isinstance(end, dict):
            yield catalogue.by_singular[relation.target], end


def _label(member: Field | BelongsTo) -> str:
    return member.label or naming.label(member.name)


def _texts(value: Any) -> Iterator[str]:
    """Every text in a record, and what it is called in words: what hangs on it need not say them again."""
    match value:
        case {"firstName": first, "lastName": last}:
            yield " ".join(filter(None, (first, last)))
        case dict():
            for each in value.values():
                yield from _texts(each)
        case list():
            for each in value:
                yield from _texts(each)
        case str():
            yield value


def _foot(record: Record) -> Text:
    """When it was made and changed, and by whom."""
    by = in_words(record.get("createdBy"), brief=True)
    made, changed = (in_words(record.get(name), brief=True) for name in ("createdAt", "updatedAt"))
    text = f"Created {made} UTC" + (f" by {by}" if by else "") + (f", changed {changed} UTC" if changed and changed != made else "")
    return Text(harmless(_line(text)), style="dim")


def _line(text: str) -> str:
    return " ".join(text.split())
