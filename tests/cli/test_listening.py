"""Where a server listens, and what it says where it cannot."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from icosa.errors import InvalidInput
from icosa.workspace.http.listening import Address, bind, close, listen
from tests.serving import free_port, icosa, serving


@pytest.fixture
def taken() -> Iterator[int]:
    """A port at which another program listens."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_port_that_another_program_has_is_refused_in_a_sentence(home: Path, taken: int, workers: str) -> None:
    ran = icosa("serve", "--port", str(taken), "--workers", workers, check=False)
    assert (ran.returncode, ran.stdout) == (5, "")
    assert ran.stderr == (
        f"error: port {taken} is taken: another program listens at http://127.0.0.1:{taken}; stop it, or give another with --port\n"
    )


@pytest.mark.parametrize("options", [(), ("--workers", "2")])
def test_so_is_one_that_another_icosa_has(home: Path, tmp_path: Path, options: tuple[str, ...]) -> None:
    with serving(tmp_path, options=options) as server:
        port = server.url.rpartition(":")[2]
        for workers in ("1", "2"):
            ran = icosa("serve", "--port", port, "--workers", workers, check=False)
            assert (ran.returncode, ran.stderr.count("\n")) == (5, 1)
            assert f"port {port} is taken" in ran.stderr


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("others", [1, 2])
def test_of_two_that_are_started_at_once_one_has_the_port_and_the_other_says_so(workers: int, others: int) -> None:
    address = Address(port=free_port())
    here, there = bind(address, workers), bind(address, others)  # before either has opened its database
    listen(here, address)
    with pytest.raises(InvalidInput, match=rf"^port {address.port} is taken: another program listens at {address}; stop it"):
        listen(there, address)
    for each in there:
        each.close()
    with socket.create_connection(("127.0.0.1", address.port)):
        pass
    for each in here:
        each.close()


@pytest.mark.parametrize(
    ("host", "words"),
    [("192.0.2.1", "this machine has no such address"), ("no-such-name.invalid", "no such name is known here")],
)
def test_an_address_that_is_not_there_is_refused_in_a_sentence(home: Path, host: str, words: str) -> None:
    ran = icosa("serve", "--host", host, "--port", str(free_port()), check=False)
    assert (ran.returncode, ran.stdout, ran.stderr.count("\n")) == (5, "", 1)
    assert words in ran.stderr


def test_a_name_stands_for_its_address(tmp_path: Path) -> None:
    with serving(tmp_path, options=("--host", "localhost")) as server:
        socket.create_connection(("127.0.0.1", int(server.url.rpartition(":")[2]))).close()
        assert "Icosa listens on http://localhost:" in server.log.read_text()


def test_of_two_that_are_started_at_once_one_has_the_socket_and_the_other_says_so(tmp_path: Path) -> None:
    """Before either has opened its database: the second took the first for one that was killed, and removed what it had made."""
    address = Address(path=tmp_path / "s")
    here = bind(address)
    with pytest.raises(InvalidInput) as refused:
        bind(address, 2)
    assert str(refused.value) == f"--socket {tmp_path}/s: another program listens there; stop it, or give another path"
    listen(here, address)
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(str(address.path))
    close(here, address)
    assert list(tmp_path.iterdir()) == []


def test_a_server_that_ends_leaves_the_socket_of_the_next_where_it_is(tmp_path: Path) -> None:
    address = Address(path=tmp_path / "s")
    ending = bind(address)
    ending[0].close()
    following = bind(address)
    close(ending, address)
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(str(address.path))
    close(following, address)
    assert list(tmp_path.iterdir()) == []


def test_a_socket_that_cannot_be_made_is_refused_in_a_sentence(tmp_path: Path) -> None:
    for path, words in ((tmp_path / "no" / "s", "No such file or directory"), (tmp_path / ("s" * 120), "too long")):
        with pytest.raises(InvalidInput, match=f"cannot be made: .*{words}"):
            bind(Address(path=path))
