"""`pull_into`: a workspace in a file, in one call."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from icosa.catalogue.model import Catalogue
from icosa.client.blocking import Client
from icosa.errors import InvalidInput
from icosa.mirror.forecast import Forecast
from icosa.mirror.masking.masking import Masking
from icosa.mirror.masking.salt import salt_at
from icosa.mirror.pull import Counts, Progress, Pull, Remark
from icosa.mirror.target import Origin, open_target
from icosa.mirror.walking import remote
from icosa.wire.actions import find_object


def chosen_objects(catalogue: Catalogue, only: Sequence[str], without: Sequence[str]) -> Catalogue:
    """The objects that are named alone, or all but those that are left out.  Raises UnknownObject, and InvalidInput
    where none is left."""
    chosen, left_out = _plurals(catalogue, only), _plurals(catalogue, without)
    gone = [of for of in catalogue if (chosen and of.plural not in chosen) or of.plural in left_out]
    if len(gone) == len(catalogue.objects):
        raise InvalidInput("no object is left to be pulled; name fewer with --without")
    return catalogue.without(*gone)


def _plurals(catalogue: Catalogue, names: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted({find_object(catalogue, each).plural for each in names}))


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
    only: Sequence[str] = (),
    without: Sequence[str] = (),
    full: bool = False,
    theirs: bool = False,
    progress: Progress = lambda name, done, total: None,
    remark: Remark = lambda text: None,
) -> Pulled:
    """Make the database at an address (sqlite:///crm.db) what the workspace is, or bring it up to date.

    `only` names the objects to pull, `without` those to leave out; what points at one that is left out keeps its id.
    `mask` puts made-up values in the place of personal data, but for the fields that `keep` names.  `full` looks
    at every record again.  What was changed in the database since the last pull stays, unless it was changed in
    the workspace too and `theirs` is given.  Run it again after whatever interrupted it.

    Raises InvalidInput where the database is a mirror of another workspace, or holds records that were never
    pulled; UnknownObject for an object, UnknownField for a field to keep that does not exist; Forbidden, with their names,
    where the key may not read some objects; and what reading from the workspace raises.
    """
    kept = tuple(sorted(keep))
    chosen, left_out = (_plurals(crm.catalogue, names) for names in (only, without))
    catalogue = chosen_objects(crm.catalogue, chosen, left_out)
    mirror, new = open_target(into, Origin(crm.address, mask, kept, chosen, left_out), catalogue)
    source = remote(crm)
    try:
        for each in crm.offers.remarks if new else ():
            remark(each)
        progress = Forecast(progress, remark, crm.estimate, source.size)
        masking = Masking(mirror.catalogue, salt_at(mirror.salt_path, make=new), kept) if mask else None
        counts = Pull(source, mirror, progress, remark, mask=masking, theirs=theirs).run(full=full)
        return Pulled(mirror.name, counts, mirror.salt_path if masking and new else None)
    finally:
        mirror.close()
