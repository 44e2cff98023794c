"""`icosa serve` as operators run it: TLS, a socket for a proxy, a file of settings, a service manager."""

import json
import os
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.serving import free_port, icosa

PATIENCE_SECONDS = 30
HEALTHY = b"GET /healthz HTTP/1.1\r\nHost: crm.example.com\r\nConnection: close\r\n\r\n"


@contextmanager
def started(*options: str, environment: dict[str, str] | None = None) -> Iterator["subprocess.Popen[str]"]:
    """A server that has said that it listens; stopped at the end, and cleanly."""
    command = [sys.executable, "-m", "icosa", "serve", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, **(environment or {})}) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline().startswith("Icosa listens on ")
            yield process
        finally:
            process.terminate()
            assert process.wait(PATIENCE_SECONDS) == 0


def health(connection: socket.socket) -> str:
    """What /healthz says there."""
    connection.sendall(HEALTHY)
    answer = b""
    while data := connection.recv(65_536):
        answer += data
    status: str = json.loads(answer.partition(b"\r\n\r\n")[2])["status"]
    return status


def certificate(folder: Path, name: str) -> tuple[Path, Path]:
    """A certificate for `localhost` that signs itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number(), now, now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    folder.mkdir(exist_ok=True)
    chain, secret = folder / "chain.pem", folder / "key.pem"
    chain.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
    return chain, secret


def issued_to(port: int, trusted: Path) -> str:
    """The name in the certificate that the server shows.  Raises SSLError where it is none of those that are trusted."""
    context = ssl.create_default_context(cafile=str(trusted))
    plain = socket.create_connection(("127.0.0.1", port), PATIENCE_SECONDS)
    with plain, context.wrap_socket(plain, server_hostname="localhost") as secure:
        shown = secure.getpeercert()
        assert shown is not None
        assert health(secure) == "ok"
        return str(dict(cast("tuple[tuple[str, str]]", each)[0] for each in shown["subject"])["commonName"])


@pytest.mark.parametrize("workers", ["1", "2"])
def test_it_speaks_tls_and_takes_a_renewed_certificate_without_a_stop(home: Path, tmp_path: Path, workers: str) -> None:
    chain, key = certificate(tmp_path / "tls", "first")
    port = free_port()
    options = "--port", str(port), "--tls-cert", str(chain), "--tls-key", str(key), "--workers", workers
    with started(*options) as process:
        assert issued_to(port, chain) == "first"
        certificate(tmp_path / "tls", "renewed")
        process.send_signal(signal.SIGHUP)
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            try:
                assert issued_to(port, chain) == "renewed"
                return
            except ssl.SSLError:  # it shows the old one, which is trusted no longer
                time.sleep(0.05)
        raise AssertionError("the renewed certificate was never shown")


def test_a_certificate_that_cannot_be_used_is_refused_in_a_sentence(home: Path, tmp_path: Path) -> None:
    chain, key = certificate(tmp_path / "one", "one")
    _, other = certificate(tmp_path / "other", "other")
    for cert, secret, words in (
        (chain, other, "is not the key to the certificate"),
        (chain, tmp_path / "none.pem", "cannot be read: No such file"),
        (key, key, "no PEM file that can be read"),
    ):
        ran = icosa("serve", "--tls-cert", str(cert), "--tls-key", str(secret), check=False)
        assert (ran.returncode, ran.stdout, ran.stderr.count("\n")) == (5, "", 1)
        assert words in ran.stderr
    assert icosa("serve", "--tls-cert", str(chain), check=False).returncode == 2


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_proxy_comes_in_by_a_socket_which_goes_with_the_server(home: Path, tmp_path: Path, workers: str) -> None:
    path = tmp_path / "s"
    with started("--socket", str(path), "--workers", workers):
        assert path.stat().st_mode & 0o777 == 0o660
        with socket.socket(socket.AF_UNIX) as connection:
            connection.connect(str(path))
            assert health(connection) == "ok"
        again = icosa("serve", "--socket", str(path), check=False)
        assert (again.returncode, "another program listens there" in again.stderr) == (5, True)
    assert not path.exists()


def test_a_socket_of_a_server_that_was_killed_makes_way_and_a_file_does_not(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "s"
    with socket.socket(socket.AF_UNIX) as left_behind:
        left_behind.bind(str(path))
    with started("--socket", str(path)):
        pass
    path.write_text("something else")
    ran = icosa("serve", "--socket", str(path), check=False)
    assert (ran.returncode, path.read_text()) == (5, "something else")
    assert icosa("serve", "--socket", str(path), "--port", "3001", check=False).returncode == 2


def test_a_file_has_the_settings_and_the_command_line_wins(home: Path, tmp_path: Path) -> None:
    file, port, other = tmp_path / "icosa.toml", free_port(), free_port()
    file.write_text(f'database = "sqlite:///{tmp_path}/crm.db"\nport = {port}\nworkers = 2\n')
    with started("--config", str(file)), socket.create_connection(("127.0.0.1", port), PATIENCE_SECONDS) as connection:
        assert health(connection) == "ok"
    with (
        started("--config", str(file), "--port", str(other)),
        socket.create_connection(("127.0.0.1", other), PATIENCE_SECONDS) as connection,
    ):
        assert health(connection) == "ok"
    assert (tmp_path / "crm.db").is_file()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("prot = 8080", "prot is no option of icosa serve that a file can have; port is one"),
        ("colour = 'red'", "there are access-log, api, console, database, host"),
        ("port = 'many'", "'many' is not a valid integer range"),
        ("port = [1]", "port is not a text or a number"),
        ("port = true", "port is not a text or a number"),
        ("metrics = 1", "metrics is not true or false"),
        ("port = ", "is no TOML"),
        ("config = 'other.toml'", "config is no option"),
        ("port = 99999", "icosa.toml: port: 99999 is not in the range"),
        ("public-url = 'crm'", "icosa.toml: public-url: 'crm' is no address of a whole host"),
    ],
)
def test_a_mistake_in_it_is_told(home: Path, tmp_path: Path, text: str, words: str) -> None:
    (tmp_path / "icosa.toml").write_text(text)
    ran = icosa("serve", "--config", str(tmp_path / "icosa.toml"), check=False)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert words in ran.stderr


@pytest.mark.parametrize("options", [(), ("--workers", "2")])
def test_a_service_manager_is_told_when_it_is_ready_and_when_it_stops(home: Path, tmp_path: Path, options: Sequence[str]) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(str(tmp_path / "m"))
        manager.settimeout(PATIENCE_SECONDS)
        with started("--port", str(free_port()), *options, environment={"NOTIFY_SOCKET": str(tmp_path / "m")}):
            assert manager.recv(100) == b"READY=1"
        assert manager.recv(100) == b"STOPPING=1"
