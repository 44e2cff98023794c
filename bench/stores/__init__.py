"""The kinds of databases that can be measured."""

from collections.abc import Iterator
from contextlib import contextmanager

from bench.stores.sqlite import SqliteDatabases
from bench.stores.store import Databases

STORES = ("sqlite", "postgresql")


@contextmanager
def databases(store: str) -> Iterator[Databases]:
    """Databases of one of STORES; a server that they need runs until the end.  Raises NotMeasured where there is none."""
    if store == "sqlite":
        yield SqliteDatabases()
        return
    from bench.stores.postgres import postgres_databases  # here, because its driver is an extra

    with postgres_databases() as kind:
        yield kind
