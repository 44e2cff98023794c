"""The module beside a stub: what runs.  Its types are for type checkers alone; at run time a record is a dict."""

from collections.abc import Iterator

from icosa.catalogue.model import Catalogue
from icosa.stubs.layout import HEAD, doc, quoted
from icosa.stubs.names import names_of

_CONNECT = '''\
import icosa

ADDRESS = {address}


def connect(url=ADDRESS, token=None, **settings):
    """icosa.connect, to this workspace unless another is named."""
    return icosa.connect(url, token, **settings)


def aconnect(url=ADDRESS, token=None, **settings):
    """icosa.aconnect, to this workspace unless another is named."""
    return icosa.aconnect(url, token, **settings)


def __getattr__(name):
    if name in ("Client", "AsyncClient"):  # here, because they are not needed before somebody connects
        return getattr(icosa, name)
    raise AttributeError(f"module {{__name__!r}} has no attribute {{name!r}}")


# A type checker reads the stub beside this file, where each of these is a type of its own.
'''


def module(catalogue: Catalogue, about: str, address: str | None) -> str:
    """The text of the .py file for the objects of a catalogue.  `address` is the workspace to connect to, None for
    the one that the environment names; it may hold no password."""
    written = "None  # the workspace that the environment names" if address is None else quoted(address)
    return HEAD + "\n".join([*doc(about, ""), "", _CONNECT.format(address=written)]) + "\n".join(_stand_ins(catalogue)) + "\n"


def _stand_ins(catalogue: Catalogue) -> Iterator[str]:
    """What types are at run time, so that they can be imported and stand in annotations."""
    names = names_of(catalogue)
    for type_name, value in names.values.items():
        yield f"{value} = {names.inputs[type_name]} = dict"
    for each in names.objects.values():
        dicts = (each.record, each.near, each.far, each.input, each.part, each.create, each.update)
        yield f"{' = '.join(dict.fromkeys(dicts))} = dict"
        yield f"{each.resource} = {each.async_resource} = object"
    texts = [*names.options.values(), *(each.key for each in names.objects.values())]
    yield from (f"{name} = str" for name in texts)
