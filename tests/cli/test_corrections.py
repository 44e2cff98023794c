"""Who calls things otherwise is told the command that is meant, whole, to be copied; none is run for them."""

import shlex
from pathlib import Path

import pytest

from tests.cli.conftest import Shell
from tests.serving import free_port


def hint(err: str) -> str:
    """The command that is offered, "" where none is."""
    (*_, last) = err.splitlines()
    return last.removeprefix("hint: ") if last.startswith("hint: icosa ") and not last.endswith("shows what it takes") else ""


@pytest.mark.parametrize(
    ("words", "resource"),
    [
        ("persons contact contacts kontakt kontakte personne personnes Personnes", "people"),
        ("firma Firmen unternehmen kunden accounts société societe sociétés entreprise entreprises", "companies"),
        ("deals deal opportunité opportunités opportunites verkaufschancen", "opportunities"),
        ("aufgaben aufgabe todos tâches taches tâche", "tasks"),
        ("notiz notizen", "notes"),
        ("users benutzer utilisateurs", "workspace-members"),
    ],
)
def test_a_resource_is_known_by_the_words_of_people(shell: Shell, words: str, resource: str) -> None:
    for word in words.split():
        ran = shell(word, "find-many", "--limit", "3")
        assert (ran.code, ran.out) == (2, "")
        assert f"there is no command '{word}'. Did you mean {resource}?" in ran.err
        assert hint(ran.err) == f"icosa {resource} find-many --limit 3"


def test_both_words_are_put_right_and_the_rest_stays_as_it_was(shell: Shell) -> None:
    offered = hint(shell("deals", "list", "--filter", "name[eq]:a b", "--limit", "2").err)
    assert shlex.split(offered)[1:] == ["opportunities", "find-many", "--filter", "name[eq]:a b", "--limit", "2"]
    assert shell(*shlex.split(offered)[1:], "--dry-run").code == 0


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("people list", "people find-many"),
        ("people create --city Lyon", "people create-one --city Lyon"),
        ("people delete 42", "people delete-one 42"),
        ("people edit 42", "people update-one 42"),
        ("people show 42", "people find-one 42"),
        ("companies dedupe", "companies find-duplicates"),
    ],
)
def test_an_operation_is_known_by_the_words_of_people(shell: Shell, said: str, meant: str) -> None:
    assert hint(shell(*said.split()).err) == f"icosa {meant}"


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("persns find-many", "people find-many"),
        ("persns list", "people find-many"),
        ("persns", "people"),
        ("persns frobnicate", "people --help"),
        ("companis fnd-many --limit 2", "companies find-many --limit 2"),
        ("conected-acounts find-one 42", "connected-accounts find-one 42"),
        ("people finf-many", "people find-many"),
        ("runs find-many", ""),
        ("rns shw x", ""),
        ("exprt people", "export people"),
        ("imprt people.csv", "import people.csv"),
        ("taks create-one", "tasks create-one"),
        ("xyzzy find-many", ""),
    ],
)
def test_a_misspelt_command_is_compared_with_what_can_be_meant_and_what_is_offered_exists(shell: Shell, said: str, meant: str) -> None:
    ran = shell(*said.split())
    assert ran.code == 2
    assert hint(ran.err) == (f"icosa {meant}" if meant else "")
    assert not meant or shell(*meant.split()[:2], "--help").code == 0


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("update-one --id 42 --city Lyon", "update-one 42 --city Lyon"),
        ("update-one --city Lyon --id=42", "update-one --city Lyon 42"),
        ("delete-one --id 42", "delete-one 42"),
    ],
)
def test_an_id_stands_by_itself(shell: Shell, said: str, meant: str) -> None:
    ran = shell("people", *said.split())
    assert "No such option '--id'. Did you mean 'ID', without an option?" in ran.err
    assert hint(ran.err) == f"icosa people {meant}"


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        (
            "--firstname Ada --last-name=Lovelace --email a@example.com",
            "--name.first Ada --name.last Lovelace --emails.primary a@example.com",
        ),
        ("--vorname Ada --nachname Lovelace --telefon 1", "--name.first Ada --name.last Lovelace --phones.number 1"),
        ("--prénom Ada --nom Lovelace --ville Lyon", "--name.first Ada --name.last Lovelace --city Lyon"),
        ("--city Lyon --jobtitle Countess", "--city Lyon --job-title Countess"),
    ],
)
def test_a_field_is_known_by_the_words_of_people(shell: Shell, said: str, meant: str) -> None:
    ran = shell("people", "create-one", *said.split())
    assert (ran.code, ran.out, hint(ran.err)) == (2, "", f"icosa people create-one {meant}")


def test_what_is_looked_for_by_an_option_is_a_filter(shell: Shell) -> None:
    offered = hint(shell("people", "find-many", "--email", "ada, or eve@example.com", "--limit", "3").err)
    assert shlex.split(offered)[1:] == [
        "people",
        "find-many",
        "--filter",
        'emails.primaryEmail[eq]:"ada, or eve@example.com"',
        "--limit",
        "3",
    ]
    assert hint(shell("people", "find-many", "--name", "Ada").err) == "icosa people find-many --search Ada"


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ("--firma Acme", "Did you mean '--company-id', which takes an id?"),
        ("--fullname Ada", "Did you mean '--name.first' or '--name.last'?"),
        ("--vorname", "Did you mean '--name.first'?"),
        ("--xyzzy 1", "No such option '--xyzzy'."),
    ],
)
def test_where_it_is_not_plain_no_command_is_offered(shell: Shell, said: str, message: str) -> None:
    ran = shell("people", "create-one", *said.split())
    assert (ran.code, message in ran.err, hint(ran.err)) == (2, True, "")


def test_a_secret_is_not_repeated(shell: Shell) -> None:
    for said in (["--access-token", "made-up"], ["--accessToken=made-up"]):
        ran = shell("connected-accounts", "create", *said)
        assert "made-up" not in ran.err
        assert hint(ran.err).endswith("-")


def test_what_is_unlike_anything_is_left_at_that(shell: Shell) -> None:
    ran = shell("xyzzy", "find-many")
    assert "there is no command 'xyzzy'. icosa --help lists all." in ran.err
    assert hint(ran.err) == ""


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("show persons 'Ada Lovelace' --limit 2", "show people 'Ada Lovelace' --limit 2"),
        ("show firma engines.example.com", "show companies engines.example.com"),
        ("show persons", "show people"),
        ("changed kontakte --since 2026-02-03", "changed people --since 2026-02-03"),
        ("export peple --out 'a b.csv'", "export people --out 'a b.csv'"),
        ("plan people.csv --to persons", "plan people.csv --to people"),
        ("import people.csv --to persons --yes", "import people.csv --to people --yes"),
    ],
)
def test_an_argument_that_names_a_resource_is_known_by_the_words_of_people(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str, meant: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("people.csv").write_text("Email\nada@example.com\n", encoding="utf-8")
    ran = shell(*shlex.split(said))
    assert (ran.code, ran.out) == (2, "")
    assert "there is no resource '" in ran.err
    assert hint(ran.err) == f"icosa {meant}"


def test_who_leaves_out_whose_record_it_is_is_told_where_that_stands(shell: Shell) -> None:
    ran = shell("show", "Ada", "Lovelace")
    assert ran.code == 2
    assert "there is no resource 'Ada'; say whose record it is first, as in icosa show people Ada Lovelace" in ran.err


@pytest.mark.parametrize("said", ["persons find-many --limit 3", "people list --limit 3", "people find-many --limt 3"])
def test_it_is_told_too_where_the_workspace_cannot_be_asked(shell: Shell, monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    monkeypatch.setenv("ICOSA_URL", f"http://127.0.0.1:{free_port()}")
    monkeypatch.setenv("ICOSA_TOKEN", "a-key")
    ran = shell(*said.split())
    assert ran.code == 2
    assert "The workspace could not be asked: " in ran.err
    assert "limt" in said or hint(ran.err) == "icosa people find-many --limit 3"
