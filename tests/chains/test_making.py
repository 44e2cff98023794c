"""What the console makes chains with: calls made steps, paths with samples, references for values, chains kept by name."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from icosa.catalogue.standard import STANDARD
from icosa.chains import (
    Chain,
    ChainItem,
    Step,
    chain_folder,
    chain_in,
    chain_of,
    chain_text,
    check,
    delete,
    inferred,
    load,
    save,
    saved_chains,
    tree,
)
from icosa.chains.checking import action_of
from icosa.chains.work import asked
from icosa.errors import InvalidValue
from icosa.forms import action_named, call_of, request_of
from icosa.forms.text import STANDS_FOR, veiled
from icosa.wire.actions import Action
from tests.forms.calls import ACTIONS, example, name_of


@pytest.mark.parametrize("action", ACTIONS, ids=name_of)
def test_a_chain_of_any_call_sends_what_the_call_sends(action: Action) -> None:
    call = call_of(STANDARD, action, example(action))
    chain = chain_of(STANDARD, [call])
    assert check(chain, STANDARD) == ()
    (step,) = chain_in(chain_text(chain)).steps
    environ = dict(secrets(veiled(action.object, dict(call.properties)), call.properties))
    filled = asked(step, action_of(step, STANDARD), None, environ).properties
    assert request_of(STANDARD, call_of(STANDARD, action, filled)) == request_of(STANDARD, call)


def secrets(shown: Any, given: Any) -> Iterator[tuple[str, str]]:
    """The variables that stand in a call for its secrets, with their values."""
    match shown:
        case str() if (variable := STANDS_FOR.fullmatch(shown)) is not None:
            yield variable[1], given
        case dict():
            for name, each in shown.items():
                yield from secrets(each, given[name])
        case list():
            for one, other in zip(shown, given, strict=True):
                yield from secrets(one, other)


def test_steps_are_called_after_their_resources() -> None:
    calls = [call_of(STANDARD, action_named(STANDARD, "people", each), {}) for each in ("find_many", "create_one", "find_many")]
    assert [(each.name, each.run) for each in chain_of(STANDARD, calls, "Three").steps] == [
        ("people", "people.find_many"),
        ("people_2", "people.create_one"),
        ("people_3", "people.find_many"),
    ]


def test_the_paths_in_items_stand_in_order_with_a_sample() -> None:
    items = [
        ChainItem("a", 0, {"id": "1", "company": None, "tags": ["x", "y"]}),
        ChainItem("a", 1, error=InvalidValue("a", "b")),
        ChainItem("a", 2, {"id": "2", "company": {"name": "Able", "size": 3}, "yes": True}),
    ]
    assert [(".".join(each.path), each.kind, each.value, each.count) for each in tree(items)] == [
        ("id", "text", "1", 2),
        ("company", "object", {"name": "Able", "size": 3}, 2),
        ("company.name", "text", "Able", 1),
        ("company.size", "number", 3, 1),
        ("tags", "list", ["x", "y"], 1),
        ("tags.0", "text", "x", 1),
        ("yes", "switch", True, 1),
    ]


def test_values_that_stand_in_an_item_become_references() -> None:
    item = {
        "id": "20202020-1c25-4d02",
        "name": "Analytical Engines",
        "city": "Bath",
        "owner": {"id": "30303030-1c25"},
        "a": "twice here",
        "b": "twice here",
    }
    given: dict[str, Any] = {
        "companyId": "20202020-1c25-4d02",
        "title": "Analytical Engines",
        "city": "Bath",
        "x": [{"y": "30303030-1c25"}],
        "z": "twice here",
    }
    assert inferred(given, item) == {
        "companyId": "{{item.id}}",
        "title": "{{item.name}}",
        "city": "Bath",
        "x": [{"y": "{{item.owner.id}}"}],
        "z": "twice here",
    }


CHAIN = Chain("Ärger / am Montag", (Step("people", "people.find_many", {"limit": 3}),), "So")


def test_chains_are_kept_by_name(tmp_path: Path) -> None:
    folder = tmp_path / "chains" / "one"
    assert saved_chains(folder) == []
    file = save(folder, CHAIN, STANDARD)
    assert load(folder, CHAIN.name) == CHAIN
    save(folder, Chain("another", CHAIN.steps), STANDARD)
    assert saved_chains(folder) == ["another", "Ärger / am Montag"]
    assert file.parent == folder
    assert os.name == "nt" or stat.S_IMODE(file.stat().st_mode) == 0o600
    with pytest.raises(InvalidValue, match="is there already"):
        save(folder, CHAIN, STANDARD, replaces=False)
    delete(folder, CHAIN.name)
    assert saved_chains(folder) == ["another"]
    for gone in (load, delete):
        with pytest.raises(InvalidValue, match="there is no chain 'anothr'; did you mean another"):
            gone(folder, "anothr")


@pytest.mark.parametrize("name", ["", " ", " a", ".hidden", "..", "x" * 201, "漢" * 40])
def test_what_is_no_name_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(InvalidValue, match="no name of a chain"):
        save(tmp_path, Chain(name, CHAIN.steps), STANDARD)


@pytest.mark.parametrize("name", ["../../etc", "a/b", "a\\b", "nul\0", "con%2F", "a.b"])
def test_no_name_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    file = save(tmp_path, Chain(name, CHAIN.steps), STANDARD) if not name.startswith(".") else tmp_path / "x"
    assert file.parent == tmp_path
    assert name.startswith(".") or saved_chains(tmp_path) == [name]


def test_no_secret_is_kept(tmp_path: Path) -> None:
    hook = Step("hook", "webhooks.create_one", {"targetUrl": "https://hooks.example.com", "secret": "made-up"})
    with pytest.raises(InvalidValue, match=r"step hook, secret: is secret, .* \{\{env.ICOSA_WEBHOOK_SECRET\}\}") as raised:
        save(tmp_path, Chain("A", (hook,)), STANDARD)
    assert "made-up" not in str(raised.value)
    assert list(tmp_path.iterdir()) == []


def test_each_workspace_has_a_folder_of_its_own() -> None:
    assert chain_folder("https://crm.example.com") != chain_folder("https://crm.example.org")
