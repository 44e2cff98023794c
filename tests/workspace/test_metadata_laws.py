"""Whatever is made, changed and taken away, in whatever order: a database then holds what one made anew for the same objects
would, records keep what they had, and nothing is left of what is gone."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from icosa.catalogue.standard_2_19 import STANDARD_2_19
from icosa.wire.version import TWENTY_2_19
from icosa.workspace import open_workspace
from icosa.workspace.store.names import quoted
from icosa.workspace.store.sqlite.connect import connect
from icosa.workspace.store.sqlite.snapshot import SqliteSnapshot
from tests.searched import AS_A_WHOLE
from tests.workspace.conftest import Caller

OBJECTS, FIELDS = "/rest/metadata/objects", "/rest/metadata/fields"
NAMES = ("gadget", "widget")
MEMBERS: dict[str, dict[str, Any]] = {
    "text": {"type": "TEXT", "isUnique": True},
    "count": {"type": "NUMBER"},
    "kind": {"type": "SELECT", "options": [{"value": "ALPHA"}], "defaultValue": "'ALPHA'"},
    "price": {"type": "CURRENCY"},
}

STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("make"), st.sampled_from(NAMES), st.just("")),
        st.tuples(st.just("delete"), st.sampled_from(NAMES), st.just("")),
        st.tuples(st.just("record"), st.sampled_from(NAMES), st.just("")),
        st.tuples(st.just("add"), st.sampled_from(NAMES), st.sampled_from(list(MEMBERS))),
        st.tuples(st.just("relate"), st.sampled_from(NAMES), st.sampled_from((*NAMES, "company"))),
        st.tuples(st.just("take"), st.sampled_from(NAMES), st.sampled_from((*MEMBERS, "maker"))),
        st.tuples(st.just("rename"), st.sampled_from(NAMES), st.sampled_from((*MEMBERS, "maker"))),
        st.tuples(st.just("hide"), st.sampled_from(NAMES), st.just("")),
    ),
    max_size=12,
)


class Made:
    """A workspace, and what it should hold: the ids of records by their object."""

    def __init__(self, caller: Caller) -> None:
        self.caller = caller
        self.records: dict[str, list[str]] = {}

    def objects(self) -> dict[str, dict[str, Any]]:
        return {each["nameSingular"]: each for each in self.caller.send("GET", OBJECTS)[1]["data"]}

    def step(self, what: str, of: str, name: str) -> None:
        known = self.objects()
        if what == "make":
            body = {"nameSingular": of, "namePlural": f"{of}s", "labelSingular": of, "labelPlural": f"{of}s"}
            assert self.caller.send("POST", OBJECTS, body)[0] == (400 if of in known else 201)
            self.records.setdefault(of, [])
        elif of in known:
            getattr(self, f"_{what}")(known, known[of], name)

    def _delete(self, known: dict[str, dict[str, Any]], of: dict[str, Any], name: str) -> None:
        assert self.caller.send("DELETE", f"{OBJECTS}/{of['id']}")[0] == 200
        del self.records[of["nameSingular"]]

    def _record(self, known: dict[str, dict[str, Any]], of: dict[str, Any], name: str) -> None:
        self.records[of["nameSingular"]].append(self.caller.good("POST", f"/rest/{of['namePlural']}", {"name": "one"})["id"])

    def _add(self, known: dict[str, dict[str, Any]], of: dict[str, Any], name: str) -> None:
        taken = any(each["name"] == name for each in of["fields"])
        body = {"objectMetadataId": of["id"], "name": name, "label": name, **MEMBERS[name]}
        assert self.caller.send("POST", FIELDS, body)[0] == (400 if taken else 201)

    def _relate(self, known: dict[str, dict[str, Any]], of: dict[str, Any], name: str) -> None:
        if name in known:
            target = {"targetObjectMetadataId": known[name]["id"], "targetFieldLabel": f"made by {of['nameSingular']}"}
            body = {"objectMetadataId": of["id"], "name": "maker", "label": "Maker", "type": "RELATION"}
            status, _ = self.caller.send("POST", FIELDS, body | {"relationCreationPayload": {"type": "MANY_TO_ONE", **target}})
            assert status in (201, 400)

    def _take(self, known: dict[str, dict[str, Any]], of: dict[str, Any], name: str) -> None:
        found = next((each for each in of["fields"] if each["name"] == name), None)
        if found:
            assert self.caller.send("DELETE", f"{FIELDS}/{found['id']}")[0] == 200

    def _rename(self, known: dict[str, dict[str, Any]], of: dict[str, Any], name: str) -> None:
        found = next((each for each in of["fields"] if each["name"] == name), None)
        again = f"{name}Again"
        if found and all(each["name"] != again for each in of["fields"]):
            assert self.caller.send("PATCH", f"{FIELDS}/{found['id']}", {"name": again})[1]["name"] == again

    def _hide(self, known: dict[str, dict[str, Any]], of: dict[str, Any], name: str) -> None:
        assert self.caller.send("PATCH", f"{OBJECTS}/{of['id']}", {"isActive": False})[1]["isActive"] is False


def tables(path: Path) -> dict[str, Any]:
    """What a database says of itself: its tables with their columns, and the fingerprints that are kept of them."""
    connection = connect(str(path))
    try:
        listed = connection.execute("SELECT name FROM sqlite_schema WHERE type IN ('table', 'index', 'trigger')").fetchall()
        kept = {(str(name), str(text)) for name, text in connection.execute("SELECT name, fingerprint FROM icosa_schema")}
        shape = {(name, *(str(row[1]) for row in connection.execute(f"PRAGMA table_info({quoted(str(name))})"))) for (name,) in listed}
        return {"fingerprints": kept, "tables": shape}
    finally:
        connection.close()


@given(steps=STEPS)
@AS_A_WHOLE
def test_a_database_holds_what_one_made_anew_for_its_objects_would(steps: list[tuple[str, str, str]]) -> None:
    with TemporaryDirectory() as folder:
        path, fresh = Path(folder) / "a.db", Path(folder) / "b.db"
        workspace = open_workspace(f"sqlite:///{path}", version=TWENTY_2_19)
        made = Made(Caller(workspace, f"sqlite:///{path}"))
        for each in steps:
            made.step(*each)
        for of, ids in made.records.items():
            assert sorted(made.caller.ids(f"{of}s")) == sorted(ids)
        assert {each.singular for each in workspace.catalogue if each.custom} == set(made.records)
        assert len(workspace.catalogue.objects) == len(STANDARD_2_19.objects) + len(made.records)
        catalogue = workspace.catalogue
        workspace.close()
        snapshot = SqliteSnapshot(str(path))
        snapshot.check()
        snapshot.close()
        open_workspace(f"sqlite:///{fresh}", catalogue, version=TWENTY_2_19).close()
        assert tables(path) == tables(fresh)
