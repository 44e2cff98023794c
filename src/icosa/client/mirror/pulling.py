"""`pull_into`: a workspace in a file, in one call."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from icosa.client.actions import Client
from icosa.client.mirror.masking.masking import Masking
from icosa.client.mirror.masking.salt import salt_at
from icosa.client.mirror.pull import Counts, Pull, Remark, Told
from icosa.client.mirror.target import Origin, open_target
from icosa.client.mirror.walking import remote


@dataclass(frozen=True, slots=True)
class Pulled:
    """What a pull did: the database's name, what became of the records of each object by its plural, and where
    the salt was put that the made-up values of a masked mirror follow from, where it is new."""

    name: str
    counts: Mapping[str, Counts]
    new_salt: Path | None


def pull_into(
    into: str,
    crm: Client,
    *,
    mask: bool = False,
    keep: Sequence[str] = (),
    full: bool = False,
    theirs: bool = False,
    told: Told = lambda name, done, total: None,
    remark: Remark = lambda text: None,
) -> Pulled:
    """Make the database at an address (sqlite:///crm.db) what the workspace is, or bring it up to date.

    `mask` puts made-up values in the place of personal data, but for the fields that `keep` names.  `full` looks
    at every record again.  What was changed in the database since the last pull stays, unless it was changed in
    the workspace too and `theirs` is given.  Run it again after whatever interrupted it.

    Raises InvalidInput where the database is a mirror of another workspace, or holds records that were never
    pulled; UnknownField for a field to keep that does not exist; and what reading from the workspace raises.
    """
    kept = tuple(sorted(keep))
    mirror, new = open_target(into, Origin(crm.address, mask, kept), crm.catalogue)
    try:
        masking = Masking(mirror.catalogue, salt_at(mirror.salt_path, make=new), kept) if mask else None
        counts = Pull(remote(crm), mirror, told, remark, mask=masking, theirs=theirs).run(full=full)
        return Pulled(mirror.name, counts, mirror.salt_path if masking and new else None)
    finally:
        mirror.close()
