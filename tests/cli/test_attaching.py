"""`icosa notes attach` and `detach`: in words that people know records by."""

import json
import shlex
from typing import Any

import pytest

import icosa
from tests.cli.conftest import Shell
from tests.newer_server import newer_server


@pytest.fixture
def called(home: object) -> dict[str, Any]:
    """A note, and whom it may be about, in the embedded workspace."""
    with icosa.connect() as crm:
        crm.companies.create_one(name="Analytical Engines", domain_name={"primaryLinkUrl": "https://engines.example.com"})
        crm.people.create_many(
            [
                {"name": {"firstName": "Ada", "lastName": "Lovelace"}, "emails": {"primaryEmail": "ada@example.com"}},
                {"name": {"firstName": "Grace", "lastName": "Hopper"}, "emails": {"primaryEmail": "grace@example.com"}},
            ],
            depth=0,
        )
        made: dict[str, Any] = crm["notes"].create_one(title="First call")
        return made


def names(note: dict[str, Any]) -> set[str]:
    with icosa.connect() as crm:
        found = crm.notes.targets(note)
    people = {each["name"]["firstName"] for each in found.get("people", ())}
    return people | {each["name"] for each in found.get("companies", ())}


def test_a_note_is_put_on_records_and_taken_off(shell: Shell, called: dict[str, Any]) -> None:
    to = ("--people", "ada@example.com", "--people", "Grace Hopper", "--companies", "engines.example.com")
    ran = shell("notes", "attach", "first call", *to, terminal=True)
    assert (ran.code, ran.out, ran.err) == (0, "Attached to 3 records.\n", "")
    assert names(called) == {"Ada", "Grace", "Analytical Engines"}
    assert [each["noteId"] for each in shell("notes", "attach", called["id"], *to).json] == [called["id"]] * 3
    assert names(called) == {"Ada", "Grace", "Analytical Engines"}
    ran = shell("notes", "detach", "First call", "--people", "grace@example.com", terminal=True)
    assert (ran.code, ran.out) == (0, "Detached from 1 record.\n")
    assert shell("notes", "detach", "First call", "--people", "grace@example.com").json == []
    assert names(called) == {"Ada", "Analytical Engines"}


def test_what_create_one_prints_can_be_attached(shell: Shell, called: dict[str, Any]) -> None:
    made = shell("tasks", "create-one", "--title", "Send the offer")
    assert shell("tasks", "attach", "-", "--people", "ada@example.com", stdin=made.out).code == 0
    assert shell("tasks", "attach", "-", "--people", "grace@example.com", stdin=made.json["id"] + "\n").code == 0
    assert shell("show", "people", "ada@example.com").json["related"]["tasks"]["records"][0]["title"] == "Send the offer"
    assert shell("show", "tasks", "Send the offer").json["related"]["targets"]["totalCount"] == 2
    assert shell("tasks", "attach", "-", "--people", "ada@example.com", stdin="{not json").code == 2


def test_undo_takes_it_off_again(shell: Shell, called: dict[str, Any]) -> None:
    ran = shell("notes", "attach", "First call", "--people", "ada@example.com", "--journal")
    run = ran.err.split()[-1]
    assert ran.err == f"To put it back: icosa undo {run}\n"
    assert shell("notes", "attach", "First call", "--people", "ada@example.com", "--journal").err == ""
    assert shell("undo", run, "--yes").code == 0
    assert names(called) == set()


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("First call",), 2, "say which records are meant, by at least one of --people, --companies, --opportunities"),
        (("First call", "--people", "bob@example.com"), 4, 'there is no person with the name or the e-mail address "bob@example.com"'),
        (("Second call", "--people", "ada@example.com"), 4, 'there is no note with the title "Second call"'),
        (("First call", "--rockets", "Ariel"), 2, "No such option"),
        (("First call", "--people", ""), 5, "names no record; give its id or the name or the e-mail address"),
        (("First call", "--people", "20202020-0000-4000-8000-000000000000"), 4, "there is no person 20202020-"),
    ],
)
def test_what_cannot_be_done_is_said(shell: Shell, called: dict[str, Any], arguments: tuple[str, ...], code: int, says: str) -> None:
    ran = shell("notes", "attach", *arguments)
    assert ran.code == code
    assert says in ran.err
    assert names(called) == set()


def test_only_what_hangs_on_records_has_the_commands(shell: Shell) -> None:
    assert "attach" in shell("tasks", "--help").out
    assert "attach" not in shell("companies", "--help").out
    ran = shell("companies", "attach", "x", "--people", "y")
    assert (ran.code, "companies has no command 'attach'" in ran.err) == (2, True)


def test_help_names_every_object_that_it_can_hang_on(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    with newer_server() as server:
        monkeypatch.setenv("ICOSA_URL", server.url)
        monkeypatch.setenv("ICOSA_TOKEN", server.token)
        with icosa.connect() as crm:
            crm["surveyResults"].create_one(name="Good")
            note = crm.notes.create_one(title="First call")
        assert "--survey-results" in shell("notes", "attach", "--help").out
        assert shell("notes", "attach", "First call", "--survey-results", "good").code == 0
        assert shell("show", "survey-results", "Good").json["related"]["notes"]["records"][0]["id"] == note["id"]


def test_programs_learn_of_it(shell: Shell) -> None:
    (notes,) = (each for each in json.loads(shell("--describe").out)["commands"] if each["name"] == "notes")
    (attach,) = (each for each in notes["commands"] if each["name"] == "attach")
    assert [each["name"] for each in attach["options"][:3]] == ["--people", "--companies", "--opportunities"]
    assert attach["options"][0]["multiple"]


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("notes attach x --persons ada", "notes attach x --people ada"),
        ("notes detach 'a b' --person=ada", "notes detach 'a b' --people=ada"),
        ("tasks attach x --firma y", "tasks attach x --companies y"),
        ("tasks attach x --deals y --people z", "tasks attach x --opportunities y --people z"),
    ],
)
def test_an_object_is_known_by_the_words_of_people(shell: Shell, said: str, meant: str) -> None:
    ran = shell(*shlex.split(said))
    assert ran.code == 2
    assert "Did you mean '--" in ran.err
    assert ran.err.splitlines()[-1] == f"hint: icosa {meant}"
