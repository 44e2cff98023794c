"""What changed between two catalogues is found, and nothing else."""

from dataclasses import replace
from typing import cast

from hypothesis import given
from hypothesis import strategies as st

from icosa.catalogue.fields import Text
from icosa.catalogue.model import BelongsTo, Catalogue, Field
from icosa.catalogue.standard import STANDARD
from icosa.doctor.comparing import compare
from icosa.doctor.finding import FindingKind, Severity
from tests.doctor.changes import ROCKET, added, changed, without
from tests.searched import ON_A_STORE

members = st.sampled_from([(of.plural, member) for of in STANDARD for member in of.members])
fields = members.filter(lambda each: isinstance(each[1], Field)).map(lambda each: cast("tuple[str, Field]", each))


def compared(old: Catalogue, new: Catalogue) -> list[tuple[str, str, str]]:
    return [(each.severity, each.kind, each.subject) for each in compare(old, new)]


@ON_A_STORE
@given(members)
def test_nothing_differs_from_itself(found: tuple[str, Field | BelongsTo]) -> None:
    plural, member = found
    catalogue = changed(plural, member.name, None)
    assert compare(catalogue, Catalogue(tuple(reversed(catalogue.objects)))) == []


@ON_A_STORE
@given(members)
def test_a_member_that_is_gone_breaks(found: tuple[str, Field | BelongsTo]) -> None:
    plural, member = found
    assert compared(STANDARD, changed(plural, member.name, None)) == [("breaks", "gone", f"{plural}.{member.name}")]


@ON_A_STORE
@given(members)
def test_a_member_that_came_is_new(found: tuple[str, Field | BelongsTo]) -> None:
    plural, member = found
    before = changed(plural, member.name, None)
    required = isinstance(member, Field) and member.required
    assert compared(before, STANDARD) == [("breaks" if required else "new", "required" if required else "new", f"{plural}.{member.name}")]


@ON_A_STORE
@given(fields, st.integers(0, 99))
def test_a_field_that_is_called_otherwise_is_gone_and_new_and_the_new_name_is_guessed(found: tuple[str, Field], number: int) -> None:
    plural, field = found
    renamed = replace(field, name=f"{field.name}{number}", required=False)
    gone, new = compare(STANDARD, changed(plural, field.name, renamed))
    assert (gone.severity, gone.kind, gone.subject) == (Severity.BREAKS, FindingKind.GONE, f"{plural}.{field.name}")
    assert (new.severity, new.kind, new.subject) == (Severity.NEW, FindingKind.NEW, f"{plural}.{renamed.name}")
    assert renamed.name in gone.mend or len(field.name) < 3


@ON_A_STORE
@given(fields)
def test_another_type_breaks(found: tuple[str, Field]) -> None:
    plural, field = found
    other = "NUMBER" if field.type_name == "TEXT" else "TEXT"
    after = changed(plural, field.name, Field(field.name, other, "Something else.", required=field.required))
    (finding,) = compare(STANDARD, after)
    assert (finding.severity, finding.kind, finding.subject) == (Severity.BREAKS, FindingKind.TYPE, f"{plural}.{field.name}")
    assert field.type_name in finding.what
    assert other in finding.what


@ON_A_STORE
@given(fields.filter(lambda each: len(each[1].options) > 1), st.data())
def test_an_option_that_is_gone_breaks_and_one_that_came_is_new(found: tuple[str, Field], data: st.DataObject) -> None:
    plural, field = found
    gone = data.draw(st.sampled_from(field.options))
    fewer = changed(plural, field.name, replace(field, options=tuple(each for each in field.options if each != gone), default=None))
    (finding,) = compare(STANDARD, fewer)
    assert (finding.severity, finding.kind, finding.option) == (Severity.BREAKS, FindingKind.OPTION, gone)
    (finding,) = compare(fewer, STANDARD)
    assert (finding.severity, finding.kind, finding.option) == (Severity.NEW, FindingKind.OPTION, gone)


@ON_A_STORE
@given(fields.filter(lambda each: not each[1].required))
def test_what_has_to_be_given_now_breaks_and_what_has_not_any_more_is_safe(found: tuple[str, Field]) -> None:
    plural, field = found
    after = changed(plural, field.name, replace(field, required=True))
    assert compared(STANDARD, after) == [("breaks", "required", f"{plural}.{field.name}")]
    assert compared(after, STANDARD) == [("safe", "required", f"{plural}.{field.name}")]


@ON_A_STORE
@given(st.sampled_from(STANDARD.objects))
def test_an_object_that_is_gone_breaks(of: object) -> None:
    plural = of.plural  # type: ignore[attr-defined]
    after = without(plural)
    pointing = {f"{each.plural}.{one.name}" for each in after for one in STANDARD.by_plural[each.plural].belongs_to
                if STANDARD.by_singular[one.target].plural == plural}  # fmt: skip
    assert set(compared(STANDARD, after)) == {("breaks", "gone", plural), *(("breaks", "gone", each) for each in pointing)}
    assert {severity for severity, *_ in compared(after, STANDARD)} == {"new"}


def test_what_forms_alone_show_makes_no_difference() -> None:
    of = STANDARD.by_plural["people"]
    field = replace(of.field_by_name["jobTitle"], description="Something.", label="Position", system=True)
    assert compare(STANDARD, changed("people", "jobTitle", field)) == []


def test_a_new_object_is_new() -> None:
    assert compared(STANDARD, STANDARD.with_objects(ROCKET)) == [("new", "new", "rockets")]


def test_a_collection_that_is_called_otherwise_breaks() -> None:
    relation = STANDARD.by_plural["people"].relation_by_name["company"]
    (finding,) = compare(STANDARD, changed("people", "company", replace(relation, inverse="staff")))
    assert (finding.severity, finding.kind) == (Severity.BREAKS, FindingKind.NAME)
    assert "company's collection of people is called staff and no longer people" in finding.what


def test_a_relation_to_something_else_breaks() -> None:
    relation = STANDARD.by_plural["people"].relation_by_name["company"]
    (finding,) = compare(STANDARD, changed("people", "company", replace(relation, target="task", inverse="persons")))
    assert (finding.kind, finding.what) == (FindingKind.TYPE, "people.company was a relation to company, and is a relation to task")


def test_another_name_for_one_of_them_breaks() -> None:
    human = replace(STANDARD.by_plural["people"], singular="human", members=(Text("name", "A name."),), label_identifier="id",
                    searchable=(), duplicate_criteria=(), indexed=())  # fmt: skip
    before = replace(human, singular="person")
    (finding,) = compare(Catalogue((before,)), Catalogue((human,)))
    assert (finding.kind, finding.mend) == (FindingKind.NAME, "read createHuman where createPerson was read")


def test_findings_are_plain_data() -> None:
    (finding,) = compare(STANDARD, added("people", Text("shoeSize", "Of the left one.")))
    assert finding.as_json() == {
        "severity": "new", "kind": "new", "object": "people", "member": "shoeSize",
        "what": "people.shoeSize, a field of type TEXT, is new",
    }  # fmt: skip
