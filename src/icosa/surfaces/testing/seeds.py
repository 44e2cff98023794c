"""The records that a workspace begins a test with."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal, TypeAlias

from icosa import Client
from icosa.catalogue.kinds import shown
from icosa.errors import InvalidValue
from icosa.sample import records
from icosa.sample.draw import TODAY, wire

SAMPLE = "sample"
SAMPLE_MOMENT = wire(TODAY)
"""When the records of the sample were made, where a test does not say what time it is."""

Seed: TypeAlias = Literal["sample"] | Mapping[str, Iterable[Mapping[str, Any]]] | Callable[[Client], object]
"""The sample workspace; or records by the name of their object, in an order in which each points only at
records before it; or a function that is given a client and makes them."""


def sow(crm: Client, seed: Seed) -> None:
    """Makes the records.  Raises InvalidValue for what is no seed, and what the workspace raises."""
    if seed == SAMPLE:
        seed = records()
    if isinstance(seed, Mapping):
        batch = crm.offers.max_batch
        for name, listed in seed.items():
            made = list(listed)
            for start in range(0, len(made), batch):
                crm[name].create_many(made[start : start + batch], depth=0)
    elif callable(seed):
        seed(crm)
    else:
        raise InvalidValue("seed", f'{shown(seed)} is none; give "sample", records by the name of their object, or a function of a client')
