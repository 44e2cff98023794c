"""`icosa login` keeps a credential that works, and commands go where it says."""

import os
import pty
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Shell
from tests.client.scripted import Reply, scripted
from tests.serving import Server, free_port, icosa


def kept(home: Path) -> list[Path]:
    return [file for file in home.rglob("credentials.json") if file.is_file()]


def test_a_key_that_works_is_kept_for_its_owner_alone(shell: Shell, server: Server, home: Path) -> None:
    ran = shell("login", "--url", f"{server.url}/", "--token-file", "-", stdin=f"{server.token}\n")
    assert ran.code == 0, ran.err
    assert server.token not in ran.out + ran.err
    (file,) = kept(home)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert shell("status").json == {
        "workspace": server.url,
        "from": "icosa login",
        "kind": "server",
        "key": True,
        "key_from": "icosa login",
    }
    assert shell("companies", "find-many", "--limit", "1").code == 0
    assert shell("logout").code == 0
    assert kept(home) == []
    assert shell("status").json["kind"] == "embedded"


def test_a_key_that_does_not_work_is_not_kept(shell: Shell, server: Server, home: Path) -> None:
    ran = shell("login", "--url", server.url, "--token-file", "-", stdin="not-a-key-of-this-server")
    assert ran.code == 3
    assert "was not kept" in ran.err
    assert "not-a-key-of-this-server" not in ran.err
    assert kept(home) == []


def test_a_server_that_is_not_there_is_told(shell: Shell, home: Path) -> None:
    assert shell("login", "--url", f"http://127.0.0.1:{free_port()}", "--token-file", "-", stdin="a-key").code == 7
    assert kept(home) == []


def test_a_key_that_may_not_see_companies_is_good(shell: Shell, home: Path) -> None:
    with scripted(Reply({"statusCode": 403, "error": "Forbidden", "messages": ["Forbidden resource"]}, 403)) as server:
        assert shell("login", "--url", server.url, "--token-file", "-", stdin="a-key").code == 0
    assert len(kept(home)) == 1


def test_the_environment_goes_before_login(shell: Shell, server: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    shell("login", "--url", server.url, "--token-file", "-", stdin=server.token)
    monkeypatch.setenv("ICOSA_URL", "https://crm.example.com")
    monkeypatch.setenv("ICOSA_TOKEN", "another-key")
    assert shell("status").json["workspace"] == "https://crm.example.com"
    assert shell("people", "find-many", "--dry-run").json["workspace"] == "https://crm.example.com"
    assert shell("people", "find-many", "--dry-run", "--database", f"{tmp_path}/crm.db").json["workspace"] == f"sqlite:///{tmp_path}/crm.db"


def test_without_a_terminal_nobody_is_asked(shell: Shell) -> None:
    ran = shell("login", "--url", "https://crm.example.com")
    assert ran.code == 2
    assert "--token-file" in ran.err
    assert "--url" in shell("login").err


def test_an_address_that_is_none_is_told_before_a_key_is_asked_for(shell: Shell) -> None:
    ran = shell("login", "--url", "crm.example.com", terminal=True)
    assert ran.code == 5
    assert "write it in full, such as https://crm.example.com" in ran.err


def test_an_embedded_workspace_needs_no_login(shell: Shell) -> None:
    assert "needs no key" in shell("login", "--url", "sqlite:///crm.db", "--token-file", "-", stdin="a").err


def test_a_key_in_the_environment_is_that_of_an_embedded_workspace_too(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ICOSA_DATABASE", f"{tmp_path}/crm.db")
    assert "act as its owner, without a key" in shell("status", terminal=True).out
    key = shell("keys", "create", "Watcher", "--read-only").out.strip()
    monkeypatch.setenv("ICOSA_TOKEN", key)
    assert "from ICOSA_DATABASE, the key from ICOSA_TOKEN." in shell("status", terminal=True).out
    assert (shell("status").json["key"], shell("status").json["key_from"]) == (True, "ICOSA_TOKEN")
    for named in ((), ("--database", f"{tmp_path}/crm.db")):
        assert shell("companies", "find-many", *named).code == 0
        ran = shell("companies", "create-one", "--name", "Refused", *named)
        assert (ran.code, ran.out) == (3, "")
        assert 'the API key "Watcher" may only read' in ran.err
    monkeypatch.setenv("ICOSA_URL", "https://crm.example.com")  # whose the key is then
    assert shell("companies", "create-one", "--name", "The owner's", "--database", f"{tmp_path}/crm.db").code == 0


def test_a_blank_file_is_no_key(shell: Shell, tmp_path: Path) -> None:
    ran = shell("companies", "find-many", "--database", f"{tmp_path}/crm.db", "--token-file", "-", stdin="\n")
    assert (ran.code, ran.out) == (3, "")
    assert "--token-file: the API key is blank" in ran.err


def test_status_tells_a_person_where_commands_go(shell: Shell, home: Path) -> None:
    assert str(home) in shell("status", terminal=True).out


def test_a_typed_key_is_not_shown(server: Server, home: Path) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "icosa", "login", "--url", server.url]
    process = subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True)
    os.close(theirs)
    shown = b""
    while b"API key: " not in shown:
        shown += os.read(ours, 1024)
    os.write(ours, server.token.encode() + b"\n")
    try:
        while part := os.read(ours, 1024):
            shown += part
    except OSError:  # what Linux says at the end of a terminal
        pass
    os.close(ours)
    assert process.wait(30) == 0, shown
    assert server.token.encode() not in shown
    assert len(kept(home)) == 1
    assert icosa("companies", "find-many").returncode == 0
