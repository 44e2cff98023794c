"""Calls as a command line of curl."""

import json
from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import quote, unquote, urlsplit

import orjson

from icosa.call.asking import asked_of
from icosa.call.extensions import PLAIN
from icosa.catalogue.model import Catalogue
from icosa.errors import InvalidInput
from icosa.forms.call import Call, action_named, call_in, request_of
from icosa.forms.text import STANDS_FOR, json_pieces, json_text, veiled
from icosa.forms.words import line
from icosa.wire.actions import Action
from icosa.wire.message import Request
from icosa.wire.openapi.reading import Offers

ADDRESS: Final = "\0ICOSA_URL\0"
"""What stands for the address of a workspace that has none of its own, because it is embedded."""

_AUTHORIZATION: Final = "Authorization: Bearer \0ICOSA_TOKEN\0"

# What a command line of curl may hold.  Options that only say how it goes about its work are passed over.
_WITH_VALUE: Final = {
    "-X": "method", "--request": "method", "-H": "", "--header": "", "--url": "url",
    "-d": "data", "--data": "data", "--data-ascii": "data", "--data-binary": "data", "--data-raw": "raw", "--json": "data",
    "--data-urlencode": "encoded",
    "-o": "", "--output": "", "-A": "", "--user-agent": "", "-m": "", "--max-time": "", "--connect-timeout": "", "--retry": "",
    "--retry-delay": "", "-w": "", "--write-out": "", "--cacert": "", "-x": "", "--proxy": "", "--oauth2-bearer": "", "-e": "",
}  # fmt: skip
_ALONE: Final = {
    "-s", "--silent", "-S", "--show-error", "-f", "--fail", "--fail-with-body", "-i", "--include", "-v", "--verbose", "-L",
    "--location", "-k", "--insecure", "--compressed", "-g", "--globoff", "-G", "--get", "-#", "--progress-bar", "-N", "--no-buffer",
    "--http1.1", "--http2", "--retry-all-errors", "--no-progress-meter",
}  # fmt: skip


def curl(catalogue: Catalogue, call: Call, address: str | None, offers: Offers = PLAIN, *, show_secrets: bool = False) -> str:
    """A command line that sends the call's request, with the key in $ICOSA_TOKEN."""
    action, request = action_named(catalogue, call.resource, call.operation, offers), request_of(catalogue, call, offers)
    request = request if offers.icosa is None else asked_of(offers, request)
    url = quote(request.path, safe="/-._~") + (f"?{request.query}" if request.query else "")
    words = ["curl", *([] if request.method == "GET" else ["-X", request.method]), (address or ADDRESS) + url]
    words += ["-H", _AUTHORIZATION]
    if request.body:
        words += [
            "-H",
            "Content-Type: application/json",
            "--data-raw",
            _body(action, request, show_secrets),
        ]
    return line(words)


def _body(action: Action, request: Request, show_secrets: bool) -> str:
    if show_secrets:
        return request.body.decode()
    held = orjson.loads(request.body)
    hidden = veiled(action.object, {"body": held} if isinstance(held, list) else held)
    return "".join(json_pieces(orjson.dumps(hidden["body"] if isinstance(held, list) else hidden).decode()))


def read_curl(catalogue: Catalogue, words: list[str], offers: Offers = PLAIN) -> tuple[Call, str | None]:
    """The call that a command line of curl makes, and the address that it names.

    Variables are left standing.  Raises what `request_in` and `call_in` raise.
    """
    request, address = request_in(words, offers.prefix)
    return call_in(catalogue, request, offers), address


def request_in(words: list[str], prefix: str = PLAIN.prefix) -> tuple[Request, str | None]:
    """The request that a command line of curl sends, and the address that it names, None for one in a variable.

    Raises InvalidInput for a command line of another kind.
    """
    options: dict[str, list[str]] = {"method": [], "url": [], "data": [], "encoded": []}
    get = False
    for option, value in _options(words[1:]):
        get = get or option in ("-G", "--get")
        kind = "url" if not option else _WITH_VALUE.get(option, "")
        if kind in ("data", "encoded") and value.lstrip("=").startswith("@"):
            raise InvalidInput(f"curl: {option} names the file {value[1:]}; write what it holds into the call")
        if kind:
            options["data" if kind == "raw" else kind].append(value)
    if len(options["url"]) != 1:
        raise InvalidInput(
            f"curl: the command names {len(options['url'])} addresses; give one, such as https://crm.example.com{prefix}/companies"
        )
    address, path, query = _apart(options["url"][0], prefix)
    encoded = [_encoded(each) for each in options["encoded"]]
    if get:
        query = "&".join(filter(None, [query, *options["data"], *encoded]))
    elif encoded:
        raise InvalidInput("curl: --data-urlencode makes the body of a web form, which is no JSON; add -G to send it in the address")
    body = "" if get else "".join(options["data"])
    method = options["method"][-1].upper() if options["method"] else "POST" if body else "GET"
    return Request(method, path, query, _sound(body)), address


def _options(words: list[str]) -> Iterator[tuple[str, str]]:
    """Each option with its value, "" where it takes none; an argument is the value of the option ""."""
    rest = iter(words)
    for word in rest:
        name, equals, value = word.partition("=")
        if word in _ALONE:
            yield word, ""
        elif word in _WITH_VALUE:
            held = next(rest, None)
            if held is None:
                raise InvalidInput(f"curl: {word} has no value behind it")
            yield word, held
        elif name.startswith("--") and equals and name in _WITH_VALUE:
            yield name, value
        elif word[:2] in _WITH_VALUE and not word.startswith("--"):
            yield word[:2], word[2:]
        elif word.startswith("-") and not word.startswith("--") and all(f"-{each}" in _ALONE for each in word[1:]):
            yield from ((f"-{each}", "") for each in word[1:])
        elif word.startswith("-"):
            shown = name if word.startswith("--") else word[:2]  # what is joined to a short one may be a password
            raise InvalidInput(f"curl: the option {shown} is not known here; a call needs the address, -X, -H and --data-raw alone")
        else:
            yield "", word


def _encoded(data: str) -> str:
    name, equals, value = data.partition("=")
    return f"{name}={quote(value, safe='')}" if equals else quote(data, safe="")


def _apart(url: str, prefix: str) -> tuple[str | None, str, str]:
    """Address, path and query of a URL.  What stands before the API's own paths is the address; one in a variable is None."""
    found = STANDS_FOR.match(url)
    parts = urlsplit(url[found.end() :] if found else url if "://" in url else f"http://{url}")
    path = unquote(parts.path)
    begins = next((at for each in (f"{prefix}/", "/open-api/") if (at := path.find(each)) >= 0), 0)
    address = None if found else f"{parts.scheme}://{parts.netloc}{path[:begins]}"
    return address, path[begins:], parts.query


def _sound(body: str) -> bytes:
    """A body as JSON again where variables stand in it, so that they are text like any other."""
    if "\0" not in body:
        return body.encode()
    try:
        held: Any = json.loads(body, strict=False)
    except ValueError:
        raise InvalidInput("curl: the body is made when the script runs; write it into the call") from None
    return json_text(held).encode()
