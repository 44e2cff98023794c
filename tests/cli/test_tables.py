"""What a person sees on a terminal: the most telling columns that have room, values in words, ids whole."""

import json
from typing import Any

import pytest
from rich.cells import cell_len
from rich.console import Console

from icosa.catalogue.standard import STANDARD
from icosa.surfaces.cli.cells import in_words
from icosa.surfaces.cli.output import print_rich
from icosa.surfaces.cli.tables import ID_WIDTH, plain_table, record_table, records_table
from tests.cli.conftest import Shell

ID = "20202020-1c25-4d02-bf25-6aeccf7ea419"
COMPANY = STANDARD.by_singular["company"]


def lines(what: Any, width: int) -> list[str]:
    console = Console(width=width, color_system=None)
    with console.capture() as captured:
        console.print(what)
    return [line.rstrip() for line in captured.get().splitlines()]


def company(name: str, employees: int | None, site: str, **more: Any) -> dict[str, Any]:
    link = {"primaryLinkUrl": site, "primaryLinkLabel": "", "secondaryLinks": []}
    return {"id": ID, "name": name, "domainName": link, "employees": employees, "position": 3, "accountOwnerId": ID, **more}


COMPANIES = [
    company("Analytical Engines", 12, "https://www.engines.example.com"),
    company("Difference & Co", 1200, "https://difference.example.com"),
]


@pytest.mark.parametrize(
    ("width", "heads"),
    [
        (50, ["Name", "Domain Name"]),
        (80, ["Name", "Domain Name", "Employees"]),
        (120, ["Name", "Domain Name", "Employees", "Id"]),
    ],
)
def test_a_list_shows_the_most_telling_columns_that_have_room(width: int, heads: list[str]) -> None:
    shown = lines(records_table(STANDARD, COMPANY, COMPANIES, width), max(width, 80))
    assert [each.strip() for each in shown[0].split("  ") if each.strip()] == heads
    assert all(line.endswith(ID) == ("Id" in heads) for line in shown[2:])
    assert max(map(len, shown)) <= width
    assert "Analytical Engines" in shown[2]


def test_numbers_stand_to_the_right_and_links_without_what_all_have() -> None:
    shown = lines(records_table(STANDARD, COMPANY, COMPANIES, 120), 120)
    assert shown[2].split()[:4] == ["Analytical", "Engines", "engines.example.com", "12"]
    assert shown[2].index("12 ") + 2 == shown[3].index("1200") + 4


def test_what_all_records_share_or_nobody_reads_has_no_column() -> None:
    shared: dict[str, Any] = {"createdBy": {"source": "MANUAL", "name": "Ada", "workspaceMemberId": None, "context": {}}}
    records = [each | shared for each in COMPANIES]
    heading = lines(records_table(STANDARD, COMPANY, records, 300), 300)[0]
    assert "Created By" not in heading
    assert "Position" not in heading


def test_a_name_gives_way_to_a_second_column_and_an_id_to_nothing() -> None:
    long = [company("x" * 60, None, "https://a.example.com"), company("y", None, "https://b.example.com")]
    shown = lines(records_table(STANDARD, COMPANY, long, 80), 80)
    assert "a.example.com" in shown[2]
    assert shown[2].endswith(ID)
    narrow = records_table(STANDARD, COMPANY, long, 20)
    assert lines(narrow, 80)[2].endswith(ID)


def test_one_record_shows_what_says_something() -> None:
    record = company("Analytical Engines", None, "https://engines.example.com", idealCustomerProfile=False, people=[])
    shown = lines(record_table(STANDARD, COMPANY, record), 80)
    assert [" ".join(line.split()) for line in shown] == [
        f"Id {ID}",
        "Name Analytical Engines",
        "Domain Name https://engines.example.com",
        "Ideal Customer Profile no",
        "Position 3",
        f"Account Owner Id {ID}",
    ]


def test_relations_are_told_by_name() -> None:
    people = [{"id": ID, "name": {"firstName": each, "lastName": "L"}} for each in "ABCDE"]
    record = company("a", None, "", accountOwner={"id": ID, "name": {"firstName": "Ada", "lastName": "Lovelace"}}, people=people)
    shown = [" ".join(line.split()) for line in lines(record_table(STANDARD, COMPANY, record), 80)]
    assert "Account Owner Ada Lovelace" in shown
    assert "People A L, B L, C L and 2 more" in shown
    assert not any(line.startswith("Account Owner Id") for line in shown)


@pytest.mark.parametrize(
    ("value", "brief", "whole"),
    [
        ({"firstName": "Ada", "lastName": "Lovelace"}, "Ada Lovelace", "Ada Lovelace"),
        ({"amountMicros": "1200000000", "currencyCode": "EUR"}, "1,200.00 EUR", "1,200.00 EUR"),
        ({"amountMicros": None, "currencyCode": "EUR"}, "", ""),
        (
            {"primaryEmail": "ada@example.com", "additionalEmails": ["a@example.com"]},
            "ada@example.com",
            "ada@example.com, a@example.com",
        ),
        (
            {"primaryPhoneNumber": "2079460000", "primaryPhoneCallingCode": "+44", "additionalPhones": None},
            "+44 2079460000",
            "+44 2079460000",
        ),
        (
            {"primaryLinkUrl": "https://example.com", "primaryLinkLabel": "Site", "secondaryLinks": [{"url": "https://b.example.com"}]},
            "example.com",
            "https://example.com (Site), https://b.example.com",
        ),
        (
            {"addressStreet1": "1 Quay", "addressCity": "Lyon", "addressCountry": "France", "addressLat": "45.7"},
            "Lyon, France",
            "1 Quay, Lyon, France",
        ),
        ("2026-02-03T04:05:06.789Z", "2026-02-03 04:05", "2026-02-03 04:05:06 UTC"),
        (True, "yes", "yes"),
        (["a", "b"], "a, b", "a, b"),
        (None, "", ""),
    ],
)
def test_values_are_told_in_words(value: Any, brief: str, whole: str) -> None:
    assert (in_words(value, brief=True), in_words(value)) == (brief, whole)


def test_the_shell_says_what_it_leaves_out_and_where_there_is_nothing(shell: Shell) -> None:
    empty = shell("companies", "find-many", terminal=True)
    assert (empty.out, empty.err) == ("", "0 of 0\n")
    made = shell("companies", "create-one", "--name", "a", terminal=True)
    assert "Domain Name" not in made.out
    assert made.err == "Properties without a value are left out; --json shows all.\n"


@pytest.fixture
def deleted(shell: Shell) -> str:
    id_: str = shell("companies", "create-one", "--name", "Analytical Engines").json["id"]
    assert shell("companies", "delete-one", id_).code == 0
    return id_


def test_a_deleted_record_is_restored_from_the_shell(shell: Shell, deleted: str) -> None:
    assert shell("companies", "restore-one", deleted, "--depth", "0").json["name"] == "Analytical Engines"
    again = shell("companies", "restore-one", deleted)
    assert (again.code, again.out) == (4, "")
    assert "there is no deleted Company" in again.err


def test_a_record_is_destroyed_from_the_shell(shell: Shell, deleted: str) -> None:
    assert shell("companies", "delete-one", deleted, "--permanent").json == {"id": deleted}
    assert shell("companies", "restore-one", deleted).code == 4


def test_upsert_from_the_shell(shell: Shell) -> None:
    first = shell("companies", "create-one", "--data", f'{{"id": "{ID}", "name": "a"}}').json
    second = shell("companies", "create-many", "--upsert", "--data", json.dumps([{"id": ID, "name": "b"}])).json
    assert [each["id"] for each in second] == [first["id"]]
    assert shell("companies", "create-one", "--upsert", "--data", f'{{"id": "{ID}", "name": "c"}}').json["name"] == "c"


@pytest.mark.parametrize("columns", [60, 80, 120])
@pytest.mark.parametrize("word", ["x" * 300, "長い名前" * 60, f"/srv/{'folder/' * 40}crm.db"], ids=["letters", "wide", "path"])
def test_a_long_word_makes_no_table_wider_than_the_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], columns: int, word: str
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    print_rich(record_table(STANDARD, COMPANY, company(word, 1, f"https://example.com/{word}")))
    print_rich(plain_table([{"id": "20260203-040506-abcde", "what": word, "workspace": word}], {"id": "Run", "what": "", "workspace": ""}))
    shown = capsys.readouterr().out
    assert max(map(cell_len, shown.splitlines())) <= columns
    assert ID in shown
    assert "20260203-040506-abcde" in shown


def test_an_id_stays_whole_where_there_is_no_room_for_it(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("COLUMNS", str(ID_WIDTH - 10))
    print_rich(record_table(STANDARD, COMPANY, company("x" * 300, 1, "https://example.com")))
    assert ID in capsys.readouterr().out
