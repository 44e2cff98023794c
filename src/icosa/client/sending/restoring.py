"""The ways in which servers bring one record back: the path changed from version to version, and 2.19 refuses the one
that its document lists."""

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import quote

from icosa.client.sending.work import Work
from icosa.wire.actions.operation import RESTORE_LAYOUTS, restoring_template
from icosa.wire.version import TWENTY_1_0_3


def layouts(work: Work, seen: str) -> Iterator[Work]:
    """The restoration in every layout: first the one that this server was seen to take, then the one that it says it
    takes.  `seen` is the path of an action, of whichever object, or ""."""
    prefix = _prefix(work)
    paths = [restoring_template(each, work.of, prefix) for each in RESTORE_LAYOUTS]
    own = next((each for each in paths if _shape(each) == _shape(seen)), work.action.path)
    for path in dict.fromkeys([own, work.action.path, *paths]):
        yield work if path == work.action.path else _moved(work, path)


def _prefix(work: Work) -> str:
    """What the server has before the path of every object."""
    ends = (restoring_template(each, work.of, "") for each in RESTORE_LAYOUTS)
    return next((work.action.path.removesuffix(each) for each in ends if work.action.path.endswith(each)), TWENTY_1_0_3.prefix)


def _shape(path: str) -> str:
    """A path without what is particular to its object."""
    return "/".join(each if each in ("restore", "{id}", "") else "…" for each in path.partition("?")[0].split("/"))


def _moved(work: Work, template: str) -> Work:
    path, _, fixed = template.replace("{id}", work.ids[0]).partition("?")
    name, _, value = fixed.partition("=")
    own = [each for each in work.request.query.split("&") if each and not each.startswith("filter=")]
    query = "&".join([*([f"{name}={quote(value, safe='')}"] if fixed else []), *own])
    return replace(work, action=work.action._replace(path=template), request=work.request._replace(path=path, query=query))
