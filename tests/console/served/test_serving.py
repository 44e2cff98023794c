"""The console as a part of `icosa serve`, and by itself: real processes, spoken to as a browser does."""

import http.client
import os
import pty
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest

from tests.serving import Server, free_port, icosa, serving

SECONDS = 60


def ask(url: str, method: str = "GET", body: str = "", **headers: str) -> tuple[int, dict[str, str], str]:
    """(status, headers, text) of one request, with the word of a browser that our own page makes it."""
    parts = urlsplit(url)
    with closing(http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=SECONDS)) as line:
        told = {"Sec-Fetch-Site": "same-origin", "Content-Type": "application/x-www-form-urlencoded", **headers}
        line.request(method, parts.path or "/", body or None, told)
        answer = line.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read().decode()


def signed_in(server: Server) -> str:
    """The cookie of who signs in with the server's key."""
    status, headers, _ = ask(f"{server.url}/sign-in", "POST", urlencode({"key": server.token}))
    assert status == 303
    return headers["set-cookie"].partition(";")[0]


@contextmanager
def on_terminal(*arguments: str, **variables: str) -> Iterator[str]:
    """The link that a command shows on a terminal, while it runs."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen([sys.executable, "-m", "icosa", *arguments], stdout=theirs, stderr=theirs, env={**os.environ, **variables})
    os.close(theirs)
    shown = ""
    try:
        while not (found := re.search(r"http://\S+/sign-in/\S+(?=\s)", shown)):
            shown += os.read(ours, 4096).decode()
        yield found[0]
    finally:
        process.terminate()
        assert process.wait(SECONDS) == 0
        os.close(ours)


@pytest.mark.parametrize("workers", ["1", "2"])
def test_pages_and_the_api_are_one_server_and_all_its_processes_know_a_session(tmp_path: Path, workers: str) -> None:
    with serving(tmp_path, options=["--workers", workers, "--access-log", "text"]) as server:
        cookie = signed_in(server)
        for _ in range(6):  # each connection comes to one of the processes
            assert ask(f"{server.url}/nowhere", Cookie=cookie)[0] == 404
        assert ask(f"{server.url}/rest/people", Cookie=cookie)[0] == 403
        assert ask(f"{server.url}/rest/people", Authorization=f"Bearer {server.token}")[0] == 200
        assert ask(f"{server.url}/sign-in/abcdefghijklmnop", "POST")[0] == 410
        icosa("keys", "revoke", "Test key", "--database", server.database)
        for _ in range(6):
            assert ask(f"{server.url}/nowhere", Cookie=cookie)[:2][0] == 303
    said = server.log.read_text()
    assert f"The console is at {server.url}/: sign in with an API key\n" in said
    assert " 410 POST /sign-in/… " in said
    assert "abcdefghijklmnop" not in said
    assert cookie.partition("=")[2] not in said
    assert "/sign-in/" not in said.replace("/sign-in/…", "")  # where it may be a log, no link is told


@pytest.mark.parametrize("workers", ["1", "2"])
def test_on_a_terminal_the_owner_gets_a_link_that_is_good_once(tmp_path: Path, workers: str) -> None:
    database = f"sqlite:///{tmp_path}/crm.db"
    with on_terminal("serve", "--database", database, "--port", str(free_port()), "--workers", workers) as link:
        assert ask(link)[0] == 200
        status, headers, _ = ask(link, "POST")
        assert (status, headers["location"]) == (303, "/")
        assert ask(link, "POST")[0] == 410


def test_without_the_console_nothing_but_the_api_answers(tmp_path: Path) -> None:
    with serving(tmp_path, options=["--no-console"]) as server:
        for path in ("/", "/sign-in", "/static/icosa.css"):
            status, headers, text = ask(f"{server.url}{path}")
            assert (status, headers["content-type"]) == (404, "application/json; charset=utf-8")
            assert f"Cannot GET {path}" in text
    assert "console" not in server.log.read_text()


def test_behind_a_proxy_it_goes_by_the_address_that_people_type(tmp_path: Path) -> None:
    with serving(tmp_path, options=["--public-url", "https://crm.example.com/"]) as server:
        said = {"Host": "crm.example.com", "Origin": "https://crm.example.com"}
        status, headers, _ = ask(f"{server.url}/sign-in", "POST", urlencode({"key": server.token}), **said)
        assert status == 303
        assert headers["set-cookie"].startswith("__Host-icosa")
        assert "Secure" in headers["set-cookie"]
        assert ask(f"{server.url}/sign-in", Host="evil.example.com")[0] == 421
    assert "The console is at https://crm.example.com/:" in server.log.read_text()


@pytest.mark.parametrize("url", ["crm.example.com", "https://crm.example.com/console", "ftp://crm.example.com", "https://"])
def test_a_public_address_that_is_none_is_refused(url: str) -> None:
    ran = icosa("serve", "--public-url", url, check=False)
    assert ran.returncode == 2
    assert "https://crm.example.com" in ran.stderr


def test_a_server_that_shows_no_page_has_loaded_nothing_of_them(tmp_path: Path) -> None:
    with serving(tmp_path) as server:
        maps = Path(f"/proc/{server.process.pid}/maps")
        if not maps.exists():
            pytest.skip("this system does not tell what a process has loaded")
        assert ask(f"{server.url}/rest/people", Authorization=f"Bearer {server.token}")[0] == 200
        assert "markupsafe" not in maps.read_text()
        assert ask(f"{server.url}/sign-in")[0] == 200
        assert "markupsafe" in maps.read_text()


def test_by_itself_it_shows_a_server_elsewhere_and_gives_its_key_to_nobody(tmp_path: Path) -> None:
    with (
        serving(tmp_path, options=["--no-console"]) as server,
        on_terminal("console", "--no-browser", ICOSA_URL=server.url, ICOSA_TOKEN=server.token, XDG_CONFIG_HOME=str(tmp_path)) as link,
    ):
        address = link.partition("/sign-in/")[0]
        assert address != server.url
        assert ask(f"{address}/sign-in", "POST", urlencode({"key": server.token}))[0] == 403
        status, headers, text = ask(link, "POST")
        assert status == 303
        cookie = headers["set-cookie"].partition(";")[0]
        for path in ("/nowhere", "/rest/people", "/healthz"):
            status, headers, text = ask(f"{address}{path}", Cookie=cookie)
            assert status == 404
            assert server.token not in text + str(headers)


def test_by_itself_it_shows_a_database_too(tmp_path: Path) -> None:
    with on_terminal("console", "--no-browser", "--database", f"{tmp_path}/crm.db") as link:
        assert ask(link, "POST")[0] == 303


@pytest.mark.parametrize("in_environment", [False, True])
def test_with_a_key_to_a_database_it_is_that_key_who_looks(tmp_path: Path, in_environment: bool) -> None:
    database, file = f"{tmp_path}/crm.db", tmp_path / "key"
    key = icosa("keys", "create", "Watcher", "--read-only", "--database", database).stdout.strip()
    file.write_text(key)
    options, variables = ([], {"ICOSA_TOKEN": key}) if in_environment else (["--token-file", str(file)], {})
    with on_terminal("console", "--no-browser", "--database", database, *options, **variables) as link:
        address = link.partition("/sign-in/")[0]
        status, headers, _ = ask(link, "POST")
        assert status == 303
        status, _, text = ask(f"{address}/", Cookie=headers["set-cookie"].partition(";")[0])
        assert "Watcher" in text
        assert "the owner" not in text
        assert ask(f"{address}/sign-in", "POST", urlencode({"key": key}))[0] == 403
    file.write_text("of-another-workspace")
    ran = icosa("console", "--no-browser", "--database", database, "--token-file", str(file), check=False)
    assert (ran.returncode, ran.stdout) == (3, "")
    assert "the API key is none of this workspace's" in ran.stderr
