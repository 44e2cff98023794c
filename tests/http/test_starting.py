"""When the line comes that says it listens, whoever connects is answered: as many at once as there may be."""

import os
import selectors
import socket
import subprocess
import sys
from pathlib import Path
from typing import cast

import pytest

from tests.serving import START_SECONDS, free_port, icosa

AT_ONCE = 100
REQUEST = b"GET /healthz HTTP/1.1\r\nHost: crm.example.com\r\nConnection: close\r\n\r\n"


def answered(port: int) -> int:
    """How many of so many that connect at the same moment are answered.  Raises OSError for one that is turned away."""
    selector, answers = selectors.DefaultSelector(), dict[socket.socket, bytes]()
    for _ in range(AT_ONCE):
        connection = socket.socket()
        connection.setblocking(False)
        connection.connect_ex(("127.0.0.1", port))
        selector.register(connection, selectors.EVENT_WRITE)
        answers[connection] = b""
    while selector.get_map():
        ready = selector.select(START_SECONDS)
        assert ready, "nobody was answered for long"
        for key, events in ready:
            connection = cast(socket.socket, key.fileobj)
            if events & selectors.EVENT_WRITE:
                connection.sendall(REQUEST)
                selector.modify(connection, selectors.EVENT_READ)
            elif data := connection.recv(65_536):
                answers[connection] += data
            else:
                selector.unregister(connection)
                connection.close()
    return sum(each.startswith(b"HTTP/1.1 200 ") and each.endswith(b'{"status":"ok"}') for each in answers.values())


def started(folder: Path, starts: int, *options: str) -> None:
    database = f"sqlite:///{folder}/crm.db"
    icosa("keys", "create", "First", "--database", database)
    for _ in range(starts):
        port = free_port()
        command = [sys.executable, "-m", "icosa", "serve", "--database", database, "--port", str(port), *options]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=dict(os.environ)) as process:
            try:
                assert process.stdout is not None
                assert process.stdout.readline().startswith(f"Icosa listens on http://127.0.0.1:{port}")
                assert answered(port) == AT_ONCE
            finally:
                process.terminate()
                assert process.wait(START_SECONDS) == 0


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_hundred_that_connect_as_it_says_that_it_listens_are_answered(tmp_path: Path, workers: str) -> None:
    started(tmp_path, 2, "--workers", workers)


@pytest.mark.slow
@pytest.mark.parametrize("workers", ["1", "2"])
def test_they_are_at_each_of_a_hundred_starts(tmp_path: Path, workers: str) -> None:
    started(tmp_path, 100, "--workers", workers)
