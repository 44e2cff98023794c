"""What the shell says of what it sends, waits for and tries again: nothing unless asked, or where somebody would wonder."""

import re

import pytest

from tests.cli.conftest import Shell
from tests.cli.terminal import on_terminal, screen
from tests.client.scripted import KEY, Reply, scripted
from tests.serving import Server, free_port

SECRET = "Analytical Engines"
FIND = ("companies", "find-many", "--filter", f'name[eq]:"{SECRET}"')
PAGE = {"data": {"companies": []}, "pageInfo": {"hasNextPage": False, "startCursor": None, "endCursor": None}, "totalCount": 0}


def test_nothing_is_said_where_all_is_well(shell: Shell, on_server: Server) -> None:
    assert shell(*FIND).err == ""


@pytest.mark.parametrize("given", [("-v", *FIND), ("--verbose", *FIND), (*FIND, "-v"), (*FIND, "--verbose")])
def test_every_request_is_told_with_verbose(shell: Shell, on_server: Server, given: tuple[str, ...]) -> None:
    ran = shell(*given)
    assert ran.code == 0
    (line,) = ran.err.splitlines()
    assert line.startswith("debug: Find Many Companies: 200 in ")
    assert SECRET not in ran.err


def test_or_where_the_environment_says_so(shell: Shell, on_server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ICOSA_LOG", " Debug ")
    assert shell(*FIND).err.startswith("debug: Find Many Companies: 200 in ")
    monkeypatch.setenv("ICOSA_LOG", "info")
    assert shell(*FIND).err == ""
    monkeypatch.setenv("ICOSA_LOG", "loud")
    ran = shell(*FIND)
    assert (ran.code, ran.err) == (5, "error: ICOSA_LOG: 'loud' is no level; give debug, info, warning or error\n")


def test_one_run_leaves_the_next_alone(shell: Shell, on_server: Server) -> None:
    assert "debug: " in shell(*FIND, "-v").err
    assert shell(*FIND).err == ""


def test_a_workspace_in_a_file_is_told_of_too(shell: Shell) -> None:
    assert shell("-v", *FIND).err.startswith("debug: Find Many Companies: 200 in ")


def test_a_person_hears_at_once_that_nobody_listens_and_for_how_long_it_is_tried(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ICOSA_RETRIES", "2 s")
    url = f"http://127.0.0.1:{free_port()}"
    ran = shell(*FIND, "--url", url, "--token-file", "-", stdin=KEY)
    first, error, note, _ = ran.err.splitlines()
    reason = f"{url} cannot be reached: nobody listens there. Check that the server runs, and the port in its address"
    assert (ran.code, first, error) == (7, f"warning: {reason}; trying again for 2 s", f"error: {reason}")
    assert re.fullmatch(r"note: It was tried for [\d.]+ s, \d+ times; retries= in Python, or ICOSA_RETRIES, says for how long\.", note)


def test_a_name_that_nobody_knows_is_told_at_once(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise OSError(-2, "Name or service not known")

    monkeypatch.setattr("socket.getaddrinfo", unknown)
    ran = shell(*FIND, "--url", "http://crm.example.com", "--token-file", "-", stdin=KEY)
    assert (ran.code, "its name is not known" in ran.err, "trying again" in ran.err) == (7, True, False)


def test_login_tries_once(shell: Shell) -> None:
    ran = shell("login", "--url", f"http://127.0.0.1:{free_port()}", "--token-file", "-", stdin=KEY)
    assert (ran.code, "nobody listens there" in ran.err, "tried for" in ran.err) == (7, True, False)


def test_a_server_that_is_back_is_all_that_matters(shell: Shell) -> None:
    answers = iter([503, 503])
    with scripted(lambda _: Reply(b"", status) if (status := next(answers, 0)) else Reply(PAGE)) as server:
        ran = shell(*FIND, "--url", server.url, "--token-file", "-", stdin=KEY)
    assert (ran.code, ran.json["totalCount"]) == (0, 0)


def test_what_is_said_stands_on_lines_of_its_own_on_a_terminal(on_server: Server) -> None:
    lines = screen(on_terminal(["-m", "icosa", "-v", *FIND]))
    assert lines[0].startswith("debug: Find Many Companies: 200 in ")
    assert lines[1] == "0 of 0"
