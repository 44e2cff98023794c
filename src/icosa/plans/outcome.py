"""What came of a plan that was run, object by object, in the words that people and programs get."""

from collections import Counter
from collections.abc import Mapping

from icosa.plans.apply import Applied

Counts = Mapping[str, Mapping[str, int]]
"""By object's plural, how many of what."""


def by_object(applied: Applied) -> Counts:
    """What came of each object's steps: "created", "changed", "deleted", "restored", "unchanged", "conflicts", "bad", and
    "left" where rows were left out."""
    return {of: _came(applied.by_object.get(of, {}), planned) for of, planned in applied.planned_by_object.items()}


def total(applied: Applied) -> Mapping[str, int]:
    """The same of all of them."""
    return _came(applied.counts, applied.planned)


def _came(done: Mapping[str, int], planned: Mapping[str, int]) -> Mapping[str, int]:
    came, were = Counter(done), Counter(planned)
    return {
        "created": came["create"],
        "changed": came["change"],
        "deleted": came["delete"],
        "restored": came["restore"],
        "unchanged": were["skip"] + came["already"],
        "conflicts": were["conflict"] + came["moved"],
        "bad": were["bad"] + came["refused"],
        **({"left": were["left"]} if were["left"] else {}),
    }
