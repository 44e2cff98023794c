"""`icosa changed`: what changed since, in the shell."""

import json
from pathlib import Path
from typing import Any

from tests.cli.conftest import Ran, Shell


def lines(ran: Ran) -> list[Any]:
    assert ran.code == 0, ran.err
    return [json.loads(each) for each in ran.out.splitlines()]


def test_each_run_goes_on_where_the_last_one_ended(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "people.token"
    made = shell("people", "create-one", "--city", "Paris").json
    assert [each["city"] for each in lines(shell("changed", "people", "--since-file", str(file)))] == ["Paris"]
    assert lines(shell("changed", "people", "--since-file", str(file))) == []
    shell("people", "delete-one", made["id"])
    (deleted,) = lines(shell("changed", "people", "--since-file", str(file)))
    assert deleted["id"] == made["id"]
    assert deleted["deletedAt"]
    assert [each.name for each in tmp_path.iterdir() if "token" in each.name] == ["people.token"]


def test_without_a_file_it_says_how_to_go_on(shell: Shell) -> None:
    shell("people", "create-one", "--city", "Paris")
    ran = shell("changed", "people")
    assert [each["city"] for each in lines(ran)] == ["Paris"]
    since = ran.err.strip().rpartition("--since ")[2]
    assert lines(shell("changed", "people", "--since", since)) == []
    shown = shell("changed", "people", terminal=True)
    assert "Paris" in shown.out
    assert "1 changed" in shown.err


def test_secrets_are_not_shown(shell: Shell) -> None:
    shell("webhooks", "create-one", "--target-url", "https://example.com", "--secret", "hush")
    assert lines(shell("changed", "webhooks"))[0]["secret"] == "••••"
    assert lines(shell("changed", "webhooks", "--show-secrets"))[0]["secret"] == "hush"


def test_what_is_no_moment_is_refused(shell: Shell) -> None:
    ran = shell("changed", "people", "--since", "yesterday")
    assert ran.code == 5
    assert "since" in ran.err


def test_where_no_token_can_be_kept_nothing_is_printed(shell: Shell, tmp_path: Path) -> None:
    nowhere = shell("changed", "people", "--since-file", str(tmp_path / "none" / "people.token"))
    assert (nowhere.code, nowhere.out) == (2, "")
    assert "there is no folder" in nowhere.err
    unread = tmp_path / "people.token"
    unread.write_bytes(b"\xff\xfe")
    assert "is not UTF-8 text" in shell("changed", "people", "--since-file", str(unread)).err
