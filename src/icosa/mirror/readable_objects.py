"""Which objects of a workspace a key may read, told by name before anything is pulled."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from icosa.catalogue.model import Object
from icosa.errors import Forbidden
from icosa.mirror.walking import Head, Remote, head


def heads(source: Remote, objects: Iterable[Object]) -> dict[str, Head]:
    """The head of each object, by its plural.  Raises Forbidden, naming every object that may not be read."""
    found, refused = dict[str, Head](), dict[str, Forbidden]()
    for of in objects:
        try:
            found[of.plural] = head(source, of)
        except Forbidden as error:
            refused[of.plural] = error
    if refused:
        raise _not_readable(list(refused), next(iter(refused.values())))
    return found


@contextmanager
def naming_unreadable(of: Object) -> Iterator[None]:
    """Names the object where it turns out that it may not be read."""
    try:
        yield
    except Forbidden as error:
        raise _not_readable([of.plural], error) from None


def _not_readable(plurals: Sequence[str], error: Forbidden) -> Forbidden:
    without = " ".join(f"--without {each}" for each in plurals)
    return Forbidden(f"{', '.join(plurals)}: the key may not read this ({error.message}); give its role the right to, or pull {without}")
