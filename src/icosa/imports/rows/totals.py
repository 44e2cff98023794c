"""Rows at the end of a table that sum up those above it: people put them there, and no record is meant by them."""

import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from icosa.catalogue.folding import caseless
from icosa.catalogue.kinds import shown
from icosa.imports.rows.heading import REASON
from icosa.imports.rows.row import BadRow, Row, Unreadable
from icosa.imports.values.numbers import readings
from icosa.imports.values.reading import says
from icosa.imports.values.unknown import is_unknown

_LOOKED_AT: Final = 8
"""Rows at the end of a table that are looked at: several may sum up, and a few above them show what a row of it says."""

_LONGEST: Final = 80
"""Characters of a cell that may say that its row is a sum, or be a number with its currency."""

_WORDS: Final = frozenset(
    (
        "total", "totals", "grand total", "grand totals", "sub total", "sub-total", "subtotal", "subtotals", "total sum", "sum", "sums",
        "overall total", "total amount", "sum total", "average", "averages", "avg",
        "summe", "summen", "gesamt", "gesamtsumme", "summe gesamt", "gesamt summe", "gesamtbetrag", "gesamtergebnis", "insgesamt",
        "endsumme", "zwischensumme", "teilsumme", "teilergebnis", "durchschnitt", "mittelwert",
        "somme", "total général", "total general", "sous-total", "sous total", "totaux", "moyenne",
        "totale", "totali", "totale complessivo", "totale generale", "somma", "subtotale",
        "totales", "suma", "suma total", "promedio", "totais", "total geral", "soma", "média",
        "totaal", "eindtotaal", "subtotaal", "som", "gemiddelde", "totalt", "summa", "i alt", "delsumma", "yhteensä", "summa yhteensä",
        "razem", "ogółem", "łącznie", "suma całkowita", "suma końcowa", "suma częściowa", "celkem", "součet", "celkový součet", "spolu",
        "súčet", "összesen", "végösszeg", "összeg", "ukupno", "skupaj", "viso", "kopā", "kokku",
        "итого", "всего", "сумма", "общий итог", "промежуточный итог", "разом", "усього", "всього", "общо", "σύνολο", "γενικό σύνολο",
        "toplam", "genel toplam", "ara toplam", "合計", "総計", "小計", "合计", "总计", "小计", "總計", "총계", "합계", "소계", "σ", "∑",
        "סה״כ", 'סה"כ', "المجموع", "الإجمالي", "tổng", "tổng cộng", "jumlah",
    )
)  # fmt: skip
"""In small letters."""

_AROUND: Final = re.compile(r"^[\s*=#–—-]+|\s*\([^()]*\)$|[\s:.=*#–—-]+$")
_UNIT: Final = re.compile(r"^\s*(?:[A-Z]{3}|[A-Z]{0,2}[$€£¥₹₽%‰]|kr\.?|zł|Kč|Fr\.)|(?:[A-Z]{3}|[$€£¥₹₽%‰]|kr\.?|zł|Kč|Fr\.)\s*$")


def totals_apart(rows: Iterable[Row | BadRow]) -> Iterator[Row | BadRow]:
    """The rows of a table, those at its end that sum up the others as bad rows.

    Such a row begins with a word for a sum, says nothing else but numbers, and nothing where rows above it have texts.  Where those
    have no texts either, it could be a record as they are, and is one.
    """
    held: deque[Row | BadRow] = deque()
    for row in rows:
        held.append(row)
        if len(held) > _LOOKED_AT:
            yield held.popleft()
    last = list(held)
    begin = _begin_of_totals(last)
    yield from last[:begin]
    for row in last[begin:]:
        yield _bad(row) if isinstance(row, Row) else row


def _begin_of_totals(rows: Sequence[Row | BadRow]) -> int:
    """Where among the last rows of a table those begin that sum up."""
    begin = len(rows)
    while begin and isinstance(row := rows[begin - 1], Row) and _could_sum_up(row):
        begin -= 1
    with_texts = {name for row in rows[:begin] if isinstance(row, Row) for name, cell in _cells(row) if not _is_number(cell)}
    while begin < len(rows) and isinstance(row := rows[begin], Row) and not with_texts - {name for name, _ in _cells(row)}:
        begin += 1
    return begin


def _could_sum_up(row: Row) -> bool:
    (_, first), *others = _cells(row) or [("", None)]
    return bool(others) and _is_word(first) and all(_is_number(cell) for _, cell in others)


def _cells(row: Row) -> list[tuple[str, Any]]:
    """The cells that say anything, each with its column."""
    return [(name, cell) for name, cell in row.values.items() if says(cell) and name != REASON and not _is_unknown(cell)]


def _is_unknown(cell: Any) -> bool:
    return isinstance(cell, str) and len(cell) <= _LONGEST and is_unknown(cell)


def _is_word(cell: Any) -> bool:
    if not isinstance(cell, str) or len(cell) > _LONGEST:
        return False
    return caseless(_AROUND.sub("", _AROUND.sub("", cell))) in _WORDS


def _is_number(cell: Any) -> bool:
    """Whether it is a number, or a formula of which nobody kept the number."""
    if isinstance(cell, str):
        return cell.startswith("=SUM(") or (len(cell) <= _LONGEST and bool(readings(_UNIT.sub("", cell).strip())))
    return isinstance(cell, int | float | Unreadable) and not isinstance(cell, bool)


def _bad(row: Row) -> BadRow:
    column, cell = _cells(row)[0]
    return BadRow(
        row, column, f"{shown(cell)} sums up the rows above it, and is no record; if it is one, take it (keep_totals, --keep-totals)"
    )
