"""What a workspace in this process exports past its JSON is what it would have exported by way of it."""

import json
from pathlib import Path

import orjson
import pytest

import icosa
from icosa.exports import embedded_rows
from icosa.exports.export import Selection, export
from icosa.wire.version import TWENTY_1_0_3, TWENTY_2_19, Version
from icosa.workspace import open_workspace
from tests.exports.awkward import awkward_texts

SELECTIONS = [
    Selection(),
    Selection(order_by="city[DescNullsFirst],id"),
    Selection(filter='city[in]:["Rome"],jobTitle[neq]:"1"', order_by="createdAt[AscNullsLast]"),
    Selection(columns=("emails", "companyId", "id")),
    Selection(deleted=True),
    Selection(depth=1),
]


def beside(selection: Selection) -> Selection:
    """The same records, asked for by requests."""
    return Selection(selection.filter, selection.order_by, selection.depth, selection.columns, selection.deleted, page_size=60)


@pytest.fixture
def people(crm: icosa.Client) -> icosa.Client:
    texts = [each for each in awkward_texts() if len(each) < 100]
    crm.companies.create_one(name="Engines", id="00000000-0000-4000-8000-00000000c0c0")
    for start in range(0, len(texts), 60):
        crm.people.create_many(
            [
                {
                    "city": "Rome" if at % 3 else each,
                    "jobTitle": each,
                    "position": [at, at / 7, -at * 1e-9, at * 10**14][at % 4],
                    "phones": {"additionalPhones": [{"number": f"+3312345678{at % 10}"}]} if at % 5 == 0 else {},
                    "companyId": "00000000-0000-4000-8000-00000000c0c0" if at % 2 else None,
                }
                for at, each in enumerate(texts[start : start + 60], start)
            ],
            depth=0,
        )
    for each in crm.people.find_many(limit=5, depth=0).records:
        crm.people.delete_one(each["id"], permanent=False)
    return crm


@pytest.mark.parametrize("format_", ["csv", "jsonl", "parquet"])
@pytest.mark.parametrize("selection", SELECTIONS, ids=repr)
def test_a_file_holds_what_requests_would_have_found(
    people: icosa.Client, tmp_path: Path, selection: Selection, format_: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedded_rows, "_MOST_ROWS", 7)
    done = export(people, "people", tmp_path / f"one.{format_}", selection)
    asked = export(people, "people", tmp_path / f"other.{format_}", beside(selection))
    assert (done.records, done.columns) == (asked.records, asked.columns)
    assert done.records > 100
    one, other = ((tmp_path / f"{name}.{format_}").read_bytes() for name in ("one", "other"))
    if format_ == "jsonl":  # numbers may be spelt otherwise
        assert [orjson.loads(line) for line in one.splitlines()] == [orjson.loads(line) for line in other.splitlines()]
    else:
        assert one == other


def test_a_copy_of_a_secret_in_json_is_masked_and_texts_of_json_keep_their_quotes(crm: icosa.Client, tmp_path: Path) -> None:
    values = [{"accessToken": "sec-ret"}, [{"a": [{"refreshToken": "sec-ret"}]}], "a text", ["accessToken"], None, {"a": 1}]
    crm.workflow_versions.create_many([{"name": str(at), "trigger": json.dumps(each)} for at, each in enumerate(values)], depth=0)
    for format_ in ("csv", "jsonl"):
        export(crm, "workflowVersions", tmp_path / f"one.{format_}")
        export(crm, "workflowVersions", tmp_path / f"other.{format_}", Selection(page_size=60))
        assert (tmp_path / f"one.{format_}").read_bytes() == (tmp_path / f"other.{format_}").read_bytes()
        assert b"sec-ret" not in (tmp_path / f"one.{format_}").read_bytes()
    lines = [json.loads(line) for line in (tmp_path / "one.jsonl").read_text("utf-8").splitlines()]
    assert [each["trigger"] for each in lines][:3] == [{"accessToken": "••••"}, [{"a": [{"refreshToken": "••••"}]}], '"a text"']


def test_secrets_of_records_are_masked_and_opened_only_when_asked_for(crm: icosa.Client, tmp_path: Path) -> None:
    owner = crm.workspace_members.create_one(user_email="ada@example.com", user_id="00000000-0000-4000-8000-000000000001")
    crm.connected_accounts.create_one(
        handle="a", provider="google", access_token="sec-ret", refresh_token="", auth_failed_at=None, account_owner_id=owner["id"]
    )
    found = {}
    for shown in (False, True):
        export(crm, "connectedAccounts", tmp_path / "out.jsonl", Selection(show_secrets=shown))
        found[shown] = json.loads((tmp_path / "out.jsonl").read_text("utf-8"))
    assert (found[False]["accessToken"], found[False]["refreshToken"]) == ("••••", "")
    assert found[True] == {**found[False], "accessToken": "sec-ret"}


@pytest.mark.parametrize("api", [TWENTY_1_0_3, TWENTY_2_19], ids=["1.0.3", "2.19"])
def test_records_of_all_objects_are_those_of_requests_with_what_related_ones_are_called(tmp_path: Path, api: Version) -> None:
    open_workspace(f"sqlite:///{tmp_path}/crm.db", version=api).close()
    with icosa.connect(f"sqlite:///{tmp_path}/crm.db") as crm:
        company = crm["companies"].create_one({"name": "Engines"})
        person = crm["people"].create_one({"name": {"firstName": "Ada", "lastName": "L"}, "companyId": company["id"]})
        nobody = crm["people"].create_one({"companyId": company["id"]})
        gone = crm["people"].create_one({"name": {"firstName": "Gone"}})
        for each in (person, nobody, gone, {"id": None}):
            crm["opportunities"].create_one({"name": "Deal", "pointOfContactId": each["id"], "companyId": company["id"]})
        crm["people"].delete_one(gone["id"])
        for of in crm.catalogue:
            for depth in (0, 1):
                export(crm, of.plural, tmp_path / "one.csv", Selection(depth=depth))
                export(crm, of.plural, tmp_path / "other.csv", Selection(depth=depth, page_size=60))
                assert (tmp_path / "one.csv").read_bytes() == (tmp_path / "other.csv").read_bytes(), of.plural
