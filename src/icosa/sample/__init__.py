"""A small, lively sample workspace, made up by a seeded generator: the same seed, the same records.

A maker of sensors, its customers and would-be customers, the deals, notes, tasks, mail and meetings
between them.  All names are invented, all addresses lie in example domains, and all phone numbers are
in ranges that the numbering authorities keep free for fiction.
"""

from icosa.sample.activities import activities
from icosa.sample.customers import customers
from icosa.sample.draw import Draw, Record, Sample
from icosa.sample.mail import mail
from icosa.sample.meetings import meetings
from icosa.sample.team import team

__all__ = ["SEED", "Record", "Sample", "records"]

SEED = 20


def records(seed: int = SEED) -> Sample:
    """Records by the plural name of their object, as create-many takes them.

    The objects come in an order in which every record points only at records before it.  Ids are
    given, of the form of version 4, and rise in the order of creation.
    """
    draw = Draw(seed)
    sample = team(draw)
    sample |= customers(draw, sample)
    sample |= activities(draw, sample)
    sample |= mail(draw, sample)
    sample |= meetings(draw, sample)
    return sample
