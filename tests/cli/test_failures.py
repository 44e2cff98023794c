"""What goes wrong says which property it is about and how to mend it, and ends with a code that tells programs."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from icosa.surfaces.cli.main import run
from icosa.surfaces.cli.tree import ROOT
from tests.cli.conftest import Shell
from tests.client.scripted import Asked, Reply, Scripted, scripted
from tests.little_room import refuses_all
from tests.serving import Server, free_port, icosa

ID = "20202020-1c25-4d02-bf25-6aeccf7ea419"
ACCOUNTS = "connected-accounts"
KEY = "a-key-that-nobody-may-see"

CASES = {
    "an Id that is missing": ([ACCOUNTS, "find-one"], 5, ["Id: is missing", "a UUID, such as"]),
    "an Id that is no UUID": ([ACCOUNTS, "update-one", "42", "--handle", "a"], 5, ['Id: "42" is not a UUID', "send 32 hexadecimal digits"]),
    "an Id that is not there": ([ACCOUNTS, "delete-one", ID], 4, ["Id: there is no Connected Account with the id " + ID]),
    "malformed JSON": (
        [ACCOUNTS, "create-one", "--scopes", '["mail.read",\n  oops]'],
        5,
        ["Scopes: not JSON: line 2, column 3", '["mail.read"]'],
    ),
    "JSON of another shape": ([ACCOUNTS, "create-one", "--scopes", '{"a": 1}'], 5, ["Scopes: ", "is not a list"]),
    "a depth that is none": ([ACCOUNTS, "find-one", ID, "--depth", "3"], 5, ['Depth: "3" is no depth', "0 ", "1 ", "2 "]),
    "an option that is none": (
        ["tasks", "create-one", "--status", "LATE"],
        5,
        ['Status: "LATE" is none of its options', "TODO, IN_PROGRESS, DONE"],
    ),
    "a date that is none": (
        [ACCOUNTS, "create-one", "--auth-failed-at", "soon"],
        5,
        ['Auth Failed At: "soon" is not a date', "2026-02-03T"],
    ),
    "a number that is none": (["companies", "create-one", "--employees", "many"], 5, ['Employees: "many" is not a number', "12"]),
    "a boolean that is none": (
        ["companies", "create-one", "--ideal-customer-profile", "perhaps"],
        5,
        ["Ideal Customer Profile: ", "true or false"],
    ),
    "a link that is no UUID": ([ACCOUNTS, "create-one", "--account-owner-id", "me"], 5, ['Account Owner Id: "me" is not a UUID']),
    "a link to nobody": ([ACCOUNTS, "create-one", "--account-owner-id", ID], 5, ["Account Owner Id: ", ID]),
    "what is required": (["api-keys", "create-one", "--name", "a"], 5, ["Expires At: is required"]),
    "a filter that is none": (["companies", "find-many", "--filter", "name[equals]:a"], 5, ["equals"]),
    "an order that is none": (["companies", "find-many", "--order-by", "nothing"], 5, ["nothing"]),
    "a limit that is none": (["companies", "find-many", "--limit", "few"], 5, ['Limit: "few"', "a whole number"]),
    "a property that is none": (["companies", "create-one", "--data", '{"nam": 1}'], 5, ["no property 'nam'", "'Name'"]),
    "an option that the command has not": (["companies", "create-one", "--nam", "a"], 2, ["'--nam'", "'--name'"]),
    "an operation that is none": (["companies", "find"], 2, ["companies has no command 'find'", "find-many"]),
    "a resource that is none": (["compani", "find-many"], 2, ["no command 'compani'", "companies"]),
    "an address that is none": (["companies", "find-many", "--url", "crm.example.com"], 5, ["no scheme", "https://crm.example.com"]),
    "a server without a key": (["companies", "find-many", "--url", "https://crm.example.com"], 3, ["no API key", "icosa login"]),
    "a database that is none": (["companies", "find-many", "--database", "mysql://crm"], 5, ["mysql://", "sqlite:///path"]),
}


@pytest.mark.parametrize("what", CASES)
def test_is_told(shell: Shell, what: str) -> None:
    arguments, code, shown = CASES[what]
    ran = shell(*arguments)
    assert (ran.code, ran.out) == (code, "")
    assert ran.err.startswith("error: ")
    assert [text for text in shown if text not in ran.err] == []


@pytest.mark.parametrize("what", ["an Id that is no UUID", "malformed JSON", "an option that is none", "an operation that is none"])
def test_is_told_by_a_real_process_too(home: Path, what: str) -> None:
    arguments, code, shown = CASES[what]
    ran = icosa(*arguments, check=False)
    assert (ran.returncode, ran.stdout) == (code, "")
    assert [text for text in shown if text not in ran.stderr] == []


class TestKeys:
    """Against a real server."""

    def key(self, server: Server, *more: str) -> tuple[str, str]:
        name = f"Key {uuid4()}"
        return name, icosa("keys", "create", name, "--database", server.database, *more).stdout.strip()

    def find(self, shell: Shell, token: str) -> tuple[int, str]:
        ran = shell("companies", "find-many", "--depth", "0", "--token-file", "-", stdin=token)
        assert token not in ran.out + ran.err
        return ran.code, ran.err

    def test_a_wrong_one(self, shell: Shell, on_server: Server) -> None:
        code, shown = self.find(shell, on_server.token[:-1] + ("0" if on_server.token[-1] != "0" else "1"))
        assert code == 3
        assert "API key" in shown
        assert "icosa keys create" in shown

    def test_none_at_all(self, shell: Shell, on_server: Server) -> None:
        code, shown = self.find(shell, "  \n")
        assert code == 3
        assert "--token-file: the API key is blank" in shown or "token: the API key is blank" in shown

    def test_one_that_is_revoked_while_it_is_used(self, shell: Shell, on_server: Server) -> None:
        name, token = self.key(on_server)
        assert self.find(shell, token)[0] == 0
        assert shell("keys", "revoke", name, "--database", on_server.database).code == 0
        code, shown = self.find(shell, token)
        assert code == 3
        assert f'"{name}" was revoked' in shown

    def test_one_that_expires_while_it_is_used(self, shell: Shell, on_server: Server) -> None:
        for seconds in (2, 10, 50):  # a busy machine takes longer than the shortest until it first uses a key
            name, token = self.key(on_server, "--expires", f"{seconds}s")
            codes = [self.find(shell, token)[0]]
            if codes == [0]:
                break
        while codes[-1] == 0 and len(codes) < 5000:
            codes.append(self.find(shell, token)[0])
        assert set(codes[:-1]) == {0}
        code, shown = self.find(shell, token)
        assert code == codes[-1] == 3
        assert f'"{name}" expired at' in shown


class TestNetwork:
    """Each tried once; test_log.py has what is said while a request is tried again."""

    @pytest.fixture(autouse=True)
    def once(self, monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
        monkeypatch.setenv("ICOSA_RETRIES", "0")

    def find(self, shell: Shell, url: str, *more: str) -> tuple[int, str]:
        ran = shell("companies", "find-many", "--url", url, "--token-file", "-", *more, stdin=KEY)
        assert ran.out == ""
        assert KEY not in ran.err
        return ran.code, ran.err

    def test_a_server_that_is_not_there(self, shell: Shell) -> None:
        url = f"http://127.0.0.1:{free_port()}"
        code, shown = self.find(shell, url)
        assert code == 7
        assert f"{url} cannot be reached" in shown

    def test_a_server_that_is_slow(self, shell: Shell, waiting: "Waiting") -> None:
        code, shown = self.find(shell, waiting.server.url, "--timeout", "0.2")
        assert code == 7
        assert "did not answer GET /rest/companies within 0.2 seconds" in shown

    @pytest.mark.parametrize("status", [500, 502, 503])
    def test_a_server_that_fails(self, shell: Shell, status: int) -> None:
        with scripted(Reply(b"<html>gateway</html>", status, "text/html")) as server:
            code, shown = self.find(shell, server.url)
        assert code == 9
        assert str(status) in shown

    def test_a_server_that_does_not_speak_json(self, shell: Shell) -> None:
        with scripted(Reply(b"<html>Welcome!</html>", kind="text/html")) as server:
            code, shown = self.find(shell, server.url)
        assert code == 9
        assert "not JSON" in shown
        assert "Check that the address" in shown

    def test_a_server_that_answers_something_else(self, shell: Shell) -> None:
        with scripted(Reply({"hello": "world"})) as server:
            assert self.find(shell, server.url)[0] == 9

    def test_a_server_that_would_steer_the_terminal(self, shell: Shell) -> None:
        with scripted(Reply({"statusCode": 400, "messages": ["no\x1b]0;title\x07 way"]}, 400)) as server:
            code, shown = self.find(shell, server.url)
        assert code != 0
        assert not {"\x1b", "\x07"} & set(shown)

    def test_a_server_that_has_had_enough_for_longer_than_anybody_waits(self, shell: Shell) -> None:
        with scripted(Reply({"statusCode": 429, "message": "Too Many Requests"}, 429, headers={"Retry-After": "400"})) as server:
            code, shown = self.find(shell, server.url)
        assert code == 6
        assert "400 seconds" in shown


class Waiting:
    """A server that lets its callers wait until the test is over."""

    def __init__(self) -> None:
        self.asked = threading.Event()
        self.over = threading.Event()
        self.server: Scripted

    def reply(self, _: Asked) -> Reply:
        self.asked.set()
        self.over.wait(60)
        return Reply(status=None)


@pytest.fixture
def waiting() -> Iterator[Waiting]:
    held = Waiting()
    with scripted(held.reply) as held.server:
        yield held
        held.over.set()


def test_ctrl_c_ends_it(home: Path, waiting: Waiting) -> None:
    environment = {**os.environ, "ICOSA_URL": waiting.server.url, "ICOSA_TOKEN": KEY}
    command = [sys.executable, "-m", "icosa", "companies", "find-many"]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert waiting.asked.wait(30)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=120)
    assert (process.returncode, out, err.strip()) == (130, "", "interrupted")


@pytest.mark.parametrize("arguments", [["actions", "--json"], ["--help"]], ids=" ".join)
def test_a_reader_that_goes_away_is_no_reason_to_shout(arguments: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    ran = subprocess.run([sys.executable, "-m", "icosa", *arguments], stdout=writing, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writing)
    assert (ran.returncode, ran.stderr) == (1, "")


def test_a_failure_of_the_system_that_is_about_no_file_is_a_fault_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(ROOT, "main", fail)
    with pytest.raises(OSError, match="Input/output error"):
        run(["--help"])


@pytest.mark.skipif(not refuses_all(), reason="a system without /dev/full")
@pytest.mark.parametrize("command", ["actions", "--help"])
def test_output_that_does_not_fit_on_a_disk_is_an_error_in_one_line(command: str) -> None:
    with open("/dev/full", "w") as full:
        ended = subprocess.run([sys.executable, "-m", "icosa", command], stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert ended.returncode == 1
    assert ended.stderr == "error: standard output: No space left on device; free some space, and run it again\n"
