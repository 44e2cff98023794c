"""Looking at records: by words in them, in columns that are chosen, page after page, or all of them."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from icosa.call.searching import search, searched_paths
from icosa.catalogue.standard import STANDARD
from icosa.client.resource import Resource
from icosa.errors import InvalidQuery
from icosa.surfaces.cli.last_page import KEPT_FOR
from icosa.wire.language.naive import asked
from tests.cli.conftest import Shell
from tests.cli.terminal import on_terminal, screen
from tests.serving import Server
from tests.workspace.test_custom_objects import ROCKET

NAMES = [("Ada", "Lovelace"), ("Ada", "Byron"), ("Charles", "Babbage"), ("Mary", "Somerville"), ("100%", "Sure_Thing")]
ONEILL = ("Peg", "O'Neill")


@pytest.fixture
def filled(shell: Shell) -> Shell:
    employers = [shell("companies", "create-one", "--name", name).json["id"] for name in ("Analytical Engines", "Difference & Co")]
    people = [
        {
            "name": {"firstName": first, "lastName": last},
            "emails": {"primaryEmail": f"{last.lower()}@engines.example.com"},
            "jobTitle": "Countess" if last == "Lovelace" else f"Friend of {first}",
            "companyId": employers[at % 2],
        }
        for at, (first, last) in enumerate([*NAMES, ONEILL])
    ]
    assert shell("people", "create-many", "--data", json.dumps(people)).code == 0
    return shell


def found(shell: Shell, *arguments: str) -> list[str]:
    ran = shell("people", "find-many", *arguments)
    assert ran.code == 0, ran.err
    return [each["name"]["lastName"] for each in ran.json["data"]["people"]]


@pytest.mark.parametrize(
    ("text", "last_names"),
    [
        ("byRON", ["Byron"]),
        ("LOVELACE ada", ["Lovelace"]),
        ("countess", ["Lovelace"]),
        ("babbage@engines", ["Babbage"]),
        ("ada babbage", []),
        ("friend ada", ["Byron"]),
        ("0%", ["Sure_Thing"]),
        ("sure_", ["Sure_Thing"]),
        ("a_a", []),
        ("\\", []),
        ('a,b"(c', []),
        ("o'neill", ["O'Neill"]),
    ],
)
def test_a_text_is_found_wherever_people_look_for_it(filled: Shell, text: str, last_names: list[str]) -> None:
    assert found(filled, "--search", text) == last_names


def test_what_is_looked_for_has_to_fit_the_filter_as_well(filled: Shell) -> None:
    assert found(filled, "--search", "ada", "--filter", 'or(name.lastName[eq]:"Byron",name.lastName[eq]:Babbage)') == ["Byron"]
    ran = filled("people", "find-many", "--search", "ada", "--filter", "name.lastName[")
    assert (ran.code, ran.err.startswith("error: Filter")) == (5, True)


@pytest.mark.parametrize("of", [*STANDARD.objects, ROCKET], ids=lambda each: each.singular)
def test_every_object_says_where_it_is_looked_in_or_that_nothing_is_there(of: Any) -> None:
    secret = {field.name for field in of.fields if field.secret}
    assert not {path.partition(".")[0] for path in searched_paths(of)} & secret
    if searched_paths(of):
        assert "[ilike]:" in str(search(of, "x"))
    else:
        with pytest.raises(InvalidQuery, match="have no texts to look in"):
            search(of, "x")


@pytest.mark.parametrize("text", ["O'Neill", '5"', "a(b", "(x)", "[x", "a,b", "100%_\\"])
def test_servers_without_escapes_can_be_asked_for_it(text: str) -> None:
    assert asked(str(search(STANDARD.by_singular["person"], text)))


def test_the_search_is_part_of_the_call_in_every_form(filled: Shell) -> None:
    python = filled("people", "find-many", "--search", "ada", "--as", "python").out
    assert "name.firstName[ilike]:%ada%" in python
    again = filled("run", "icosa people find-many --search ada --columns name", "--as", "python").out
    assert again == python
    refused = filled("run", "icosa people find-many --all")
    assert (refused.code, "--all is more than the one call" in refused.err) == (5, True)


def test_json_holds_the_chosen_columns_in_their_places(filled: Shell) -> None:
    given = ["--columns", "name.last,emails.primary,company.name", "--search", "lovelace"]
    assert filled("people", "find-many", *given).json["data"]["people"] == [
        {
            "name": {"lastName": "Lovelace"},
            "emails": {"primaryEmail": "lovelace@engines.example.com"},
            "company": {"name": "Analytical Engines"},
        }
    ]


@pytest.mark.parametrize(
    ("columns", "depth"), [("name,id", 0), ("company", 1), ("company.name", 1), ("company.accountOwner.name", 2), ("noteTargets", 1)]
)
def test_records_are_read_as_deep_as_the_columns_need(filled: Shell, columns: str, depth: int) -> None:
    assert f"depth={depth}" in filled("people", "find-many", "--columns", columns, "--dry-run").json["url"]
    assert "depth=2" in filled("people", "find-many", "--columns", columns, "--depth", "2", "--dry-run").json["url"]


def test_a_table_has_the_chosen_columns_in_their_order(filled: Shell) -> None:
    shown = screen(
        filled("people", "find-many", "--columns", "company.name,job_title,Name,id", "--limit", "1", terminal=True).out.replace(
            "\n", "\r\n"
        )
    )
    assert [each.strip() for each in shown[0].split("  ") if each.strip()] == ["Company Name", "Job Title", "Name", "Id"]
    assert shown[2].startswith("Analytical Engines  Countess   Ada Lovelace  ")


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ("emial", "have no 'emial'; did you mean emails? There are id, name, company"),
        ("firma", "did you mean company.name?"),
        ("vorname", "did you mean name.firstName?"),
        ("emails.third", "have no 'emails.third'"),
        ("company.people.name", "have no 'company.people.name'"),
        ("company.accountOwner.name.first.x", "have no"),
        (" , ", "none is named"),
    ],
)
def test_a_column_that_is_none_says_what_there_is(filled: Shell, columns: str, message: str) -> None:
    ran = filled("people", "find-many", "--columns", columns)
    assert (ran.code, ran.out, message in ran.err) == (5, "", True), ran.err


def test_all_are_one_document_and_one_table(filled: Shell) -> None:
    people = json.dumps([{"name": {"firstName": str(at)}} for at in range(60)])
    for _ in range(2):
        assert filled("people", "create-many", "--data", people).code == 0
    whole = filled("people", "find-many", "--all").json
    assert (len(whole["data"]["people"]), whole["totalCount"], whole["pageInfo"]) == (126, 126, {"hasNextPage": False})
    assert whole["data"]["people"][0]["company"]["name"] == "Analytical Engines"
    assert len(found(filled, "--all", "--search", "ada", "--order-by", "name.lastName")) == 2
    table = filled("people", "find-many", "--all", "--columns", "name,id", terminal=True)
    shown = [line for line in screen(table.out.replace("\n", "\r\n")) if line]
    assert (len(shown), table.err) == (128, "126 in all\n")
    assert len({len(line) for line in shown[2:]}) == 1  # the rule below the heads is as wide as rich draws it


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (["--limit", "3"], "leave out --limit"),
        (["--starting-after", "x"], "leave out --starting-after"),
        (["--dry-run"], "by as many requests as that takes"),
        (["--as", "curl"], "by as many requests as that takes"),
        (["--next"], "leave out --all"),
    ],
)
def test_all_of_a_page_is_refused(shell: Shell, given: list[str], message: str) -> None:
    ran = shell("people", "find-many", "--all", *given)
    assert (ran.code, ran.out, message in ran.err) == (2, "", True)


def test_what_is_interrupted_is_a_whole_document_that_says_so(filled: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: Any, **__: Any) -> Iterator[dict[str, Any]]:
        yield {"id": "1", "name": {"firstName": "Ada"}}
        raise KeyboardInterrupt

    monkeypatch.setattr(Resource, "iterate", interrupted)
    ran = filled("people", "find-many", "--all")
    assert (ran.code, ran.err) == (130, "\ninterrupted\n")
    assert ran.json == {
        "data": {"people": [{"id": "1", "name": {"firstName": "Ada"}}]},
        "pageInfo": {"hasNextPage": True},
        "totalCount": 1,
    }
    table = filled("people", "find-many", "--all", terminal=True)
    assert (table.code, table.err) == (130, "0 were shown, and there are more\n\ninterrupted\n")


def test_whenever_it_is_interrupted_the_document_is_whole(filled: Shell) -> None:
    for read in (1, 40, 2000):
        command = [sys.executable, "-m", "icosa", "people", "find-many", "--all"]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0)
        assert process.stdout
        begun = process.stdout.read(read)
        process.send_signal(signal.SIGINT)
        rest, err = process.communicate()
        told = json.loads(begun + rest)
        assert len(told["data"]["people"]) == told["totalCount"]
        assert told["pageInfo"]["hasNextPage"] or told["totalCount"] == 6
        assert process.returncode in (0, 130), err


def test_who_has_read_enough_is_left_alone(server: Server, on_server: Server) -> None:
    command = f"{sys.executable} -m icosa workflows find-many --all | head -1"
    ran = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False, env=dict(os.environ))
    assert (ran.stdout, ran.stderr) == ("{\n", "")


@pytest.fixture
def in_terminal(filled: Shell, home: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Runs several command lines in one terminal, one after the other, and gives what is on the screen."""
    monkeypatch.setenv("XDG_STATE_HOME", str(home / "state"))

    def ran(*lines: str, columns: int = 80) -> list[str]:
        program = "import shlex, sys\nfrom icosa.surfaces.cli.main import run\nfor line in sys.argv[1:]: run(shlex.split(line))"
        return [line for line in screen(on_terminal(["-c", program, *lines], columns)) if line]

    return ran


def names(shown: list[str]) -> list[str]:
    return [line.strip() for line in shown if any(line.startswith(first) for first, _ in NAMES)]


def test_the_next_page_is_a_short_command(in_terminal: Any) -> None:
    first = "people find-many --limit 2 --columns name --order-by name.lastName"
    shown = in_terminal(first, "people find-many --next", "people find-many --next", "people find-many --next")
    assert names(shown) == ["Charles Babbage", "Ada Byron", "Ada Lovelace", "Mary Somerville", "100% Sure_Thing"]
    assert shown.count("2 of 6; the next page: icosa people find-many --next") == 2
    assert "error: --next: the page of People that was shown here was the last one; leave --next out" in " ".join(shown)


def test_the_command_names_the_workspace_that_was_named(in_terminal: Any, tmp_path: Path) -> None:
    made = tmp_path / "a b.db"
    for name in ("x", "y"):
        in_terminal(f"companies create-one --name {name} --database '{made}'")
    shown = in_terminal(f"companies find-many --limit 1 --database '{made}'", "companies find-many --next")
    assert f"1 of 2; the next page: icosa companies find-many --next --database '{made}'" in "".join(shown)
    assert "error: --next: this terminal showed no page of Companies of this workspace" in "\n".join(shown)


def test_each_terminal_and_each_resource_goes_on_from_its_own_page(in_terminal: Any) -> None:
    shown = in_terminal("people find-many --limit 1 --columns name", "companies find-many --limit 1", "people find-many --next --json")
    assert '"lastName": "Byron"' in "\n".join(shown)
    assert '"lastName": "Babbage"' in "\n".join(in_terminal("people find-many --limit 1", *["people find-many --next --json"] * 2))
    program = (
        "import os, sys\nfrom icosa.surfaces.cli.main import run\n"
        "sys.exit(run(['people', 'find-many', '--limit', '1']) or os.fork() and os.wait()[1] >> 8 or "
        "(os.setsid() or 1) and run(['people', 'find-many', '--next']))"
    )
    assert "this terminal showed no page" in on_terminal(["-c", program])


def test_what_was_asked_before_cannot_be_changed_on_the_way(in_terminal: Any) -> None:
    shown = in_terminal("people find-many --limit 1", "people find-many --next --filter 'city[eq]:Lyon'")
    assert any(line.startswith("error: --next goes on with what was asked for before; leave out --filter") for line in shown)


def test_pages_are_kept_for_their_owner_alone_and_for_a_day(in_terminal: Any, home: Path) -> None:
    in_terminal("people find-many --limit 1 --search lovelace")
    (file,) = (home / "state" / "icosa" / "pages").iterdir()
    assert file.stat().st_mode & 0o077 == 0
    assert "lovelace" not in file.name
    old = file.stat().st_mtime - KEPT_FOR - 60
    os.utime(file, (old, old))
    in_terminal("companies find-many --limit 1")
    assert not file.exists()


def test_without_a_terminal_there_is_nothing_to_go_on_from(filled: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("__stdout__", "__stderr__", "__stdin__"):
        monkeypatch.setattr(sys, name, None)
    ran = filled("people", "find-many", "--next")
    assert (ran.code, "there is no terminal here; --starting-after takes" in ran.err) == (2, True)
    assert "the next page: --starting-after ey" in filled("people", "find-many", "--limit", "1", terminal=True).err


@pytest.mark.parametrize(
    ("columns", "heads"),
    [
        (80, ["Name", "Emails", "Company"]),
        (120, ["Name", "Emails", "Company", "Id"]),
        (150, ["Name", "Emails", "Company", "Job Title", "Id"]),
    ],
)
def test_people_are_shown_with_their_address_and_company(in_terminal: Any, columns: int, heads: list[str]) -> None:
    shown = in_terminal("people find-many", columns=columns)
    assert [each.strip() for each in shown[0].split("  ") if each.strip()] == heads
    assert max(map(len, shown[:7])) <= columns
    assert any(line.startswith("There was no room for ids; --columns id,name shows them.") for line in shown) == ("Id" not in heads)
