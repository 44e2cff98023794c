"""What a shell script uses of a workspace: its lines of `icosa` and of curl."""

import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Final

from icosa.catalogue.model import Catalogue
from icosa.doctor.requests import in_request, with_ids
from icosa.doctor.uses import Found, Misuse, Spot, uses_of
from icosa.errors import InvalidInput, UnknownObject
from icosa.forms.curl import request_in
from icosa.forms.scripts import UNNAMED
from icosa.forms.shell import read_shell
from icosa.forms.words import commands
from icosa.wire.actions.operation import ON_SEVERAL
from icosa.wire.version import TWENTY_1_0_3

_BEGINS: Final = re.compile(r"(?:^|[|;&(`])[ \t]*(?:\$ )?(?:\w+=[^\s'\"]*[ \t]+)*((?:icosa|curl)[ \t])", re.MULTILINE)
_OF_THE_API: Final = re.compile(rf"{re.escape(TWENTY_1_0_3.root)}|/open-api/")


def in_shell(file: str, text: str, old: Catalogue, new: Catalogue) -> Iterator[Found]:
    """What its command lines say: where one begins a line, or stands behind a pipe, `;`, `&` or in `$(…)`."""
    for begin in _BEGINS.finditer(text):
        at = begin.start(1)
        line = text.count("\n", 0, at) + 1
        with suppress(InvalidInput):  # a quote that is closed nowhere: this is no command
            words = next(commands(text[at:]))[1]
            yield from _of_curl(file, line, words, old, new) if words[0] == "curl" else _of_icosa(file, line, words, old, new)


_OF_A_RESOURCE = ("export", "changed", "show")
"""Commands that name the resource behind them."""

_OF_NO_ACTION = ("attach", "detach")
"""Commands of a resource beside its actions.  Of those on several records, which only some servers have, the object is
looked at alone: no catalogue says what a server can do."""


def _of_icosa(file: str, line: int, words: list[str], old: Catalogue, new: Catalogue) -> Iterator[Found]:
    if len(words) < 3 or words[1].startswith("-"):
        return
    if words[1] in _OF_A_RESOURCE:
        yield Spot(file, line, words[2], words[1], {}).use()
        return
    if words[2] in _OF_NO_ACTION or words[2].replace("-", "_") in ON_SEVERAL:
        yield Spot(file, line, words[1], words[2], {}).use()
        return
    problem: InvalidInput | None = None
    for catalogue in (old, new):
        try:
            action, given, _ = read_shell(catalogue, words)
        except InvalidInput as error:
            problem = problem or error
        else:
            if action.object is not None:
                yield from uses_of(Spot(file, line, action.object.plural, action.verb, given))
            return
    if not isinstance(problem, UnknownObject):
        yield Misuse(file, line, words[1], str(problem))
    elif words[2].replace("-", "_") in UNNAMED:  # else it is no resource, but a command such as backup
        yield Spot(file, line, words[1], words[2], {}).use()


def _of_curl(file: str, line: int, words: list[str], old: Catalogue, new: Catalogue) -> Iterator[Found]:
    if not any(_OF_THE_API.search(each) for each in words):
        return
    try:
        request, _ = request_in([with_ids(each) for each in words])
    except InvalidInput as error:
        yield Misuse(file, line, "", error.message)
    else:
        yield from in_request(file, line, request, old, new)
