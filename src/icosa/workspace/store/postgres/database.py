"""Which database on which server."""

from dataclasses import dataclass, field

POOL = 10
"""How many connections each process opens at most, unless its URL says otherwise."""


@dataclass(frozen=True, slots=True)
class PostgresDatabase:
    """`url` is the driver's and holds the password; `name` says which database it is and can be shown."""

    url: str = field(repr=False)
    name: str
    pool: int = POOL
