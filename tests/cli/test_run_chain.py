"""`icosa run chain.toml`: what each step gave, for a person and for a program, with exit codes, dry runs and undo."""

import json
from pathlib import Path
from typing import Any

import pytest

import icosa
from icosa.chains import Chain, Step, chain_text
from tests.cli.conftest import Shell
from tests.cli.terminal import on_terminal, screen

CALLS = """version = 1
name = "Call large companies"

[step.companies]
run = "companies.find_many"
[step.companies.with]
filter = "employees[gte]:100"
order_by = "name"

[step.tasks]
run = "tasks.create_one"
[step.tasks.with]
title = "Call {{item.name}}"
"""
FOR_ROWS = """version = 1
[step.tasks]
run = "tasks.create_one"
[step.tasks.with]
title = "{{item.Title}}"
dueAt = "{{item.Due}}"
"""


@pytest.fixture
def chain(shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A chain in a file, in a workspace of three companies of which two are large."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "calls.toml").write_text(CALLS)
    (tmp_path / "rows.toml").write_text(FOR_ROWS)
    with icosa.connect() as crm:
        for name, employees in (("Able", 10), ("Baker", 200), ("Charlie", 300)):
            crm.companies.create_one(name=name, employees=employees)
    return "calls.toml"


def lines(out: str) -> list[Any]:
    return [json.loads(each) for each in out.splitlines()]


def tasks() -> list[str]:
    with icosa.connect() as crm:
        return sorted(each["title"] for each in crm.tasks.iterate(depth=0))


def test_a_program_gets_a_line_for_each_item_and_what_puts_it_back(shell: Shell, chain: str) -> None:
    ran = shell("run", chain)
    assert ran.code == 0
    assert [(each["step"], each["at"], each["from"]) for each in lines(ran.out)] == [
        ("companies", 0, None),
        ("companies", 1, None),
        ("tasks", 0, {"step": "companies", "at": 0}),
        ("tasks", 1, {"step": "companies", "at": 1}),
    ]
    assert [each["item"]["title"] for each in lines(ran.out)[2:]] == ["Call Baker", "Call Charlie"]
    assert ran.err.startswith("companies: 2 items\ntasks: 2 items\nTo put it back: icosa undo ")
    assert tasks() == ["Call Baker", "Call Charlie"]
    assert shell("runs").json[0]["what"] == "icosa run calls.toml"
    assert shell("undo", "last", "--yes").code == 0
    assert tasks() == []


def test_a_person_gets_a_table_of_the_last_step(chain: str, home: Path) -> None:
    shown = screen(on_terminal(["-m", "icosa", "run", chain]))
    assert [each[:18] for each in shown if each.startswith("Call ")] == ["Call Baker    TODO", "Call Charlie  TODO"]
    assert "tasks: 2 items" in shown


def test_a_person_sees_what_failed_and_what_would_be_sent(shell: Shell, chain: str) -> None:
    rows = [{"Title": f"Call {at}", "Due": "soon"} for at in range(30)]
    (Path.cwd() / "rows.jsonl").write_text("\n".join(map(json.dumps, rows)) + "\n{\n")
    ran = shell("run", "rows.toml", "--input", "rows.jsonl", terminal=True)
    assert ran.code == 8
    assert "input: not all could be read, 1 failed" in ran.err
    assert "tasks: 0 items, 30 failed" in ran.err
    assert "  tasks for item 0 of input: " in ran.err
    assert "more; --json shows all" in ran.err
    dry = shell("run", chain, "--dry-run", terminal=True)
    assert "companies: Find Many Companies\n  GET /rest/companies?" in dry.out
    assert "tasks: Create One Task, for item 0 of companies\n" in dry.out
    assert '"title": "Call Baker"' in dry.out
    wrong = shell("run", "rows.toml", "--input", "rows.jsonl", "--dry-run", terminal=True)
    assert wrong.code == 8
    assert "soon" in wrong.out


def test_rows_that_fail_are_told_and_the_exit_code_says_done_in_part(shell: Shell, chain: str) -> None:
    Path("rows.csv").write_text("Title,Due\nOne,2026-03-02\nTwo,someday\nThree,2026-03-04\n")
    ran = shell("run", "rows.toml", "--input", "rows.csv")
    assert ran.code == 8
    assert [each["error"]["code"] for each in lines(ran.out) if "error" in each] == ["invalid_value"]
    assert "tasks: 2 items, 1 failed" in ran.err
    assert tasks() == ["One", "Three"]


def test_a_row_that_cannot_be_read_is_an_item_with_an_error(shell: Shell, chain: str) -> None:
    Path("rows.jsonl").write_text('{"Title": "One", "Due": null}\nthis is no JSON\n{"Title": "Two", "Due": null}\n')
    ran = shell("run", "rows.toml", "--input", "rows.jsonl")
    assert ran.code == 8
    assert [each["error"]["message"][:6] for each in lines(ran.out) if each["step"] == "input"] == ["row 2:"]
    assert "input: not all could be read, 1 failed" in ran.err
    assert tasks() == ["One", "Two"]


@pytest.mark.parametrize("text", ["Title,Due\nOne,2026-03-02\n", '{"Title": "One", "Due": null}\n', '[{"Title": "One", "Due": null}]'])
def test_items_come_from_standard_input(shell: Shell, chain: str, text: str) -> None:
    assert shell("run", "rows.toml", "--input", "-", stdin=text).code == 0
    assert tasks() == ["One"]


def test_what_one_run_printed_is_what_another_begins_with(shell: Shell, chain: str) -> None:
    Path("done.toml").write_text('version = 1\n[step.done]\nrun = "tasks.update_one"\nwith.id = "{{item.id}}"\nwith.status = "DONE"\n')
    first = shell("run", chain)
    ran = shell("run", "done.toml", "--input", "-", stdin=first.out)
    assert ran.code == 0
    assert [(each["item"]["title"], each["item"]["status"]) for each in lines(ran.out)] == [
        ("Call Baker", "DONE"),
        ("Call Charlie", "DONE"),
    ]


def test_a_dry_run_shows_the_requests_and_writes_nothing(shell: Shell, chain: str) -> None:
    ran = shell("run", chain, "--dry-run")
    assert ran.code == 0
    assert [(each["step"], each["method"], each["body"]) for each in lines(ran.out)] == [
        ("companies", "GET", None),
        ("tasks", "POST", {"title": "Call Baker"}),
        ("tasks", "POST", {"title": "Call Charlie"}),
    ]
    assert "Nothing was written." in ran.err
    assert tasks() == []
    assert shell("runs").json == []


def test_a_limit_and_no_journal(shell: Shell, chain: str) -> None:
    ran = shell("run", chain, "--limit", "1", "--no-journal")
    assert (ran.code, tasks()) == (0, ["Call Baker"])
    assert "undo" not in ran.err
    assert shell("runs").json == []


def test_a_chain_comes_from_standard_input(shell: Shell, chain: str) -> None:
    assert shell("run", "-", stdin=CALLS).code == 0
    assert tasks() == ["Call Baker", "Call Charlie"]
    assert shell("runs").json[0]["what"] == "icosa run chain"
    ran = shell("run", "-", "--input", "-", stdin=FOR_ROWS)
    assert (ran.code, ran.out) == (2, "")
    assert "cannot both come from standard input" in ran.err


def test_json_of_the_same_shape_is_run_too(shell: Shell, chain: str) -> None:
    step = {"run": "tasks.create_one", "with": {"title": "One"}}
    Path("one.json").write_text(json.dumps({"version": 1, "step": {"one": step}}))
    assert shell("run", "one.json").code == 0
    assert tasks() == ["One"]


def test_a_step_that_stops_gives_its_errors_exit_code_and_says_how_to_undo(shell: Shell, chain: str) -> None:
    Path("stop.toml").write_text(FOR_ROWS.replace('create_one"', 'create_one"\non-error = "stop"'))
    ran = shell("run", "stop.toml", "--input", "-", stdin="Title,Due\nOne,2026-03-02\nTwo,someday\nThree,2026-03-04\n")
    assert ran.code == 5
    assert "To put it back: icosa undo" in ran.err
    assert "error: Due At: " in ran.err
    assert "note: It is step tasks, for item 1 of input" in ran.err
    assert tasks() == ["One"]


def test_no_secret_is_printed_unless_it_is_asked_for(shell: Shell, chain: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ICOSA_WEBHOOK_SECRET", "made-up-for-this")
    properties = {"targetUrl": "https://hooks.example.com", "secret": "{{env.ICOSA_WEBHOOK_SECRET}}"}
    Path("hook.toml").write_text(chain_text(Chain("A", (Step("hook", "webhooks.create_one", properties),))))
    for options in ((), ("--dry-run",)):
        ran = shell("run", "hook.toml", *options)
        assert ran.code == 0
        assert "made-up-for-this" not in ran.out + ran.err
        assert "••••" in ran.out
    assert "made-up-for-this" in shell("run", "hook.toml", "--show-secrets").out


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (
            ("rows.toml",),
            5,
            "error: items: this chain begins with items, which its references name; give it some, in the shell with --input FILE",
        ),
        (("rows.toml", "--input", "gone.csv"), 2, "error: there is no file gone.csv"),
        (("gone.toml",), 2, "error: there is no file gone.toml"),
        (("calls.toml", "--as", "curl"), 2, "error: --as writes one call, and calls.toml is a chain"),
        (("crm.people.find_many()", "--limit", "3"), 2, "error: --limit is for chains, and this is one call"),
        (
            ("wrong.toml",),
            5,
            "error: wrong.toml: line 3: step a: there is no operation of People called 'find_mnay'; did you mean find_many?",
        ),
        (
            ("rows.toml", "--input", "other.csv"),
            5,
            "step tasks, Title: {{item.Title}}: there is no value of the items it begins with called 'Title'; did",
        ),
    ],
)
def test_what_is_wrong_is_said_before_anything_is_sent(shell: Shell, chain: str, arguments: tuple[str, ...], code: int, said: str) -> None:
    Path("wrong.toml").write_text('version = 1\n[step.a]\nrun = "people.find_mnay"\n')
    Path("other.csv").write_text("title,Due\nOne,\n")
    ran = shell("run", *arguments)
    assert ran.code == code
    assert said in ran.err
    assert ran.out == ""


def test_a_call_keeps_a_journal_where_it_is_told_to(shell: Shell, chain: str) -> None:
    assert "undo" not in shell("run", "crm.tasks.create_one(title='One')").err
    assert "icosa undo" in shell("run", "crm.tasks.create_one(title='Two')", "--journal").err


def test_a_chain_that_is_not_there_is_told_as_a_file_also_with_spaces_in_its_name(shell: Shell, tmp_path: Path) -> None:
    ran = shell("run", str(tmp_path / "For each of Companies.toml"))
    assert ran.code == 2
    assert "there is no file For each of Companies.toml in" in ran.err
