"""`icosa show`: a record in words, with all that hangs on it."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

import icosa
from tests.cli.conftest import Shell
from tests.cli.terminal import on_terminal, screen
from tests.newer_server import NewerServer, newer_server
from tests.serving import Server, serving

ADA = "ada@example.com"
SOMEBODY = "20202020-1c25-4d02-bf25-6aeccf7ea419"


@pytest.fixture(scope="module")
def own_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server that no other test counts the records of."""
    with serving(tmp_path_factory.mktemp("shown")) as running:
        yield running


@pytest.fixture(params=["embedded", "served", "newer"])
def crm(request: pytest.FixtureRequest, shell: Shell, monkeypatch: pytest.MonkeyPatch) -> Iterator[icosa.Client]:
    """An empty workspace that the environment names: in a file, on a server, and on a newer one that calls things otherwise."""
    if request.param == "newer":
        with newer_server() as running:
            yield from _named(running, monkeypatch)
    elif request.param == "served":
        server: Server = request.getfixturevalue("own_server")
        yield from _named(server, monkeypatch)
    else:
        with icosa.connect() as client:
            yield client


def _named(server: Server | NewerServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[icosa.Client]:
    monkeypatch.setenv("ICOSA_URL", server.url)
    monkeypatch.setenv("ICOSA_TOKEN", server.token)
    with icosa.connect() as client:
        for of in ("people", "companies", "notes", "tasks", "opportunities"):
            for each in client[of].find_many(depth=0):
                client[of].delete_one(each["id"], permanent=True)
        yield client


@pytest.fixture
def ada(crm: icosa.Client) -> dict[str, Any]:
    """Somebody of whom a lot is told."""
    engines = crm.companies.create_one(name="Analytical Engines", domain_name={"primaryLinkUrl": "https://engines.example.com"})
    made: dict[str, Any] = crm["people"].create_one(
        name={"firstName": "Ada", "lastName": "Lovelace"},
        emails={"primaryEmail": ADA},
        phones={"primaryPhoneNumber": "2079460000", "primaryPhoneCallingCode": "+44", "primaryPhoneCountryCode": "GB"},
        job_title="Programmer",
        company_id=engines["id"],
    )
    first = crm.notes.create_one(title="First call", body_v2={"markdown": "She likes\nthe *loom*."}, created_at="2026-02-03T09:00:00Z")
    then = crm.notes.create_one(title="Second call", created_at="2026-02-05T09:00:00Z")
    task = crm.tasks.create_one(title="Send the offer", status="TODO", due_at="2026-03-01T00:00:00Z")
    for each in (then, first):
        crm.notes.attach(each, people=made)
    crm.tasks.attach(task, people=made, companies=engines)
    for number in range(7):
        crm.opportunities.create_one(
            name=f"Loom {number}",
            amount={"amountMicros": 1_500_000_000 * (number + 1), "currencyCode": "GBP"},
            stage="NEW",
            point_of_contact_id=made["id"],
            company_id=engines["id"],
            created_at=f"2026-02-1{number}T09:00:00Z",
        )
    return made


def shown(shell: Shell, *arguments: str) -> list[str]:
    """The lines that a person sees."""
    ran = shell("show", *arguments, terminal=True)
    assert (ran.code, ran.err) == (0, "")
    return [line.rstrip() for line in re.sub(r"\x1b\[[0-9;]*m", "", ran.out).splitlines()]


def test_a_person_is_a_card_with_all_that_hangs_on_her(shell: Shell, ada: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    lines = shown(shell, "people", ADA)
    assert lines[:2] == ["Ada Lovelace", f"Person {ada['id']}"]
    words = {line.partition("  ")[0]: line.partition("  ")[2].strip() for line in lines[3:8]}
    assert words["Company"] == "Analytical Engines"
    assert words["Phones"] == "+44 2079460000"
    assert words["Job Title"] == "Programmer"
    at = lines.index("Notes (2)")
    assert lines[at + 1 : at + 3] == ["  2026-02-05  Second call", "  2026-02-03  First call   She likes the *loom*."]
    assert "TODO · due date 2026-03-01" in lines[lines.index("Tasks (1)") + 1]
    at = lines.index("Point Of Contact For Opportunities (7)")
    assert lines[at + 1].startswith("  2026-02-16  Loom 6  NEW · 10,500.00 GBP")
    assert lines[at + 6] == f"  … and 2 more: icosa opportunities find-many --filter 'pointOfContactId[eq]:{ada['id']}'"
    assert lines[-1].startswith("Created 20")
    assert all(len(line) <= 80 for line in lines if "icosa" not in line)
    assert not any(word in line for line in lines for word in ("Linkedin", "Position", "Favorites"))


def test_what_finds_the_rest_can_be_copied_and_finds_it(shell: Shell, ada: dict[str, Any]) -> None:
    (line,) = (line for line in shown(shell, "people", ADA) if "more: icosa" in line)
    words = line.partition("more: icosa ")[2].replace("'", "").split()
    assert shell(*words, "--depth", "0").json["totalCount"] == 7


def test_more_are_shown_where_more_are_wanted(shell: Shell, ada: dict[str, Any]) -> None:
    (line,) = (line for line in shown(shell, "people", ADA, "--limit", "1") if "notes" not in line.lower() and "icosa show" in line)
    assert line == f"  … and 1 more: icosa show people {ada['id']} --limit 2"
    lines = shown(shell, *line.partition("icosa show ")[2].split())
    assert len([each for each in lines if "call" in each]) == 2
    assert shell("show", "people", ADA, "--limit", "0").code == 2


def test_what_says_nothing_is_a_card_all_the_same(shell: Shell, crm: icosa.Client) -> None:
    person = crm.people.create_one()
    lines = shown(shell, "people", person["id"])
    assert lines[:3] == [person["id"], f"Person {person['id']}", ""]
    assert lines[3].startswith("Created")


def test_a_program_gets_the_record_and_the_newest_of_what_hangs_on_it(shell: Shell, ada: dict[str, Any]) -> None:
    ran = shell("show", "people", "ada", "lovelace").json
    assert (ran["resource"], ran["record"]["id"], ran["record"]["company"]["name"]) == ("people", ada["id"], "Analytical Engines")
    assert [each["title"] for each in ran["related"]["notes"]["records"]] == ["Second call", "First call"]
    assert ran["related"]["tasks"]["totalCount"] == 1
    deals = ran["related"]["pointOfContactForOpportunities"]
    assert (deals["totalCount"], [each["name"] for each in deals["records"]]) == (7, [f"Loom {at}" for at in (6, 5, 4, 3, 2)])
    assert "noteTargets" not in ran["record"]
    assert shell("show", "people", ada["id"]).json == ran


def test_companies_notes_and_tasks_are_shown_too(shell: Shell, ada: dict[str, Any]) -> None:
    company = shown(shell, "companies", "engines.example.com")
    assert company[0] == "Analytical Engines"
    assert company[company.index("People (1)") + 1].endswith(f"Ada Lovelace  Programmer · {ADA}")
    assert company == shown(shell, "company", "analytical engines")
    task = shown(shell, "tasks", "Send", "the", "offer")
    assert sorted(line[14:].split("  ")[0] for line in task[task.index("Attached to (2)") + 1 :][:2]) == [
        "Ada Lovelace",
        "Analytical Engines",
    ]
    note = shown(shell, "note", "first call")
    assert note[3:5] == ["Body  She likes", "      the *loom*."]


def test_it_asks_once_for_the_record_and_at_most_once_for_each_kind(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    with newer_server() as server:
        monkeypatch.setenv("ICOSA_URL", server.url)
        monkeypatch.setenv("ICOSA_TOKEN", server.token)
        with icosa.connect() as crm:
            person, note = crm.people.create_one(name={"firstName": "Ada"}), crm.notes.create_one(title="Called")
            crm.opportunities.create_one(name="Loom", point_of_contact_id=person["id"])
            crm.notes.attach(note, people=person)
        before = len(server.asked)
        assert shell("show", "people", person["id"]).json["related"].keys() == {"notes", "pointOfContactForOpportunities"}
        assert [each.path for each in server.asked[before:]] == [f"/rest/people/{person['id']}", "/rest/noteTargets"]


def test_those_who_go_by_one_name_are_told_apart_from_those_who_are_called_alike(shell: Shell, crm: icosa.Client) -> None:
    crm.people.create_many([{"name": {"firstName": "Ada", "lastName": f"B{number}"}} for number in range(6)])
    both = crm.people.create_many(
        [{"name": {"firstName": "Ada", "lastName": "Byron"}}, {"name": {"firstName": "ADA", "lastName": "Byron"}}]
    )
    ran = shell("show", "people", "ada byron", terminal=True)
    assert ran.code == 5
    notes = [line for line in ran.err.splitlines() if line.startswith("note: ")]
    assert sorted(line.split()[4] for line in notes) == sorted(each["id"] for each in both)


def test_what_is_not_there_is_exit_code_4_and_says_who_is_called_alike(shell: Shell, ada: dict[str, Any]) -> None:
    for said in ("ada@example.org", "Ada Byron", "20202020-0000-4000-8000-000000000000"):
        assert shell("show", "people", said).code == 4
    ran = shell("show", "people", "Ada Byron", terminal=True)
    assert ran.code == 4
    assert ran.err.splitlines() == [
        'error: there is no person with the name or the e-mail address "Ada Byron"',
        f"note: icosa show people {ada['id']}  Ada Lovelace · {ADA}",
    ]


def test_several_are_told_with_what_shows_each(shell: Shell, crm: icosa.Client, ada: dict[str, Any]) -> None:
    other = crm.people.create_one(name={"firstName": "Ada", "lastName": "Lovelace"})
    ran = shell("show", "people", "Ada", "Lovelace", terminal=True)
    assert ran.code == 5
    assert {line.split()[4] for line in ran.err.splitlines() if line.startswith("note: ")} == {ada["id"], other["id"]}


def test_what_is_missing_is_said(shell: Shell) -> None:
    ran = shell("show")
    assert (ran.code, ran.err.splitlines()[0]) == (
        2,
        "error: say which record is to be shown: its resource, then its id or what it is known by, such as people ada@example.com",
    )
    assert "say which of the people is to be shown" in shell("show", "person").err
    assert "say whose record it is first, as in icosa show people ada@example.com" in shell("show", ADA).err
    ran = shell("show", "peple", ADA)
    assert ran.code == 2
    assert "Did you mean people?" in ran.err


def test_secrets_are_dots(shell: Shell, home: object) -> None:
    with icosa.connect() as crm:
        member = crm.workspace_members.create_one(name={"firstName": "Mary"}, user_email="mary@example.com", user_id=SOMEBODY)
        crm.connected_accounts.create_one(handle="mary@example.com", access_token="not for anybody", account_owner_id=member["id"])
    assert "not for anybody" not in shell("show", "workspace-members", "mary@example.com").out
    assert "not for anybody" not in shell("show", "connected-accounts", "mary@example.com", terminal=True).out
    assert "not for anybody" in shell("show", "connected-accounts", "mary@example.com", "--show-secrets").out


def test_what_a_record_holds_does_not_steer_the_terminal(home: object) -> None:
    with icosa.connect() as crm:
        crm.companies.create_one(name="Evil\x1b[2J Twin [red]x[/red]")
    for columns in (80, 120):
        told = on_terminal(["-m", "icosa", "show", "companies", "Evil\x1b[2J Twin [red]x[/red]"], columns)
        assert "\x1b[2J" not in told
        assert screen(told)[0] == "Evil�[2J Twin [red]x[/red]"


def test_without_colours_there_are_none(home: object, monkeypatch: pytest.MonkeyPatch) -> None:
    with icosa.connect() as crm:
        crm.companies.create_one(name="Analytical Engines")
    words = ["-m", "icosa", "show", "companies", "Analytical", "Engines"]
    assert "\x1b[1m" in on_terminal(words)
    assert "\x1b[3" not in on_terminal([*words, "--no-color"])
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[3" not in on_terminal(words)
