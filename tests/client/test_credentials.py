"""Which workspace is meant, with which key; and what `icosa login` keeps, so that only its owner reads it."""

import stat
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import icosa
from icosa.call.address import server_address
from icosa.client.credentials.resolving import resolve
from icosa.client.credentials.stored import credentials_file, load_credential, remove_credential, store_credential
from icosa.secret import Secret
from icosa.workspace import open_workspace
from icosa.workspace.access.issue import create_key
from tests.client.scripted import KEY

A, B = "https://a.example.com", "https://b.example.com"


def test_with_nothing_it_is_the_embedded_workspace(home: Path) -> None:
    target = resolve()
    assert target.embedded
    assert target.url.startswith(f"sqlite:///{home}")
    assert target.token is None


@pytest.mark.parametrize(
    ("environment", "url", "token"),
    [
        ({"ICOSA_URL": A, "ICOSA_TOKEN": "key-a"}, A, "key-a"),
        ({"TWENTY_BASE_URL": A, "TWENTY_API_KEY": "key-a"}, A, "key-a"),
        ({"ICOSA_URL": A, "ICOSA_TOKEN": "key-a", "TWENTY_BASE_URL": B, "TWENTY_API_KEY": "key-b"}, A, "key-a"),
        ({"ICOSA_URL": A + "/rest/", "TWENTY_BASE_URL": A, "TWENTY_API_KEY": "key-a"}, A, "key-a"),
        ({"ICOSA_TOKEN": "key-a", "TWENTY_BASE_URL": A}, A, "key-a"),
        ({"ICOSA_TOKEN": "key-x"}, "https://kept.example.com", "key-x"),
        ({"ICOSA_DATABASE": "sqlite:///x.db"}, "https://kept.example.com", "kept-key"),
        ({}, "https://kept.example.com", "kept-key"),
        ({"ICOSA_URL": "sqlite:///x.db"}, "sqlite:///x.db", None),
    ],
)
def test_the_environment_wins_over_what_was_kept(environment: dict[str, str], url: str, token: str | None) -> None:
    store_credential("https://kept.example.com", "kept-key")
    target = resolve(environ=environment)
    assert target.url == url
    assert (target.token.reveal() if target.token else None) == token


@pytest.mark.parametrize(
    ("url", "environment", "token"),
    [
        (None, {"ICOSA_DATABASE": "x.db", "ICOSA_TOKEN": "key-x"}, "key-x"),
        (None, {"ICOSA_TOKEN": "key-x"}, "key-x"),
        (None, {"ICOSA_URL": "sqlite:///x.db", "ICOSA_TOKEN": "key-x"}, "key-x"),
        ("sqlite:///x.db", {"ICOSA_TOKEN": "key-x"}, "key-x"),
        ("sqlite:///x.db", {"ICOSA_URL": "sqlite:///x.db", "ICOSA_TOKEN": "key-x"}, "key-x"),
        ("sqlite:///x.db", {"ICOSA_URL": A, "ICOSA_TOKEN": "key-a"}, None),
        ("sqlite:///x.db", {"ICOSA_URL": "sqlite:///y.db", "ICOSA_TOKEN": "key-y"}, None),
        ("sqlite:///x.db", {"TWENTY_API_KEY": "key-a"}, None),
        (None, {"ICOSA_DATABASE": "x.db", "ICOSA_TOKEN": " "}, None),
    ],
)
def test_a_key_to_an_embedded_workspace_is_acted_with_unless_it_is_that_of_another(
    url: str | None, environment: dict[str, str], token: str | None
) -> None:
    target = resolve(url, environ=environment)
    assert target.embedded
    assert (target.token.reveal() if target.token else None) == token
    assert target.key_source == ("ICOSA_TOKEN" if token else "")
    assert resolve(url, "said", environment).token == Secret("said")
    assert resolve(url, "", environment).token is None


def test_who_has_a_read_only_key_in_the_environment_only_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"sqlite:///{tmp_path}/crm.db"
    with closing(open_workspace(url)) as workspace:
        monkeypatch.setenv("ICOSA_TOKEN", create_key(workspace, "Watcher", "2999-01-01T00:00:00.000Z", read_only=True)[1])
    for named in (None, url, tmp_path / "crm.db"):
        monkeypatch.setenv("ICOSA_DATABASE", url)
        with icosa.connect(named) as crm:
            assert crm.companies.find_many().total_count == 0
            with pytest.raises(icosa.ReadOnlyKey, match=r'the API key "Watcher" may only read'):
                crm.companies.create_one(name="Refused")
    with icosa.connect(url, token="") as crm:
        assert crm.companies.create_one(name="The owner's")["name"] == "The owner's"
    monkeypatch.setenv("ICOSA_TOKEN", "of-another-server")
    with icosa.connect(url) as crm, pytest.raises(icosa.InvalidKey, match="none of this workspace's"):
        crm.companies.find_many()


def test_a_path_is_that_of_a_database_file(tmp_path: Path) -> None:
    with icosa.connect(tmp_path / "of mine.db") as crm:
        crm.companies.create_one(name="Kept")
    assert (tmp_path / "of mine.db").exists()
    assert resolve(Path("crm.db")).url == f"sqlite:///{Path('crm.db').absolute()}"


@pytest.mark.parametrize("url", [5, b"https://crm.example.com", ["https://crm.example.com"]])
def test_what_is_neither_text_nor_path_is_refused(url: Any) -> None:
    with pytest.raises(icosa.InvalidValue, match=f"^url: a {type(url).__name__} is no address"):
        icosa.connect(url, token="key")


def test_what_the_call_says_wins_over_all() -> None:
    target = resolve(B, "key-b", {"ICOSA_URL": A, "ICOSA_TOKEN": "key-a"})
    assert target.url == B
    assert target.token == Secret("key-b")


@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"ICOSA_URL": A, "ICOSA_TOKEN": "key-a"},
        {"TWENTY_BASE_URL": A, "TWENTY_API_KEY": "key-a"},
        {"ICOSA_URL": "sqlite:///x.db", "ICOSA_TOKEN": "k"},
    ],
)
def test_a_key_goes_to_no_other_server_than_its_own(environment: dict[str, str]) -> None:
    store_credential(A, "kept-key")
    with pytest.raises(icosa.MissingKey, match=r"no API key for https://b\.example\.com is known"):
        resolve(B, environ=environment)


def test_a_server_named_alone_gets_the_key_that_was_kept_for_it() -> None:
    store_credential(A, "kept-key")
    assert resolve("https://A.example.com:443/rest", environ={}).token == Secret("kept-key")


def test_without_a_keyring_the_key_is_kept_in_a_file_that_only_its_owner_reads() -> None:
    kept = store_credential(A + "/", KEY)
    assert (kept.url, kept.storage) == (A, "file")
    if sys.platform != "win32":
        assert stat.S_IMODE(credentials_file().stat().st_mode) == 0o600
        assert stat.S_IMODE(credentials_file().parent.stat().st_mode) == 0o700
    assert load_credential() == kept
    store_credential(B, "another-key")
    assert KEY not in credentials_file().read_text()
    assert [each.name for each in credentials_file().parent.iterdir()] == ["credentials.json"]
    assert remove_credential()
    assert load_credential() is None
    assert not remove_credential()


KEYRING = """
from keyring.backend import KeyringBackend

class Ring(KeyringBackend):
    priority = 5
    held = {}

    def get_password(self, service, username):
        return self.held.get((service, username))

    def set_password(self, service, username, password):
        self.held[service, username] = password

    def delete_password(self, service, username):
        del self.held[service, username]
"""


@pytest.fixture
def ring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[tuple[str, str], str]:
    """A system keyring, in memory."""
    keyring = pytest.importorskip("keyring", reason="the keyring is an extra")
    (tmp_path / "ring_in_memory.py").write_text(KEYRING)
    monkeypatch.syspath_prepend(tmp_path)
    from ring_in_memory import Ring  # type: ignore[import-not-found]

    monkeypatch.setattr(keyring, "get_keyring", Ring)
    Ring.held.clear()
    held: dict[tuple[str, str], str] = Ring.held
    return held


def test_with_a_keyring_the_key_lies_there_and_in_no_file(ring: dict[tuple[str, str], str]) -> None:
    assert store_credential(A, KEY).storage == "keyring"
    assert list(ring.values()) == [KEY]
    assert KEY not in credentials_file().read_text()
    assert resolve(environ={}).token == Secret(KEY)
    remove_credential()
    assert ring == {}


def test_a_keyring_that_does_not_give_the_key_back_is_said(ring: dict[tuple[str, str], str]) -> None:
    store_credential(A, KEY)
    ring.clear()
    with pytest.raises(icosa.MissingKey, match=r"keyring does not give the API key for https://a\.example\.com; unlock it"):
        resolve(environ={})


def test_a_file_that_is_no_credential_is_said_and_not_taken_for_none() -> None:
    store_credential(A, KEY)
    credentials_file().write_text("{")
    with pytest.raises(icosa.InvalidValue, match="run icosa login again"):
        resolve(environ={})
    store_credential(B, KEY)
    assert resolve(environ={}).url == B


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://crm.example.com", "https://crm.example.com"),
        (" https://CRM.example.com/ ", "https://crm.example.com"),
        ("https://crm.example.com/rest", "https://crm.example.com"),
        ("https://crm.example.com/rest///", "https://crm.example.com"),
        ("https://crm.example.com:443", "https://crm.example.com"),
        ("http://localhost:3000/", "http://localhost:3000"),
        ("http://[::1]:3000/rest/", "http://[::1]:3000"),
        ("https://example.com/crm/rest", "https://example.com/crm"),
        ("https://example.com/forest", "https://example.com/forest"),
    ],
)
def test_an_address_has_one_written_form(url: str, address: str) -> None:
    assert server_address(url) == address
    assert server_address(address) == address


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("", "url: is blank"),
        ("crm.example.com", 'url: "crm.example.com" has no scheme; write it in full, such as https://crm.example.com'),
        ("localhost:3000", 'url: "localhost:3000" has no scheme; write it in full, such as http://localhost:3000'),
        ("ftp://crm.example.com", "url: ftp:// is not spoken here"),
        ("https://", "names no host"),
        ("https://crm.example.com:port", "is not a web address"),
        ("https://crm.example.com/?token=s3cret", "goes on after its path"),
        ("https://ada:s3cret@crm.example.com", "holds a user name or password"),
        ("ada:s3cret@crm.example.com", "is not a web address"),
    ],
)
def test_an_address_that_is_none_is_refused_with_what_is_meant(url: str, says: str) -> None:
    with pytest.raises(icosa.InvalidValue) as caught:
        icosa.connect(url, token=KEY)
    assert says in str(caught.value)
    assert "s3cret" not in str(caught.value)


@given(st.text())
def test_any_text_is_an_address_or_refused(text: str) -> None:
    try:
        address = server_address(text)
    except icosa.InvalidValue:
        return
    assert server_address(address) == address


@pytest.mark.parametrize("key", ["", "  ", "two words", "line\nbreak", "clé-secrète"])
def test_a_key_that_cannot_be_one_is_refused_before_it_travels(key: str) -> None:
    with pytest.raises(icosa.InvalidKey) as caught:
        icosa.connect(A, token=key)
    assert not key.strip() or key not in str(caught.value)


def test_a_key_may_have_come_with_blanks_or_its_scheme() -> None:
    assert resolve(A, " Bearer abc.def\n", {}).token == Secret("abc.def")


def test_a_key_is_in_no_repr() -> None:
    store_credential(A, KEY)
    with icosa.connect(A, token=KEY) as crm:
        for shown in (repr(resolve(A, KEY, {})), repr(load_credential()), repr(crm), repr(vars(crm)), repr(vars(crm._transport))):
            assert KEY not in shown


@pytest.mark.parametrize("timeout", [0, -1, float("nan")])
def test_a_time_to_wait_is_above_zero(timeout: float) -> None:
    with pytest.raises(icosa.InvalidValue, match="timeout"):
        icosa.connect(A, token=KEY, timeout=timeout)
