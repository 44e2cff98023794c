"""The stand-in over HTTP: routes, statuses and envelopes of 2.19."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlsplit

from tests.newer_server.document import document
from tests.newer_server.records import MOST, Records
from tests.newer_server.refusing import Refused, not_permitted, too_many
from tests.newer_server.schema import BY_SINGULAR, OBJECTS, Json, Thing
from tests.newer_server.values import is_uuid

TOKEN = "stand-in-key"


class Asked(NamedTuple):
    method: str
    path: str
    query: dict[str, str]
    body: Any


class NewerServer:
    """The stand-in, in this process.

    `asked` holds what was asked, in order; `forbidden` the plural names of objects that the key may not touch; `deaf`
    the fields of which it takes any value and keeps the one it has.  With `per_minute` there is a rate limit, and
    with `refusals` the next so many requests are refused by it.
    """

    def __init__(self, per_minute: int | None = None) -> None:
        self.url = ""
        self.token = TOKEN
        self.records = Records()
        self.asked: list[Asked] = []
        self.forbidden: set[str] = set()
        self.deaf: set[str] = set()
        self.per_minute = per_minute
        self.refusals = 0
        self._lock = threading.Lock()
        self._tokens, self._at = float(per_minute or 0), time.monotonic()

    def answer(self, asked: Asked, authorization: str) -> tuple[int, Any]:
        with self._lock:
            try:
                return self._answer(asked, authorization)
            except Refused as refused:
                return refused.status, refused.body

    def _answer(self, asked: Asked, authorization: str) -> tuple[int, Any]:
        parts = [each for each in asked.path.split("/") if each]
        if not authorization.lower().startswith("bearer ") or not authorization[7:].strip():
            return 403, {"statusCode": 403, "messages": ["Missing authentication token"], "error": "FORBIDDEN_EXCEPTION"}
        if authorization[7:].strip() != self.token:
            return 401, {"statusCode": 401, "messages": ["Token invalid."], "error": "UNAUTHENTICATED"}
        if parts[-2:] == ["open-api", "core"]:
            return 200, document(self.url)
        if parts[:1] != ["rest"] or len(parts) == 1:
            return 404, {"message": f"Cannot {asked.method} {asked.path}", "error": "Not Found", "statusCode": 404}
        self.asked.append(asked)
        return self._do(asked, parts[1:])

    def _do(self, asked: Asked, parts: list[str]) -> tuple[int, Any]:
        before, after = parts[0] if parts[0] in ("batch", "restore") else "", parts[-1] if parts[-1] == "duplicates" else ""
        rest = parts[bool(before) :] if not after else parts[:-1]
        if len(rest) > 2 or (before == "restore" and (asked.method != "PATCH" or len(rest) != 1)):
            raise Refused(
                f"Query path '{asked.path}' invalid. Valid examples: /rest/companies/id or /rest/companies or /rest/batch/companies"
            )
        if len(rest) == 2 and not is_uuid(rest[1]):
            raise Refused(f"'{rest[1]}' is not a valid UUID")
        of, id_ = _thing(rest[0]), rest[1] if len(rest) == 2 else ""
        depth = asked.query.get("depth", "0")
        if depth not in ("0", "1"):
            raise Refused(f"'depth={depth}' parameter invalid. Allowed values are 0, 1")
        if of.plural in self.forbidden or (of.plural == "workspaceMembers" and asked.method == "POST"):
            raise not_permitted()
        self._take()
        if after:
            return 200, {"data": [self._duplicates(of, each) for each in _probes(self.records, of, asked.body)]}
        if asked.method == "GET":
            return 200, self._read(of, id_, asked.query, int(depth))
        status, name, found = self._write(of, id_, before, asked)
        singular, plural = (each[0].upper() + each[1:] for each in (of.singular, of.plural))
        shown = [self.records.shown(of, each, int(depth), self.url) if len(each) > 1 else each for each in found]
        one = bool(id_) or (asked.method == "POST" and not before)
        return status, {"data": {f"{name}{singular}": shown[0]} if one else {f"{name}{plural}": shown}}

    def _read(self, of: Thing, id_: str, query: dict[str, str], depth: int) -> Json:
        if id_:
            return {"data": {of.singular: self.records.shown(of, self.records.find_one(of, id_), depth, self.url)}}
        page, total, info = self.records.find_many(of, query)
        return {
            "data": {of.plural: [self.records.shown(of, each, depth, self.url) for each in page]},
            "totalCount": total,
            "pageInfo": info,
        }

    def _write(self, of: Thing, id_: str, before: str, asked: Asked) -> tuple[int, str, list[Json]]:
        asked = asked._replace(body=self._heard(asked.body))
        if asked.method == "POST":
            given = asked.body if before == "batch" else [asked.body or {}]
            if not isinstance(given, list) or not all(isinstance(each, dict) for each in given):
                raise Refused("partialRecords.map is not a function", error="TypeError")
            return 201, "create", self.records.create(of, given, upsert=asked.query.get("upsert") == "true")
        if before == "restore":
            back = self.records.restore(of, self.records.bulk(of, asked.query))
            return 200, "restore", self.records.still(of, back, asked.query)
        if asked.method == "DELETE":
            soft = asked.query.get("soft_delete") == "true"
            if not id_ and "filter" not in asked.query:
                raise Refused(
                    f"Filters are mandatory for bulk {'delete' if soft else 'destroy'} operations. Please provide at least one filter"
                )
            found = [self.records.find_one(of, id_, deleted=True)] if id_ else self.records.bulk(of, asked.query)
            gone = self.records.delete(of, found, soft=soft)
            return 200, "delete", self.records.still(of, gone, asked.query) if soft and not id_ else gone
        found = [self.records.find_one(of, id_, deleted=True)] if id_ else self.records.bulk(of, asked.query)
        if len(found) > MOST:
            raise Refused(f"Cannot update more than {MOST} records at once")
        return 200, "update", self.records.update(of, found, asked.body or {})

    def _heard(self, body: Any) -> Any:
        if isinstance(body, list):
            return [self._heard(each) for each in body]
        return {name: each for name, each in body.items() if name not in self.deaf} if isinstance(body, dict) else body

    def _duplicates(self, of: Thing, record: Json) -> Json:
        found = self.records.duplicates(of, record)
        shown = [self.records.shown(of, each, 0, self.url) for each in found]
        info = {"startCursor": None, "endCursor": None, "hasNextPage": False, "hasPreviousPage": False}
        return {f"{of.singular}Duplicates": shown, "totalCount": len(found), "pageInfo": info}

    def _take(self) -> None:
        if self.refusals:
            self.refusals -= 1
            raise too_many(self.per_minute or 100)
        if self.per_minute:
            now = time.monotonic()
            self._tokens = min(self.per_minute, self._tokens + (now - self._at) * self.per_minute / 60)
            self._at = now
            if self._tokens < 1:
                raise too_many(self.per_minute)
            self._tokens -= 1


def _thing(plural: str) -> Thing:
    if plural not in OBJECTS:
        known = BY_SINGULAR.get(plural)
        hint = f"Did you mean '{known.plural}'?" if known else "eg: companies"
        raise Refused(f"object '{plural}' not found. {hint}")
    return OBJECTS[plural]


def _probes(records: Records, of: Thing, body: Any) -> list[Json]:
    given = body if isinstance(body, dict) else {}
    return list(given.get("data") or [records.find_one(of, each) for each in given.get("ids") or []])


@contextmanager
def newer_server(port: int = 0, *, per_minute: int | None = None) -> Iterator[NewerServer]:
    """The stand-in on a free port, or on that one, until the end of the block."""
    server = NewerServer(per_minute)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1  # head and body in one piece

        def respond(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            try:
                body = json.loads(self.rfile.read(length)) if length else None
                target = urlsplit(self.path)
                asked = Asked(self.command, target.path, dict(parse_qsl(target.query, keep_blank_values=True)), body)
                status, answer = server.answer(asked, self.headers.get("Authorization") or "")
            except ValueError as error:
                status, answer = 400, {"message": str(error), "error": "Bad Request", "statusCode": 400}
            content = json.dumps(answer, ensure_ascii=False).encode("utf-8", "replace")
            self.send_response(status)
            self.send_header("Content-Type", "application/json; charset=utf-8")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = respond  # noqa: N815  (the server looks for these names)

        def log_message(self, format: str, *args: Any) -> None: ...  # noqa: A002

    with ThreadingHTTPServer(("127.0.0.1", port), Handler) as http:
        http.daemon_threads = True
        server.url = f"http://127.0.0.1:{http.server_address[1]}"
        thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield server
        finally:
            http.shutdown()
            thread.join()
