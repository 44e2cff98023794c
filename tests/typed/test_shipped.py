"""The types that ship are those of the catalogue, tell the truth about records, and take what the methods take."""

import asyncio
import importlib
import inspect
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import icosa
from icosa import standard
from icosa.catalogue.columns import columns
from icosa.catalogue.model import Object
from icosa.catalogue.naming import capitalised, snake_case
from icosa.catalogue.standard import STANDARD
from icosa.client.resource import Resource
from icosa.sample import records
from icosa.stubs.shipped import shipped
from icosa.wire.actions import Operation, actions_of
from tests.typed.every_object import the_same_for_an_event_loop, use_all
from tests.typed.reading_stubs import Signature, Stub

FILE = Path(standard.__file__).with_suffix(".pyi")
STUB = Stub.of(FILE.read_text("utf-8"))
SHARED = Stub.of(Path(inspect.getfile(Resource)).with_name("typed.pyi").read_text("utf-8"))
OF_FIELDS = {"create_one", "update_one", "upsert"}
ATTACHING = {"attach", "detach", "attached_to", "targets"}
"""What any resource has, and types show where it means something."""
KINDS: dict[object, str] = {
    inspect.Parameter.POSITIONAL_ONLY: "positional only",
    inspect.Parameter.POSITIONAL_OR_KEYWORD: "either",
    inspect.Parameter.KEYWORD_ONLY: "keyword only",
    inspect.Parameter.VAR_KEYWORD: "any keywords",
}


@pytest.fixture(scope="module")
def crm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[icosa.Client]:
    """The sample workspace, with more that the script of all objects put into it."""
    database = f"sqlite:///{tmp_path_factory.mktemp('truth')}/crm.db"
    with icosa.connect(database) as client:
        company = use_all(client)

        async def soon() -> None:
            async with icosa.aconnect(database) as other:
                await the_same_for_an_event_loop(other, company)

        asyncio.run(soon())
        for plural, made in records().items():
            for at in range(0, len(made), 60):
                client[plural].create_many(made[at : at + 60], depth=0)
        yield client


@pytest.mark.parametrize("path", shipped(), ids=lambda path: path.name)
def test_the_files_are_what_the_catalogue_makes_of_them(path: Path) -> None:
    assert path.read_text("utf-8") == shipped()[path], "python -m icosa.stubs writes them anew"


@pytest.mark.parametrize("of", STANDARD.objects, ids=lambda of: of.plural)
@pytest.mark.parametrize("depth", [0, 1, 2])
def test_records_are_as_their_type_says(crm: icosa.Client, of: Object, depth: int) -> None:
    name = capitalised(of.singular) + ("" if depth == 0 else f"Depth{depth}")
    found = crm[of.plural].find_many(depth=depth)
    assert len(found)
    assert [wrong for each in found for wrong in STUB.misfits(each, name)] == []


@pytest.mark.parametrize("of", STANDARD.objects, ids=lambda of: of.plural)
def test_all_that_an_action_takes_can_be_given_by_both_its_names(of: Object) -> None:
    record = capitalised(of.singular)
    for operation, by_word in ((Operation.CREATE_ONE, f"{record}Create"), (Operation.UPDATE_ONE, f"{record}Update")):
        action = next(each for each in actions_of(of) if each.operation is operation)
        body = {each.name for each in action.properties if each.place == "body"}
        retired = {each.name for each in of.fields if each.type.retired}
        assert body - retired <= STUB.keys(f"{record}Input").keys()
        assert {snake_case(each) for each in body - retired} <= STUB.keys(by_word).keys()
        assert not retired & STUB.keys(f"{record}Input").keys()


def test_an_upsert_goes_by_any_value_that_can_be_looked_for() -> None:
    keys = {each.path for each in columns(STANDARD.by_singular["connectedAccount"])}
    assert all(STUB.fits(path, STUB.aliases["ConnectedAccountKey"]) for path in keys - {"accessToken", "refreshToken", "scopes"})
    assert not STUB.fits("accessToken", STUB.aliases["ConnectedAccountKey"])


def test_a_client_has_every_resource() -> None:
    for name, prefix in (("Client", ""), ("AsyncClient", "Async")):
        types = {key: type_.id for key, type_ in STUB.keys(name).items()}  # type: ignore[attr-defined]
        assert types == {snake_case(each.plural): prefix + capitalised(each.plural) for each in STANDARD}


def of_function(function: Callable[..., Any]) -> Signature:
    return [(each.name, KINDS[each.kind]) for each in inspect.signature(function).parameters.values()]


@pytest.mark.parametrize(
    ("runs", "shared", "own"), [(Resource, "ResourceOf", "Companies"), (icosa.AsyncResource, "AsyncResourceOf", "AsyncCompanies")]
)
def test_typed_methods_take_what_the_methods_take(runs: type, shared: str, own: str) -> None:
    told = SHARED.methods(shared) | STUB.methods(own)
    public = {name for name in vars(runs) if not name.startswith("_")} - ATTACHING
    assert told.keys() == public
    for name in public - {"object"}:
        assert told[name] == [
            ("id", "positional only") if each == ("id", "either") and name == "update_one" else each
            for each in of_function(getattr(runs, name))
        ]


@pytest.mark.parametrize(("name", "runs"), [("Notes", Resource), ("AsyncTasks", icosa.AsyncResource)])
def test_what_can_be_attached_shows_what_it_can_be_attached_to(name: str, runs: type) -> None:
    told = STUB.methods(name)
    words = [(word, "keyword only") for word in ("people", "companies", "opportunities")]
    for each in ATTACHING:
        takes = [one for one in of_function(getattr(runs, each)) if one[1] != "any keywords"]
        assert [one for one in told[each] if one[1] != "keyword only"] == takes
        assert sorted(one for one in told[each] if one[1] == "keyword only") == ([] if each == "targets" else sorted(words))


@pytest.mark.parametrize(("function", "told"), [(icosa.connect, "Connect"), (icosa.aconnect, "AsyncConnect")])
def test_typed_connections_take_what_connect_takes(function: Callable[..., Any], told: str) -> None:
    (_, *parameters) = SHARED.methods(told)["__call__"]
    assert parameters == of_function(function)


def test_every_type_can_be_imported_to_stand_in_annotations() -> None:
    for name in (*STUB.classes, *STUB.aliases):
        assert getattr(standard, name) is not None
    assert standard.Client is icosa.Client
    assert standard.Person(name="x") == {"name": "x"}  # type: ignore[typeddict-item]
    with pytest.raises(AttributeError, match="no attribute 'Persn'"):
        standard.Persn  # type: ignore[attr-defined]  # noqa: B018


def test_they_are_written_anew_by_one_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    wanted = {tmp_path / name: f"# {name}\n" for name in ("standard.py", "standard.pyi")}
    monkeypatch.setattr("icosa.stubs.shipped.shipped", lambda: wanted)
    monkeypatch.delitem(sys.modules, "icosa.stubs.__main__", raising=False)
    importlib.import_module("icosa.stubs.__main__")
    assert {each: each.read_text("utf-8") for each in tmp_path.iterdir()} == wanted
    assert capsys.readouterr().out == "".join(f"wrote {each}\n" for each in wanted)
