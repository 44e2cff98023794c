"""The schema of a workspace is read from its server once, kept, and asked for again when it may have changed."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import orjson
import pytest

from icosa.catalogue.as_json import digest
from icosa.catalogue.fields import Text
from icosa.catalogue.model import Object
from icosa.catalogue.standard import STANDARD
from icosa.client.schema import FRESH_SECONDS, Schema, cached_schema, keep_schema, plain_schema, read_schema
from icosa.errors import IcosaError, InvalidKey, ServerBroken, Unreachable
from icosa.secret import Secret
from icosa.wire.message import Answer, Request
from icosa.wire.openapi.document import base_document_bytes, document_bytes
from icosa.wire.openapi.reading import ICOSA, Offers

ADDRESS = "https://crm.example.com"
KEY, OTHER_KEY = Secret("a-key-that-nobody-may-see"), Secret("another-key-of-somebody-else")
CUSTOM = STANDARD.with_objects(
    Object("rocket", "rockets", "What flies.", (Text("name", "Its name."),), custom=True, label_identifier="name")
)
DOCUMENT = document_bytes(CUSTOM)
ETAG = (("ETag", '"one"'),)
BASE = Answer(200, base_document_bytes())
NOWHERE = Answer(404, b'{"statusCode":404,"message":"Cannot GET /open-api/core","error":"Not Found"}')
PAGE = Answer(200, b"<!doctype html><title>Twenty</title>", (("Content-Type", "text/html"),))
REFUSED = Answer(401, b'{"statusCode":401,"error":"UNAUTHENTICATED","messages":["Token invalid."]}')
BROKEN = Answer(502, b"<html>Bad gateway</html>")


class Server:
    """Gives the answers it was told to give, one after the other, and keeps what it was asked."""

    def __init__(self, *answers: Answer | IcosaError) -> None:
        self.answers: Iterator[Answer | IcosaError] = iter(answers)
        self.asked: list[Request] = []

    def schema(self, folder: Path, at: float = 0.0, token: Secret | None = KEY, **settings: Any) -> Schema:
        steps = read_schema(ADDRESS, token, folder, now=lambda: at, **settings)
        try:
            request = next(steps)
            while True:
                assert isinstance(request, Request)
                self.asked.append(request)
                answer = next(self.answers)
                request = steps.throw(answer) if isinstance(answer, IcosaError) else steps.send(answer)
        except StopIteration as end:
            schema: Schema = end.value
            return schema

    @property
    def paths(self) -> Sequence[str]:
        return [each.path for each in self.asked]


def test_it_is_made_of_the_document(tmp_path: Path) -> None:
    server = Server(Answer(200, DOCUMENT))
    schema = server.schema(tmp_path)
    assert schema == Schema(schema.catalogue, ICOSA, digest(schema.catalogue))
    assert [each.plural for each in schema.catalogue if each.custom] == ["rockets"]
    assert server.paths == ["/open-api/core"]


def test_it_is_not_asked_for_again_within_five_minutes(tmp_path: Path) -> None:
    first = Server(Answer(200, DOCUMENT)).schema(tmp_path, at=1000)
    assert Server().schema(tmp_path, at=1000 + FRESH_SECONDS - 1) == first


def test_after_that_the_server_is_asked_whether_it_has_another(tmp_path: Path) -> None:
    server = Server(Answer(200, DOCUMENT, ETAG), Answer(304, b"", ETAG))
    first = server.schema(tmp_path)
    assert server.schema(tmp_path, at=FRESH_SECONDS) == first
    assert [each.etag for each in server.asked] == ["", '"one"']
    assert Server().schema(tmp_path, at=2 * FRESH_SECONDS - 1) == first


def test_a_server_without_etags_is_asked_for_all_of_it(tmp_path: Path) -> None:
    server = Server(Answer(200, DOCUMENT), Answer(200, DOCUMENT), Answer(200, document_bytes(STANDARD)))
    assert server.schema(tmp_path) == server.schema(tmp_path, at=FRESH_SECONDS)
    assert server.schema(tmp_path, at=2 * FRESH_SECONDS).catalogue == STANDARD


def test_who_wants_it_now_says_so(tmp_path: Path) -> None:
    server = Server(Answer(200, DOCUMENT, ETAG), Answer(200, document_bytes(STANDARD), (("ETag", '"two"'),)))
    server.schema(tmp_path)
    assert server.schema(tmp_path, at=1, fresh_for=0).catalogue == STANDARD


def test_a_clock_that_was_set_back_makes_nothing_fresh_for_ever(tmp_path: Path) -> None:
    Server(Answer(200, DOCUMENT)).schema(tmp_path, at=10_000)
    assert Server(Answer(200, document_bytes(STANDARD))).schema(tmp_path, at=5_000).catalogue == STANDARD


@pytest.mark.parametrize(
    "nothing",
    [NOWHERE, PAGE, BASE, Answer(200, b"[]"), Answer(200, b'{"openapi":"3.1.1","paths":{}}')],
    ids=["nowhere", "a page", "no objects", "a list", "no paths"],
)
def test_a_server_without_a_document_is_twenty_1_0_3_as_it_comes(tmp_path: Path, nothing: Answer) -> None:
    server = Server(nothing, nothing)
    assert server.schema(tmp_path) == plain_schema() == Schema(STANDARD, Offers(icosa=False), digest(STANDARD))
    assert server.paths == ["/open-api/core", "/rest/open-api/core"]
    assert Server().schema(tmp_path, at=1) == plain_schema()


def test_a_document_at_the_other_path_is_found(tmp_path: Path) -> None:
    assert Server(PAGE, Answer(200, DOCUMENT)).schema(tmp_path).offers == ICOSA


@pytest.mark.parametrize(
    ("answers", "error"),
    [
        ((REFUSED,), InvalidKey),
        ((BASE, REFUSED), InvalidKey),  # 1.0.3 shows the base document to whom it does not know, and refuses at the other path
        ((BROKEN,), ServerBroken),
        ((Unreachable("nobody listens"),), Unreachable),
    ],
    ids=["refused", "refused at the other path", "broken", "unreachable"],
)
def test_a_wrong_key_or_no_network_is_an_error_and_nothing_is_kept(
    tmp_path: Path, answers: tuple[Answer | IcosaError, ...], error: type[IcosaError]
) -> None:
    with pytest.raises(error) as raised:
        Server(*answers).schema(tmp_path)
    assert KEY.reveal() not in str(raised.value)
    assert list(tmp_path.iterdir()) == []


def test_one_address_may_be_that_of_many_workspaces_each_with_its_key(tmp_path: Path) -> None:
    mine = Server(Answer(200, DOCUMENT)).schema(tmp_path)
    other = Server(Answer(200, document_bytes(STANDARD))).schema(tmp_path, token=OTHER_KEY)
    assert (mine.catalogue == other.catalogue, other.catalogue) == (False, STANDARD)
    assert Server().schema(tmp_path, at=1) == mine
    assert cached_schema(ADDRESS, KEY, tmp_path) == mine
    assert cached_schema(ADDRESS, OTHER_KEY, tmp_path) == other


def test_the_shell_finds_the_last_one_without_asking_anybody(tmp_path: Path) -> None:
    assert cached_schema(ADDRESS, folder=tmp_path) is None
    schema = Server(Answer(200, DOCUMENT)).schema(tmp_path, at=0)
    assert cached_schema(ADDRESS, folder=tmp_path) == schema
    assert cached_schema("https://other.example.com", folder=tmp_path) is None


def test_one_that_was_found_in_another_way_can_be_kept(tmp_path: Path) -> None:
    keep_schema("sqlite:///crm.db", None, plain_schema(), tmp_path)
    assert cached_schema("sqlite:///crm.db", folder=tmp_path) == plain_schema()


@pytest.mark.parametrize("held", [b"", b"{", b"[]", b'{"form": 0}', b'{"form": 1}', b'{"form": 1, "catalogue": {"objects": [{}]}}'])
def test_a_damaged_file_is_as_good_as_none(tmp_path: Path, held: bytes) -> None:
    schema = Server(Answer(200, DOCUMENT)).schema(tmp_path)
    (file,) = tmp_path.iterdir()
    file.write_bytes(held)
    assert cached_schema(ADDRESS, folder=tmp_path) is None
    assert Server(Answer(200, DOCUMENT)).schema(tmp_path, at=1) == schema


def test_a_folder_that_cannot_be_written_costs_a_request_and_no_more(tmp_path: Path) -> None:
    folder = tmp_path / "file"
    folder.write_text("not a folder")
    assert Server(Answer(200, DOCUMENT)).schema(folder).offers == ICOSA


def test_nothing_that_is_kept_tells_the_key(tmp_path: Path) -> None:
    Server(Answer(200, DOCUMENT)).schema(tmp_path)
    (file,) = tmp_path.iterdir()
    assert KEY.reveal() not in file.read_text("utf-8") + file.name
    assert orjson.loads(file.read_bytes())["digest"] == digest(cached_schema(ADDRESS, KEY, tmp_path).catalogue)  # type: ignore[union-attr]
    assert json.loads(file.read_text("utf-8")).keys() == {"form", "checked", "etag", "body", "digest", "catalogue", "offers"}
