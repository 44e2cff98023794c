"""Requests that were good once: each is taken from what clients send, and then something in it is changed."""

import json
import random
from collections.abc import Iterator
from typing import Any, NamedTuple
from urllib.parse import quote

from icosa.catalogue.examples import example
from icosa.catalogue.model import Catalogue, Field, Object

ID = "20202020-1c25-4d02-bf25-6aeccf7ea419"
NASTY: tuple[Any, ...] = (
    *(None, True, 0, -1, 1e308, 2**63, 2**80, 0.1, "", " ", "\0", "\ud800", "a\nb", "ä" * 120, "x" * 5000, "%", "_" * 50),
    *("\\", "'", '"', "[", "[]", "{}", "NULL", "İßΣς", "\u202e\u200b", "2026-02-30", "9999-99-99T99:99:99Z", ID, ID.upper()),
    *("first", [], {}, [[]], [{}], [None], {"": ""}, {"a": {"b": {"c": {}}}}, ["x"] * 300, [ID] * 300, {"id": ID}),
    *({"primaryEmail": 1}, '["a"]', "https://", "http://[::1", "+33", "+" * 300),
)
BYTES = (b"", b"\x00", b"\xff\xfe", b"{", b"]", b'"', b",", b"\\u0000", b"\\ud800", b"1e999", b"-", b"[" * 2000, b'{"a":{' * 300)
FILTERS = (
    *("{path}[eq]:{value}", "not({path}[neq]:{value})", "or({path}[gt]:{value},{path}[is]:NULL)", "{path}[in]:[{value},{value}]"),
    *("{path}[like]:%{value}%", "{path}[ilike]:%ä%{value}_%", "{path}[startsWith]:{value}", "{path}[containsAny]:[{value}]"),
    "and({path}[is]:NOT_NULL,not(or({path}[lte]:{value})))",
)
DIRECTIONS = ("", "[AscNullsFirst]", "[DescNullsLast]", "[Sideways]", "[", "]")


class Mutant(NamedTuple):
    method: str
    target: str
    body: bytes


def mutants(catalogue: Catalogue, seed: int, number: int) -> Iterator[Mutant]:
    """So many requests; the same for the same seed."""
    draw = random.Random(seed)
    objects = list(catalogue)
    for _ in range(number):
        of = draw.choice(objects)
        method, path, body = draw.choice((_find, _page, _create, _create, _batch, _update, _duplicates, _other))(draw, of)
        target = path + _query(draw, of)
        content = b"" if body is None else json.dumps(_changed(draw, body)).encode()
        if content and draw.random() < 0.3:
            content = _broken(draw, content)
        if draw.random() < 0.1:
            at = draw.randrange(len(target))
            target = target[:at] + quote(str(draw.choice(NASTY)).encode("utf-8", "replace")) + target[at:]
        yield Mutant(method, target if target.startswith("/") else "/" + target, content)


def _find(draw: random.Random, of: Object) -> tuple[str, str, Any]:
    return "GET", f"/rest/{of.plural}/{draw.choice((ID, ID[:-1], 'x', ''))}", None


def _page(draw: random.Random, of: Object) -> tuple[str, str, Any]:
    return "GET", f"/rest/{of.plural}", None


def _create(draw: random.Random, of: Object) -> tuple[str, str, Any]:
    return "POST", f"/rest/{of.plural}", _body(draw, of)


def _batch(draw: random.Random, of: Object) -> tuple[str, str, Any]:
    return "POST", f"/rest/batch/{of.plural}", [_body(draw, of) for _ in range(draw.randint(0, 4))]


def _update(draw: random.Random, of: Object) -> tuple[str, str, Any]:
    return draw.choice(("PATCH", "PUT", "DELETE")), f"/rest/{of.plural}/{ID}", _body(draw, of)


def _duplicates(draw: random.Random, of: Object) -> tuple[str, str, Any]:
    return "POST", f"/rest/{of.plural}/duplicates", {"data": [_body(draw, of)], "ids": draw.choice(([], [ID], [None]))}


def _other(draw: random.Random, of: Object) -> tuple[str, str, Any]:
    path = draw.choice(("/rest/restore/{}/" + ID, "/rest/{}/{}", "/rest/batch/{}/duplicates", "/open-api/{}", "/{}", "/rest//{}//"))
    return draw.choice(("GET", "POST", "PATCH", "DELETE", "HEAD")), path.format(of.plural, of.singular), None


def _body(draw: random.Random, of: Object) -> dict[str, Any]:
    fields = [each for each in of.members if isinstance(each, Field)]
    chosen = draw.sample(fields, min(len(fields), draw.randint(0, 6)))
    return {each.name: example(each) for each in chosen}


def _changed(draw: random.Random, value: Any) -> Any:
    """The value with something else somewhere in it."""
    if draw.random() < 0.25 or not isinstance(value, dict | list) or not value:
        return draw.choice(NASTY)
    if isinstance(value, list):
        at = draw.randrange(len(value))
        return [*value[:at], _changed(draw, value[at]), *value[at + 1 :]]
    key = draw.choice(list(value))
    renamed = str(draw.choice(NASTY)) if draw.random() < 0.1 else key
    return {**{name: each for name, each in value.items() if name != key}, renamed: _changed(draw, value[key])}


def _broken(draw: random.Random, content: bytes) -> bytes:
    at, to = sorted(draw.randrange(len(content) + 1) for _ in range(2))
    return draw.choice((content[:at], content[at:], content[:at] + draw.choice(BYTES) + content[to:], content * 2))


def _query(draw: random.Random, of: Object) -> str:
    fields = [each.name for each in of.members]
    path = draw.choice((*fields, "id", "createdAt", "nothing", "name.firstName", "emails.primaryEmail", "createdBy.source"))
    value = draw.choice(NASTY)
    texts = {
        "filter": draw.choice(FILTERS).format(path=path, value=value),
        "order_by": ",".join(name + draw.choice(DIRECTIONS) for name in draw.sample(fields, min(3, len(fields)))),
        "limit": str(draw.choice((0, 1, 60, -1, "x", 10_001, "1e3", value))),
        "depth": str(draw.choice((0, 1, 2, 3, "x"))),
        "starting_after": str(draw.choice((ID, "eyJpZCI6IjEifQ==", "e30=", value))),
        "ending_before": str(value),
        "upsert": draw.choice(("true", "maybe")),
        "permanent": draw.choice(("true", "x")),
    }
    chosen = draw.sample(list(texts), draw.choice((0, 1, 1, 2, 3)))
    return "?" + "&".join(f"{name}={quote(texts[name].encode('utf-8', 'replace'))}" for name in chosen) if chosen else ""
