"""`icosa actions`: lists all actions in the form that others rely on, and finds one by what it is called."""

import json
from typing import Any

import pytest

from icosa.call.finding import find_actions
from icosa.catalogue.standard import STANDARD
from icosa.surfaces.cli.find_actions import command_line
from icosa.wire.actions import actions, as_json
from tests.cli.conftest import Shell
from tests.serving import icosa
from tests.shared import needs_shared, reference


def test_without_words_all_253_are_listed(shell: Shell) -> None:
    assert shell("actions", "--json").json == [as_json(each) for each in actions(STANDARD)]
    assert len(json.loads(icosa("actions", "--json").stdout)) == 253


@needs_shared
def test_the_list_is_that_of_the_form(shell: Shell) -> None:
    def known(action: dict[str, Any]) -> dict[str, Any]:
        parameters = [{key: value for key, value in each.items() if key != "nodeDefault"} for each in action["parameters"]]
        return {**action, "parameters": parameters}

    def by_name(each: dict[str, Any]) -> tuple[str, str]:
        return each["resource"], each["operation"]

    ours = sorted(shell("actions", "--json").json, key=by_name)
    theirs = sorted(map(known, reference("actions.json")), key=by_name)
    assert sum(one == other for one, other in zip(ours, theirs, strict=True)) == 253


@pytest.mark.parametrize(
    ("words", "label"),
    [
        ("update connected account", "Update One Connected Account"),
        ("upd acc", "Update One Connected Account"),
        ("connectedAccounts update_one", "Update One Connected Account"),
        ("people list", "Find Many People"),
        ("get person", "Find One Person"),
        ("remove webhook", "Delete One Webhook"),
        ("dedupe companies", "Find Company Duplicates"),
        ("edit note", "Update One Note"),
        ("open api", "Get Open Api Schema"),
        ("message create one", "Create One Message"),
    ],
)
def test_the_nearest_comes_first(words: str, label: str) -> None:
    assert find_actions(STANDARD, words)[0].label == label


def test_every_word_counts() -> None:
    assert {each.resource for each in find_actions(STANDARD, "companies")} == {"Companies"}
    assert len(find_actions(STANDARD, "companies")) == 7
    assert find_actions(STANDARD, "companies bananas") == []


def test_a_person_is_told_the_command(shell: Shell) -> None:
    assert "icosa connected-accounts update-one" in shell("actions", "update", "account", terminal=True).out


def test_nothing_found_is_told_apart(shell: Shell) -> None:
    ran = shell("actions", "bananas")
    assert (ran.code, ran.json) == (1, [])
    assert "bananas" in ran.err


def test_every_command_line_is_one(shell: Shell) -> None:
    for action in actions(STANDARD):
        assert shell(*command_line(action).split()[1:], "--help").code == 0
