"""LIKE in Python: the same as a plain definition of it, and in time that grows with the text alone."""

import sys
import time
from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from icosa.workspace.store.matching import fold, ilike, like
from tests import naive
from tests.searched import AT_LENGTH

letters = st.sampled_from("aAbB%_\\ éÉßẞİıIiΣσςKk日\u0301")
texts = st.text(letters, max_size=14)
patterns = st.text(letters | st.sampled_from("%%__"), max_size=10)


@AT_LENGTH
@given(text=texts, pattern=patterns)
@example("abab", "%ab")
@example("aXbXc", "a%_b%c")
@example("a", "_%_")
@example("\\", "\\")
def test_a_text_fits_a_pattern_exactly_where_the_definition_says_so(text: str, pattern: str) -> None:
    assert like(text, pattern) is naive.like(text, pattern)
    assert ilike(text, pattern) is naive.ilike(text, pattern)


def test_every_character_is_folded_by_itself_to_one() -> None:
    for character in map(chr, [*range(0xD800), *range(0xE000, sys.maxunicode + 1)]):
        found = fold(character)
        if character not in "İ\u212a":  # put where no characters are
            assert found == naive.folded(character)
        assert fold(f"A{character}A") == f"a{found}a"


@pytest.mark.parametrize(
    ("text", "pattern", "fits"),
    [
        ("STRASSE", "straße", False),
        ("STRAẞE", "straße", True),
        ("ΟΔΟΣ", "οδος", True),
        ("ΟΔΟΣ", "%οδοσ", True),
        ("İstanbul", "istanbul%ş", False),
        ("İSTANBULŞ", "İstanbulş", True),
        ("É", "é", True),
        ("E\u0301", "é", False),
        ("E\u0301", "e\u0301", True),
        ("E\u0301", "__", True),
    ],
)
def test_letters_that_fold_in_their_own_way(text: str, pattern: str, fits: bool) -> None:
    assert ilike(text, pattern) is fits


HARD: list[tuple[str, Callable[[int], tuple[str, str]]]] = [
    ("many pieces", lambda n: ("ä" * n, "%ä" * 200 + "%x")),
    ("a piece that nearly fits everywhere", lambda n: ("a" * n, "%" + "a" * 200 + "b" + "a" * 50 + "%")),
    ("a piece with gaps", lambda n: ("a" * n, "%" + "a_" * 100 + "b%")),
    ("gaps alone", lambda n: ("a" * n, "%_" * 500 + "b")),
    ("an end that is nowhere", lambda n: ("ab" * (n // 2), "%ab%ab%abb")),
]


@pytest.mark.parametrize("make", [make for _, make in HARD], ids=[name for name, _ in HARD])
def test_a_text_of_eight_times_the_length_takes_nothing_like_sixty_four_times_as_long(make: Callable[[int], tuple[str, str]]) -> None:
    def best(length: int) -> float:
        text, pattern = make(length)
        assert not ilike(text, pattern)  # and the pattern is compiled
        spent = []
        for _ in range(5):
            begun = time.thread_time()
            ilike(text, pattern)
            spent.append(time.thread_time() - begun)
        return min(spent)

    assert best(80_000) < 32 * best(10_000) + 0.005
