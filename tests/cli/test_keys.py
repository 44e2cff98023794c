"""`icosa keys`: a token is shown once, only its hash is kept, and revoking holds at once."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

import icosa
from icosa.errors import InvalidValue
from icosa.surfaces.cli.keys import expiry
from icosa.workspace import open_workspace
from icosa.workspace.access import issue
from icosa.workspace.store.statement import Statements
from tests.cli.conftest import Shell

TOKEN = re.compile(r"icosa_[0-9a-f]{32}_[A-Za-z0-9_-]{51}")
NOW = datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC)


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, home: Path) -> str:
    url = f"sqlite:///{tmp_path}/crm.db"
    monkeypatch.setenv("ICOSA_DATABASE", url)
    return url


def test_the_token_stands_alone_on_standard_output(shell: Shell, database: str) -> None:
    ran = shell("keys", "create", "Nightly import")
    assert ran.code == 0
    assert TOKEN.fullmatch(ran.out.removesuffix("\n"))
    assert ran.out.strip() not in ran.err


def test_the_token_works_and_is_kept_nowhere(shell: Shell, database: str, tmp_path: Path) -> None:
    token = shell("keys", "create", "Nightly import").out.strip()
    with icosa.connect(database, token) as crm:
        made = crm.companies.create_one(name="Acme")
        assert made["createdBy"]["name"] == "Nightly import"
    secret = token.rpartition("_")[2].encode()
    assert [
        file.name for file in tmp_path.rglob("*") if file.is_file() and (token.encode() in file.read_bytes() or secret in file.read_bytes())
    ] == []


def test_keys_are_listed_without_tokens(shell: Shell, database: str) -> None:
    token = shell("keys", "create", "Nightly import", "--expires", "2099-02-03").out.strip()
    shell("keys", "create", "Console")
    shell("api-keys", "create-one", "--name", "Made by hand", "--expires-at", "2099-02-03")
    shell("api-keys", "create-one", "--name", "Old", "--expires-at", "2020-02-03")
    ran = shell("keys", "list")
    assert token not in ran.out
    listed = {each["name"]: each for each in ran.json}
    assert {name: each["state"] for name, each in listed.items()} == {
        "Nightly import": "active", "Console": "active", "Made by hand": "no token", "Old": "expired",
    }  # fmt: skip
    assert listed["Nightly import"]["expiresAt"] == "2099-02-03T00:00:00.000Z"
    assert "Nightly import" in shell("keys", "list", terminal=True).out


def test_they_are_rows_of_the_object_api_keys(shell: Shell, database: str) -> None:
    shell("keys", "create", "Nightly import")
    (record,) = shell("api-keys", "find-many").json["data"]["apiKeys"]
    assert record["name"] == "Nightly import"
    assert record["id"] == shell("keys", "list").json[0]["id"]


@pytest.mark.parametrize("by", ["id", "name"])
def test_a_revoked_key_is_refused(shell: Shell, database: str, by: str) -> None:
    token = shell("keys", "create", "Nightly import").out.strip()
    (key,) = shell("keys", "list").json
    assert shell("keys", "revoke", key[by]).code == 0
    (revoked,) = shell("keys", "list").json
    assert revoked["state"] == "revoked"
    with icosa.connect(database, token) as crm, pytest.raises(icosa.RevokedKey, match="Nightly import"):
        crm.companies.find_many()
    again = shell("keys", "revoke", key[by])
    assert (again.code, shell("keys", "list").json) == (0, [revoked])


def test_a_deleted_key_is_refused(shell: Shell, database: str) -> None:
    token = shell("keys", "create", "Nightly import").out.strip()
    shell("api-keys", "delete-one", shell("keys", "list").json[0]["id"])
    assert shell("keys", "list").json == []
    with icosa.connect(database, token) as crm, pytest.raises(icosa.AccessDenied):
        crm.companies.find_many()


def test_of_two_with_one_name_the_one_in_force_is_meant(shell: Shell, database: str) -> None:
    shell("keys", "create", "Import")
    shell("keys", "revoke", "Import")
    shell("keys", "create", "Import")
    assert shell("keys", "revoke", "Import").code == 0
    assert [key["state"] for key in shell("keys", "list").json] == ["revoked", "revoked"]


def test_a_key_that_may_only_read(shell: Shell, database: str) -> None:
    made = shell("keys", "create", "Watcher", "--read-only")
    assert "may only read" in made.err
    with icosa.connect(database, made.out.strip()) as crm:
        assert crm.companies.find_many().total_count == 0
        with pytest.raises(icosa.ReadOnlyKey) as caught:
            crm.companies.create_one(name="Acme")
    assert '"Watcher" may only read, and nothing was written' in str(caught.value)
    assert isinstance(caught.value, icosa.Forbidden)
    (listed,) = shell("keys", "list").json
    assert (listed["mayWrite"], listed["lastUsedAt"] is None) == (False, False)


def test_its_command_ends_as_that_of_any_refused_key(shell: Shell, database: str, tmp_path: Path) -> None:
    file = tmp_path / "token.txt"
    file.write_text(shell("keys", "create", "Watcher", "--read-only").out)
    ran = shell("companies", "create-one", "--name", "Acme", "--token-file", str(file))
    assert ran.code == icosa.ReadOnlyKey.exit_code == 3
    assert "without --read-only" in ran.err
    assert "ask for one that may" not in ran.err, "what mends it is said already"


@pytest.mark.parametrize(("columns", "ids"), [("80", False), ("120", True)])
def test_a_list_of_keys_fits_on_a_terminal(shell: Shell, database: str, monkeypatch: pytest.MonkeyPatch, columns: str, ids: bool) -> None:
    file = shell("keys", "create", "Nightly import").out.strip()
    with icosa.connect(database, file) as crm:
        crm.companies.find_many()
    monkeypatch.setenv("COLUMNS", columns)
    told = shell("keys", "list", terminal=True).out
    assert max(map(len, re.sub(r"\x1b\[[0-9;]*m", "", told).splitlines())) <= int(columns)
    assert all(heading in told for heading in ("Name", "State", "Writes", "Expires At", "Last Used"))
    assert (shell("keys", "list").json[0]["id"] in told) is ids


def test_keys_of_one_name_are_told_apart_however_narrow_the_terminal(shell: Shell, database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(2):
        shell("keys", "create", "Import")
    monkeypatch.setenv("COLUMNS", "80")
    told = shell("keys", "list", terminal=True).out
    assert all(key["id"] in told for key in shell("keys", "list").json)


def test_a_name_of_several_keys_is_not_enough(shell: Shell, database: str) -> None:
    shell("keys", "create", "Import")
    shell("keys", "create", "Import")
    ran = shell("keys", "revoke", "Import")
    assert ran.code == 5
    assert all(key["id"] in ran.err for key in shell("keys", "list").json)
    assert {key["state"] for key in shell("keys", "list").json} == {"active"}


def test_what_is_wrong_is_told(shell: Shell, database: str) -> None:
    assert shell("keys", "revoke", "nobody").code == 4
    assert shell("keys", "create", "  ").code == 5
    assert "has passed" in shell("keys", "create", "Import", "--expires", "2020-01-01").err
    assert "12h, 90d, 2w or 1y" in shell("keys", "create", "Import", "--expires", "soon").err
    assert shell("keys", "list").json == []


def test_a_key_and_its_hash_are_written_together(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the hash cannot be kept there is no record of the key either."""

    def fails(token: str, key_id: str, may_write: bool) -> Statements[None]:
        raise InvalidValue("token", "is refused by the test")

    monkeypatch.setattr(issue, "keep", fails)
    workspace = open_workspace(database)
    try:
        with pytest.raises(InvalidValue):
            issue.create_key(workspace, "Import", "2099-01-01")
        assert issue.list_keys(workspace) == []
    finally:
        workspace.close()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("90d", NOW + timedelta(days=90)),
        ("12h", NOW + timedelta(hours=12)),
        ("2w", NOW + timedelta(weeks=2)),
        ("1y", NOW + timedelta(days=365)),
        ("45s", NOW + timedelta(seconds=45)),
        ("90 days", NOW + timedelta(days=90)),
        ("1.5d", NOW + timedelta(hours=36)),
        ("30 min", NOW + timedelta(minutes=30)),
        ("2027-02-03", datetime(2027, 2, 3, tzinfo=UTC)),
        ("2027-02-03T04:05:06+02:00", datetime(2027, 2, 3, 2, 5, 6, tzinfo=UTC)),
    ],
)
def test_an_expiry_is_a_time_or_a_date(text: str, expected: datetime) -> None:
    assert datetime.fromisoformat(expiry(text, NOW)) == expected


@pytest.mark.parametrize("text", ["", "d", "-1d", "90", "5m", "9999999y", "99999999999999999999999999999y", "٣d"])
def test_an_expiry_that_is_neither_is_refused(text: str) -> None:
    with pytest.raises(InvalidValue, match="--expires"):
        expiry(text, NOW)


def test_check_says_whether_the_key_that_seals_fits(shell: Shell, database: str, tmp_path: Path) -> None:
    assert (shell("keys", "check").code, shell("keys", "check").json) == (0, [])
    shell("webhooks", "create-one", "--target-url", "https://hook.example.com", "--secret", "made-up")
    fits = shell("keys", "check")
    assert (fits.code, [(each["sealed"], each["unopened"]) for each in fits.json]) == (0, [(1, 0)])
    (tmp_path / "crm.db.key").rename(tmp_path / "kept.key")
    refused = shell("webhooks", "find-many")
    assert refused.code == 5
    assert f"{tmp_path}/crm.db.key" in refused.err
    missing = shell("keys", "check")
    assert (missing.code, missing.json[0]["unopened"]) == (5, 1)
    assert "is missing" in missing.err
    assert missing.json[0]["ids"][0]
    assert shell("keys", "create", "Nightly import").code == 0, "keys need no secrets"
    assert shell("keys", "revoke", "Nightly import").code == 0
    assert not (tmp_path / "crm.db.key").exists()


def test_forgetting_secrets_asks_first(shell: Shell, database: str, tmp_path: Path) -> None:
    shell("webhooks", "create-one", "--target-url", "https://hook.example.com", "--secret", "made-up")
    assert shell("keys", "forget-secrets", "--yes").err.count("nothing is to be forgotten") == 1
    (tmp_path / "crm.db.key").unlink()
    asked = shell("keys", "forget-secrets")
    assert asked.code == 5
    assert "1 of webhooks.secret" in asked.err
    assert shell("webhooks", "find-many").code == 5
    assert shell("keys", "forget-secrets", "--yes").code == 0
    (hook,) = shell("webhooks", "find-many").json["data"]["webhooks"]
    assert hook["secret"] == ""
