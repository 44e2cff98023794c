"""The version of the wire that a database keeps: a workspace speaks the one that it was made in, for life.

It stands beside the fingerprints of the tables; a workspace of 1.0.3 keeps none, as those that an Icosa made which spoke
no other.
"""

from typing import Final

from icosa.errors import InvalidInput
from icosa.wire.version import TWENTY_1_0_3, VERSIONS, Version

NAME: Final = "icosa_api"
"""The name under which it is kept in icosa_schema."""

READ: Final = f"SELECT fingerprint FROM icosa_schema WHERE name = '{NAME}'"


def settled(kept: str | None, wanted: Version | None, database: str) -> Version:
    """The version that a workspace speaks.  `kept` is the name of the one that its database keeps, "" where it keeps none,
    and None where there is no workspace yet.  Raises InvalidInput where another one is `wanted` than it speaks, or this
    Icosa does not speak it.
    """
    if kept is None:
        return wanted or TWENTY_1_0_3
    kept = kept or TWENTY_1_0_3.name
    if wanted is None and kept in VERSIONS:
        return VERSIONS[kept]
    if wanted is None:
        raise InvalidInput(
            f"the workspace in {database} answers as Twenty {kept}, and this Icosa knows {' and '.join(VERSIONS)}; open it with the "
            "Icosa that made it, or a newer one"
        )
    if kept != wanted.name:
        raise InvalidInput(
            f"the workspace in {database} was made to answer as Twenty {kept}, and does so for good; leave the version out, "
            f"or name another database for one that answers as Twenty {wanted.name}"
        )
    return wanted
