"""TOML from anybody: read within bounds, and told what is wrong where it is more."""

import pytest

from icosa.chains import chain_in
from icosa.errors import InvalidValue
from icosa.imports.recipes.reading import recipe_of
from icosa.toml.reading import DEEPEST, LONGEST, TooMuch, toml


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (".".join(["a"] * (DEEPEST + 1)) + " = 1", "parts"),
        ("[" + " . ".join(["a", "'b'", '"c\\""'] * DEEPEST) + "]", "parts"),
        ("x = {" + ".".join(["a"] * (DEEPEST + 1)) + " = 1}", "parts"),
        ("x = " + "[" * 5000, "nested"),
        ("#" * (LONGEST + 1), "longer"),
    ],
    ids=["name", "heading", "inline", "brackets", "long"],
)
def test_what_takes_too_long_is_refused_in_words(text: str, why: str) -> None:
    with pytest.raises(TooMuch, match=why):
        toml(text)
    for read in (chain_in, recipe_of):
        with pytest.raises(InvalidValue, match=why):
            read(text)


def test_points_in_texts_and_names_of_some_parts_are_read() -> None:
    assert toml('a.b."c d".e = "one. two. three. ' + "and on. " * 100 + '"')["a"]["b"]["c d"]["e"].startswith("one.")


def test_of_many_faults_some_are_told_and_the_others_counted() -> None:
    text = "version = 1\n" + "".join(f"wrong{at} = 1\n" for at in range(3000))
    with pytest.raises(InvalidValue) as told:
        chain_in(text)
    assert "line 2: there is no key" in told.value.problem
    assert told.value.problem.count("\n") < 120
    assert told.value.problem.endswith("more")
