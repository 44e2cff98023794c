"""The tables of the standard objects, known without being written out: most workspaces have no others, and every start looks."""

from collections.abc import Mapping
from typing import Final

from icosa.wire.version import Version
from icosa.workspace.store import keys

OWN: Final = "icosa_schema"
"""The name under which the fingerprint of Icosa's own tables is kept, beside those of objects' tables."""

TOTALS: Final = {
    "1.0.3": "14a51aece7a2d051339ce75b277ffb5dbecabe34bb3f26190d21400dd6d72a3a25",
    "2.19": "109d2fcef5749a2c52e011b0888c58d17f4877ea59bb0b29195bb9e62c0a7115a1",
}
"""What `total` makes of the tables of each version's standard objects, as this Icosa makes them.  Whoever changes what makes a table,
or a standard object, writes another one here: tests/store/test_standard_tables.py says which."""


def are(made: Mapping[str, str], version: Version) -> bool:
    """Whether tables with these fingerprints, by their names, are those of the standard objects of a version as they would be
    made today."""
    try:
        return total(made, version) == TOTALS.get(version.name)
    except (KeyError, ValueError):
        return False


def total(made: Mapping[str, str], version: Version) -> str:
    """The sum of the fingerprints.  Each is a SHA-256 of all that makes one table, its name too, so that the sum stands for all of
    them.  Raises KeyError where one is missing, ValueError where one is none."""
    names = (OWN, *(each.table for each in keys.objects(version.standard)))
    return f"{sum(int(made[name], 16) for name in names):x}"
