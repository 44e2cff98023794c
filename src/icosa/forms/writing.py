"""A call in the form that is asked for."""

from collections.abc import Sequence
from dataclasses import replace

from icosa.call.address import is_embedded
from icosa.call.extensions import PLAIN
from icosa.catalogue.model import Catalogue
from icosa.forms.call import Call, action_named
from icosa.forms.curl import curl
from icosa.forms.json_form import json_form
from icosa.forms.names import Form
from icosa.forms.python import python, python_async
from icosa.forms.shell import aim, shell
from icosa.forms.text import veiled
from icosa.forms.words import line
from icosa.wire.openapi.reading import Offers


def written(
    form: Form,
    catalogue: Catalogue,
    call: Call,
    address: str | None = None,
    *,
    offers: Offers = PLAIN,
    show_secrets: bool = False,
) -> str:
    """The call in a form, as text without a line break at its end.

    `address` is the workspace's.  The key to it never stands there: it is $ICOSA_TOKEN, or what `icosa login`
    kept.  `offers` are what its server can do beyond 1.0.3.  Secret properties stand in variables of the environment,
    ICOSA_…, unless `show_secrets`.
    """
    of = action_named(catalogue, call.resource, call.operation, offers).object
    shown = call if show_secrets else replace(call, properties=veiled(of, dict(call.properties)))
    match form:
        case "python":
            return python(catalogue, shown, _connected(address), offers)
        case "python-async":
            return python_async(catalogue, shown, _connected(address), offers)
        case "curl":
            there = None if address is None or is_embedded(address) else address
            return curl(catalogue, call, there, offers, show_secrets=show_secrets)
        case "cli":
            return shell(catalogue, shown, _connected(address), offers)
        case "json":
            return json_form(shown)


def command_line(words: Sequence[str], address: str | None) -> str:
    """A command of the shell, with where it goes, so that who copies it reaches this workspace and no other."""
    return line([*words, *aim(_connected(address))])


def _connected(address: str | None) -> str | None:
    """An address as a text may hold it: one of a database server, which may hold a password, stays
    in the environment."""
    keeps = address is None or not is_embedded(address) or address.startswith("sqlite:")
    return address if keeps else None
