"""The recorded cases that are actions, driven through the action layer: the same requests, built by it from
properties, and the answers that Twenty 1.0.3 gave."""

import importlib.util
import json
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import icosa
from icosa.call.extensions import offered
from icosa.catalogue.model import Object
from icosa.catalogue.standard import STANDARD
from icosa.wire.actions import Action, Operation
from tests.serving import icosa as shell
from tests.shared import SHARED, needs_shared

ACTIONS_AT_LEAST = 850
EXACT_AT_LEAST = 0.99

Step = dict[str, Any]


def wirecheck() -> ModuleType:
    spec = importlib.util.spec_from_file_location("wirecheck", SHARED / "conformance" / "wirecheck.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Driver:
    """A workspace for wirecheck, asked through the action layer."""

    def __init__(self, check: ModuleType, crm: icosa.Client) -> None:
        self._crm = crm
        self.known = check.Workspace("http://crm.example.com", "")  # for what it saves, fills in and makes comparable
        self.known.began = datetime.now(UTC) - timedelta(seconds=2)

    def run(self, action: Action, properties: Mapping[str, Any]) -> Any:
        return self._crm.run_action(action, properties)

    def filled(self, value: Any) -> Any:
        return json.loads(self.known.fill(json.dumps(value)))

    def save(self, step: Step, answer: Any) -> None:
        for name, path in (step.get("save") or {}).items():
            found = answer
            for key in path.split("."):
                found = found[int(key)] if isinstance(found, list) else found[key]
            self.known.saved[name] = str(found)


def action_of(step: Step) -> tuple[Action, dict[str, Any]] | None:
    """The action that a step is, and what its path says; None for a path or a method that no action has."""
    segments = [each for each in step["path"].removeprefix("/rest/").split("/") if each]
    match (step["method"], segments):
        case ("GET", [plural]):
            return _offered(plural, Operation.FIND_MANY)
        case ("POST", [plural]):
            return _offered(plural, Operation.CREATE_ONE)
        case ("POST", ["batch", plural]):
            return _offered(plural, Operation.CREATE_MANY)
        case ("POST", [plural, "duplicates"]):
            return _offered(plural, Operation.FIND_DUPLICATES)
        case ("GET", [plural, id_]):
            return _offered(plural, Operation.FIND_ONE, id=id_)
        case ("PATCH", [plural, id_]):
            return _offered(plural, Operation.UPDATE_ONE, id=id_)
        case ("DELETE", [plural, id_]):
            return _offered(plural, Operation.DELETE_ONE, id=id_)
    return None


def _offered(plural: str, operation: Operation, **path: str) -> tuple[Action, dict[str, Any]] | None:
    of: Object | None = STANDARD.by_plural.get(plural)
    return (offered(of)[operation], dict(path)) if of else None


def properties_of(step: Step, action: Action, path: dict[str, Any]) -> dict[str, Any] | None:
    """The properties that say what a step says; None for what no form can say, where a blank says nothing."""
    query = {name: str(value) for name, value in (step.get("query") or {}).items()}
    if step.get("headers") or "raw" in step or not query.keys() <= {each.name for each in action.properties if each.place == "query"}:
        return None
    # The wire takes a depth left out for 0, and an action for 1.
    given: dict[str, Any] = {**query, **path}
    if "depth" not in query and any(each.name == "depth" for each in action.properties):
        given["depth"] = 0
    body = step.get("body")
    if "" in query.values() or body == {"data": [{}]}:
        return None
    if action.operation is Operation.CREATE_MANY:
        return {**given, "body": body} if "body" in step else None
    return {**given, **body} if isinstance(body, dict) else given if body is None else None


@needs_shared
def test_the_recorded_actions_are_answered_as_they_were(database: str) -> None:
    check = wirecheck()
    head, *steps = [json.loads(line) for line in (SHARED / "conformance" / "recording.jsonl").read_text("utf-8").splitlines()]
    quirks = json.loads((SHARED / "conformance" / "quirks.json").read_text("utf-8"))
    ids = check.literal_ids([{name: value for name, value in step.items() if name != "answer"} for step in steps])
    tally: Counter[str] = Counter()
    wrong: list[str] = []
    token = shell("keys", "create", "My api key", "--database", database).stdout.strip()
    with icosa.connect(database, token) as crm:
        driver = Driver(check, crm)
        for step in steps:
            verdict = _driven(check, driver, step, quirks, ids, frozenset(head["ignoreKeys"]))
            tally[verdict.partition(":")[0]] += 1
            if verdict.startswith("differs"):
                wrong.append(f"{step['group']} / {step['name']}: {step['method']} {step['path']}: {verdict}")
    print(tally, *wrong, sep="\n")
    compared = tally["exact"] + tally["differs"]
    assert compared + tally["deviates"] + tally["refused"] >= ACTIONS_AT_LEAST
    assert tally["exact"] / compared >= EXACT_AT_LEAST


def _driven(check: ModuleType, driver: Driver, step: Step, quirks: Any, ids: Any, custom: frozenset[str]) -> str:
    """What came of one step, and for a difference, what it is."""
    filled = {**step, "path": driver.known.fill(step["path"]), "query": driver.filled(step.get("query")), **_body(driver, step)}
    found = action_of(filled)
    properties = properties_of(filled, *found) if found else None
    if found is None or properties is None:
        return "no action"
    quirk: Any = next((each for each in quirks if _fits(each, step)), {})
    try:
        answer = driver.run(found[0], properties)
    except icosa.InvalidInput as error:
        return "refused" if step["status"] >= 400 else "deviates" if 400 in quirk.get("accept", ()) else f"differs: refused: {error}"
    except icosa.IcosaError as error:
        return "exact" if step["status"] >= 400 else "deviates" if 400 in quirk.get("accept", ()) else f"differs: {error}"
    driver.save(step, answer)
    if step.get("skip"):
        return "no action"
    if quirk and {200, 201} & set(quirk.get("accept", ())):
        return "deviates"
    expected, actual = check.unordered(step["answer"]), check.unordered(driver.known.comparable(answer, ids, custom=custom))
    for key in quirk.get("ignore", ()):
        expected.pop(key, None), actual.pop(key, None)
    differences = list(check.differences(expected, actual))
    return f"differs: {differences[:3]}" if step["status"] >= 400 or differences else "exact"


def _body(driver: Driver, step: Step) -> dict[str, Any]:
    return {"body": driver.filled(step["body"])} if "body" in step else {}


def _fits(quirk: Any, step: Step) -> bool:
    return (
        step["group"].startswith(quirk["group"]) and step["name"].startswith(quirk["name"]) and step["group"] not in quirk.get("except", ())
    )


@pytest.fixture
def database(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/recorded.db"
