"""Workspaces to pull from and to pull into.  Every test here has a home of its own."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import orjson
import pytest

import icosa
from icosa.mirror.compare import Difference, differences, objects_of
from icosa.mirror.masking.masking import Masking
from icosa.mirror.pull import Counts, Pull
from icosa.mirror.push import steps_to_push
from icosa.mirror.target import Origin, open_mirror, open_target
from icosa.mirror.walking import Remote, remote
from icosa.wire.message import Answer, Request
from tests.alone import alone
from tests.copies import copied
from tests.durability.filled import fill


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return alone(tmp_path / "home", monkeypatch)


@pytest.fixture
def new_url(tmp_path: Path) -> Callable[[], str]:
    """The address of a workspace that is not there yet."""
    numbers = count(1)
    return lambda: f"sqlite:///{tmp_path}/{next(numbers)}.db"


@pytest.fixture(scope="session")
def filled_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a workspace with seven records of each object, that nobody opens: it is copied."""
    file = tmp_path_factory.mktemp("filled") / "crm.db"
    fill(f"sqlite:///{file}", records=7)
    return file


@pytest.fixture
def filled(filled_once: Path, new_url: Callable[[], str]) -> str:
    """Such a workspace of the test's own."""
    url = new_url()
    copied(filled_once, Path(url.removeprefix("sqlite:///")))
    return url


@contextmanager
def source_of(url: str, token: str | None = None, size: int | None = None) -> Iterator[Remote]:
    """A workspace to read from, in pages of a size."""
    with icosa.connect(url, token) as crm:
        yield Remote(crm, size) if size else remote(crm)


def pull(
    source: Remote,
    into: str,
    *,
    full: bool = False,
    theirs: bool = False,
    salt: bytes | None = None,
    keep: tuple[str, ...] = (),
    progress: Callable[[str, int, int], None] = lambda name, done, total: None,
    remarks: list[str] | None = None,
) -> dict[str, Counts]:
    """What a pull did to each object that it did anything to."""
    mirror, _ = open_target(into, Origin(source.crm.address, salt is not None, keep), source.crm.catalogue)
    try:
        mask = None if salt is None else Masking(mirror.catalogue, salt, keep)
        said = remarks if remarks is not None else []
        counts = Pull(source, mirror, progress, said.append, mask=mask, theirs=theirs).run(full=full)
        return {plural: each for plural, each in counts.items() if each.any()}
    finally:
        mirror.close()


def answering(source: Remote, plural: str, change: Callable[[list[dict[str, Any]]], None]) -> None:
    """Let a workspace show the records of one object otherwise than they are: `change` is given those of each page."""
    inner = source.crm._transport

    class Changing:
        def send(self, request: Request) -> Answer:
            answer = inner.send(request)
            if request.method != "GET" or request.path != f"/rest/{plural}":
                return answer
            payload = orjson.loads(answer.body)
            change(payload["data"][plural])
            return answer._replace(body=orjson.dumps(payload))

        def close(self) -> None:
            inner.close()

    source.crm._transport = Changing()


def diff(one: Remote, other: Remote) -> list[Difference]:
    return list(differences(one, other, objects_of(one.crm.catalogue, other.crm.catalogue)))


def steps(mirror_url: str, there: Remote) -> list[Any]:
    """What a push would do."""
    mirror = open_mirror(mirror_url)
    try:
        with source_of(mirror_url) as here:
            return list(steps_to_push(mirror, here, there))
    finally:
        mirror.close()
