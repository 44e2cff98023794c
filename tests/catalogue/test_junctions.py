"""What hangs on what is found in the catalogue, whatever a server calls it."""

from icosa.catalogue.fields import Text
from icosa.catalogue.junctions import joining, junction
from icosa.catalogue.model import BelongsTo, Catalogue, Object
from icosa.catalogue.standard import STANDARD

NOTE = Object("note", "notes", "", (Text("title", ""),))
PERSON = Object("person", "people", "")
ROCKET = Object("rocket", "rockets", "", custom=True)


def keys(catalogue: Catalogue, singular: str) -> dict[str, str]:
    found = junction(catalogue, catalogue.by_singular[singular])
    return {} if found is None else {plural: relation.foreign_key for plural, relation in found.to.items()}


def with_rows(*relations: BelongsTo) -> Catalogue:
    return Catalogue((NOTE, PERSON, ROCKET, Object("noteTarget", "noteTargets", "", relations)))


OWN = BelongsTo("note", "note", "noteTargets", "")


def test_notes_and_tasks_hang_on_people_companies_and_deals() -> None:
    wanted = {"people": "personId", "companies": "companyId", "opportunities": "opportunityId"}
    assert keys(STANDARD, "note") == keys(STANDARD, "task") == wanted
    assert {each.singular for each in STANDARD if junction(STANDARD, each)} == {"note", "task"}
    assert {each.singular for each in STANDARD if joining(STANDARD, each)} == {"noteTarget", "taskTarget"}


def test_newer_servers_call_it_otherwise_and_have_objects_of_their_own() -> None:
    catalogue = with_rows(
        OWN, BelongsTo("targetPerson", "person", "noteTargets", ""), BelongsTo("targetRocket", "rocket", "noteTargets", "")
    )
    assert keys(catalogue, "note") == {"people": "targetPersonId", "rockets": "targetRocketId"}


def test_of_several_ways_to_an_object_the_usual_one_is_meant() -> None:
    author = BelongsTo("author", "person", "written", "")
    assert keys(with_rows(author, OWN, BelongsTo("person", "person", "noteTargets", "")), "note") == {"people": "personId"}
    assert keys(with_rows(BelongsTo("person", "person", "noteTargets", ""), OWN, author), "note") == {"people": "personId"}
    assert keys(with_rows(OWN, author), "note") == {"people": "authorId"}


def test_what_joins_nothing_is_no_junction() -> None:
    for catalogue in (Catalogue((NOTE, PERSON)), with_rows(OWN), with_rows(BelongsTo("person", "person", "noteTargets", ""))):
        assert junction(catalogue, catalogue.by_singular["note"]) is None


def test_a_catalogue_that_is_read_again_joins_the_same() -> None:
    first, again = (with_rows(OWN, BelongsTo("person", "person", "noteTargets", "")) for _ in range(2))
    assert joining(first, first.by_singular["noteTarget"]) is not None
    assert joining(again, Catalogue(again.objects).by_singular["noteTarget"]) is not None
