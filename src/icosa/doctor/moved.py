"""What a workspace of Twenty 1.0.3 has once it has moved to 2.19."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from icosa.catalogue.field_types import GENERATIONS
from icosa.catalogue.model import CASCADE, BelongsTo, Catalogue, Field, Object, stored_names
from icosa.catalogue.naming import capitalised
from icosa.catalogue.standard import STANDARD
from icosa.catalogue.standard_2_19 import STANDARD_2_19
from icosa.catalogue.standard_2_19.revision import GENERATION, SYSTEM, second
from icosa.errors import InvalidInput

Member = Field | BelongsTo


def moved(catalogue: Catalogue) -> Catalogue:
    """The standard objects of 2.19, with the workspace's own objects and fields beside them.

    An own object gets what every object has there; what hangs on several kinds of records, such as notes by their targets,
    hangs on it by a relation of another name (targetRocket).  A relation to what is gone goes with it, and where 2.19 has a name
    itself, it is taken.  Raises InvalidInput where names clash all the same.
    """
    own = [each for each in catalogue if not any(_same(each, of) for of in (*STANDARD, *STANDARD_2_19))]
    there = {*STANDARD_2_19.by_singular, *(each.singular for each in own)}
    objects = [_standard(each, catalogue, own, there) for each in STANDARD_2_19]
    try:
        return Catalogue((*objects, *(_own(each, there) for each in own)))
    except ValueError as error:
        raise InvalidInput(f"what the workspace has of its own does not go together with Twenty 2.19: {error}") from None


def has_moved(catalogue: Catalogue) -> bool:
    """Whether a workspace is of 2.19 already: whoever read its objects may not know of which version they are."""
    return catalogue.by_singular.keys() >= STANDARD_2_19.by_singular.keys()


def _same(one: Object, other: Object) -> bool:
    return one.singular == other.singular or one.plural == other.plural


def _standard(of: Object, catalogue: Catalogue, own: Iterable[Object], there: set[str]) -> Object:
    """A standard object with the fields that the workspace added to it."""
    before, first = catalogue.by_singular.get(of.singular), STANDARD.by_singular.get(of.singular)
    added = [each for each in before.members if first is None or each.name not in _names(first)] if before else []
    like = next((each for each in of.belongs_to if each.morph), None)
    if like is not None:
        added = [each for each in added if not (isinstance(each, BelongsTo) and each.target in {one.singular for one in own})]
        added += [replace(like, name=f"target{capitalised(each.singular)}", target=each.singular, on_delete=CASCADE) for each in own]
    collections = {each.name for each in STANDARD_2_19.has_many(of)}
    return replace(of, members=(*of.members, *_fitting(of.members, added, there, collections)))


def _own(of: Object, there: set[str]) -> Object:
    members = (each for each in of.members if each.name not in {one.name for one in SYSTEM})
    held = (*_fitting(SYSTEM, members, there), *SYSTEM)
    called_by = of.label_identifier if any(each.name == of.label_identifier for each in held) else "id"
    bare = replace(of, searchable=(), unique_together=(), indexed=(), duplicate_criteria=(), listed_by="")
    return replace(bare, members=held, label_identifier=called_by, generation=GENERATION)


def _fitting(members: Iterable[Member], added: Iterable[Member], there: set[str], collections: Collection[str] = ()) -> Iterator[Member]:
    """Those that are added, as members of 2.19, without those whose names are taken and relations to what is gone."""
    taken = {name.lower() for each in members for name in (each.name, *stored_names(each))} | {name.lower() for name in collections}
    for each in added:
        known = each.type_name in GENERATIONS[GENERATION] if isinstance(each, Field) else each.target in there
        names = {name.lower() for name in (each.name, *stored_names(each))}
        if known and not names & taken:
            taken |= names
            yield second(each)


def _names(of: Object) -> set[str]:
    return {each.name for each in of.members}
