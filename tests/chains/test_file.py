"""The file of a chain: written always the same, read back as the same chain, and what is wrong with one is said with its line."""

import json
import tomllib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icosa.chains import Chain, Step, chain_in, chain_text
from icosa.errors import InvalidValue, MalformedJson

TEXTS = st.text(st.characters(exclude_categories=["Cs"])) | st.text(st.sampled_from("\"'\\\n\r\t{}#=.[]a\x7f\x00"))
NAMES = TEXTS
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXTS.filter(lambda text: text != "{{null}}"),
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(NAMES, inside, max_size=3),
    max_leaves=8,
)
STEPS = st.builds(
    Step,
    TEXTS,
    TEXTS.filter(bool),
    st.dictionaries(NAMES, VALUES, max_size=3),
    st.none() | TEXTS.filter(bool),
    st.booleans(),
    st.sampled_from(["keep", "stop"]),
)
CHAINS = st.builds(Chain, TEXTS.filter(bool), st.lists(STEPS, min_size=1, max_size=3, unique_by=lambda step: step.name).map(tuple), TEXTS)

CALLS = """\
version = 1
name = "Call large companies"
description = "One task for each"

[step.companies]
run = "companies.find_many"
all = true
[step.companies.with]
filter = 'name[like]:"%Co%"'

[step.tasks]
run = "tasks.create_one"
for = "companies"
on-error = "stop"
[step.tasks.with]
title = "Call {{item.name}}"
assigneeId = "{{null}}"
bodyV2 = { markdown = "Ask\\nfor more" }
"""


@given(CHAINS)
def test_a_chain_is_read_back_as_it_was_written(chain: Chain) -> None:
    text = chain_text(chain)
    read = chain_in(text)
    assert read == chain
    assert repr([step.properties for step in read.steps]) == repr([step.properties for step in chain.steps])  # 1, 1.0 and true are equal
    assert chain_text(read) == text


@given(CHAINS)
def test_json_of_the_same_shape_says_the_same(chain: Chain) -> None:
    said = json.dumps(tomllib.loads(chain_text(chain)))
    assert chain_in(said) == chain


def test_a_chain_is_small_and_readable() -> None:
    steps = (
        Step("companies", "companies.find_many", {"filter": 'name[like]:"%Co%"'}, all=True),
        Step(
            "tasks",
            "tasks.create_one",
            {"title": "Call {{item.name}}", "assigneeId": None, "bodyV2": {"markdown": "Ask\nfor more"}},
            over="companies",
            on_error="stop",
        ),
    )
    assert chain_text(Chain("Call large companies", steps, "One task for each")) == CALLS


def test_texts_of_several_lines_stand_in_several() -> None:
    chain = Chain("A", (Step("notes", "notes.create_one", {"title": 'Say "it"\nand go'}),))
    assert '"""\nSay \\"it\\"\nand go"""' in chain_text(chain)
    assert chain_in(chain_text(chain)) == chain


def test_a_chain_without_a_name_is_called_after_its_file() -> None:
    assert chain_in('version = 1\n[step.a]\nrun = "people.find_many"', "/somewhere/call them.toml").name == "call them"


def test_moments_are_those_of_the_wire() -> None:
    chain = chain_in('version = 1\n[step.a]\nrun = "tasks.create_one"\nwith.dueAt = 2026-02-03T10:00:00+01:00\nwith.day = 2026-02-03')
    assert chain.steps[0].properties == {"dueAt": "2026-02-03T09:00:00.000Z", "day": "2026-02-03"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "says no version, and chains of this Icosa begin with version = 1"),
        ("version = 2", "says version 2"),
        ("version = 1", "there is no step"),
        ("version = 1\n[step.a\n", "is no TOML.*line 2"),
        ("version = 1\n[step.a]\n", "line 2: step a does not say what it runs"),
        ("version = 1\n[step.a]\nrun = 7\n", "line 3: run is 7, and is to be a text"),
        ('version = 1\n[step.a]\nrun = "people.find_many"\nal = true', "line 4: there is no key 'al'; did you mean all"),
        ('version = 1\n[step.a]\nrun = "people.find_many"\non-error = "go"', 'line 4: on-error is "go", and is to be "keep" or "stop"'),
        ('version = 1\n[step.a]\nrun = "a.b"\n[step.a.with]\nx = 2026-02-03T10:00:00', "line 5: 2026-02-03T10:00:00 has no time zone"),
        ('version = 1\n[step.a]\nrun = "a.b"\n[step.a.with]\nx = nan', "line 5: nan is no number"),
        ('version = 1\nsteps = 3\n[step.a]\nrun = "a.b"', "line 2: there is no key 'steps'; did you mean step"),
        ('{"version": 1, "step": {"a": {"run": 7}}}', "run is 7"),
    ],
)
def test_what_is_wrong_with_a_file_is_said_with_its_line(text: str, said: str) -> None:
    with pytest.raises(InvalidValue, match=said):
        chain_in(text)


def test_what_is_wrong_with_json_is_said_with_its_line() -> None:
    with pytest.raises(MalformedJson, match="line 2"):
        chain_in('{"version": 1,\n "step" 7}')


@pytest.mark.parametrize("value", [float("nan"), float("inf"), object(), "\ud800"])
def test_what_no_file_can_hold_is_not_written(value: Any) -> None:
    with pytest.raises(InvalidValue):
        chain_text(Chain("A", (Step("a", "people.create_one", {"x": [value]}),)))
