"""Patterns on each store: what fits is what a plain definition says fits, whatever the text, the pattern and the case."""

import random
import re
from collections.abc import Callable

import pytest

from icosa.catalogue.fields import Text
from icosa.catalogue.model import Catalogue, Object
from icosa.wire.language.pattern import LONGEST_PIECE
from tests import naive
from tests.workspace.conftest import Caller

PLACE = Object("place", "places", "Somewhere.", (Text("name", "Searched."), Text("plain", "Not searched.")), searchable=("name",))
LETTERS = 'aAbBc%_\\*?[]^ éÉßẞİıIiΣσςKk日ǅ\ufffd\ufffe\u0301"'


@pytest.fixture
def places(open_caller: Callable[[Catalogue], Caller]) -> Caller:
    return open_caller(Catalogue((PLACE,)))


def quoted(text: str) -> str:
    return '"' + re.sub(r'(["\'\\])', r"\\\1", text) + '"'


def test_names_and_patterns_of_all_kinds_fit_where_they_should(places: Caller) -> None:
    draw = random.Random(2)

    def text(longest: int) -> str:
        return "".join(draw.choices(LETTERS, k=draw.randint(0, longest)))

    names = ["", *(text(8) for _ in range(50)), *(text(6) * 300 + text(3) for _ in range(9))]
    places.good("POST", "/rest/batch/places", [{"name": name, "plain": name} for name in names])
    stored = places.good("GET", "/rest/places")
    for _ in range(40):
        name = draw.choice(names)[: draw.randint(0, 9)]
        spelled = name.swapcase() if draw.random() < 0.5 else name
        pattern = draw.choice(["%{}%", "{}%", "%{}", "{}", "%{}%" + text(2) + "%"]).format(spelled) + text(1)
        for comparator, fits in (
            ("like", naive.like),
            ("ilike", naive.ilike),
            ("startsWith", str.startswith),
            ("endsWith", str.endswith),
        ):
            wanted = {each["id"] for each in stored if fits(each["plain"], pattern)}
            for field in ("plain", "name"):
                assert set(places.ids("places", filter=f"{field}[{comparator}]:{quoted(pattern)}")) == wanted, (comparator, pattern)


def test_patterns_longer_than_the_databases_own_take(places: Caller) -> None:
    long = "ab%_\\" * 20_000
    made = places.good("POST", "/rest/places", {"plain": long})["id"]
    pattern = long.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    for condition in (
        f"plain[startsWith]:{quoted(long)}",
        f"plain[endsWith]:{quoted(long[1:])}",
        f"plain[like]:{quoted(pattern)}",
        f"plain[ilike]:{quoted(pattern.upper())}",
    ):
        assert places.ids("places", filter=condition) == [made]
    assert places.ids("places", filter=f"plain[startsWith]:{quoted(long + 'x')}") == []


def test_a_piece_that_every_place_of_a_text_would_be_compared_with_is_refused_where_it_is_long(places: Caller) -> None:
    for good in ("x" * 5000 + "%", "%" + "x" * LONGEST_PIECE + "%", ("%" + "x" * 200) * 20, "%" + "\\%" * LONGEST_PIECE):
        assert places.ids("places", filter=f"plain[like]:{quoted(good)}") == []
    for bad in ("%" + "x" * (LONGEST_PIECE + 1), "a%b%" + "_" * 300 + "%"):
        message = places.refused("GET", "/rest/places", filter=f"plain[ilike]:{quoted(bad)}")
        assert f"write at most {LONGEST_PIECE}" in message
        assert len(message) < 300
