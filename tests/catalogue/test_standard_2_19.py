"""The catalogue of Twenty 2.19 says what that has, in words of its own, and what 1.0.3 has as well only once."""

import re
from typing import Any

import pytest

from icosa.catalogue import naming
from icosa.catalogue.as_json import as_json, from_json
from icosa.catalogue.columns import columns, columns_of_field
from icosa.catalogue.junctions import junction
from icosa.catalogue.model import NOW, BelongsTo, Field, Object
from icosa.catalogue.standard import STANDARD
from icosa.catalogue.standard_2_19 import STANDARD_2_19
from tests.shared import needs_shared, reference

every_object = pytest.mark.parametrize("of", STANDARD_2_19.objects, ids=lambda of: of.singular)

NOT_KEPT = {"searchVector"}
"""What a database makes of other fields for itself."""


def as_reference(of: Object) -> dict[str, Any]:
    return next(each for each in reference("objects-2.19.json")["objects"] if each["nameSingular"] == of.singular)


def reference_fields(of: Object) -> dict[str, dict[str, Any]]:
    return {each["name"]: each for each in as_reference(of)["fields"] if each["name"] not in NOT_KEPT}


def reference_relations(of: Object) -> dict[str, dict[str, Any]]:
    return {each["joinColumn"]: each for each in as_reference(of)["relations"] if each["type"] == "MANY_TO_ONE"}


def key_of(member: Field | BelongsTo) -> str:
    return member.name if isinstance(member, Field) else member.foreign_key


@needs_shared
def test_the_objects_are_those_of_a_new_workspace() -> None:
    assert [of.singular for of in STANDARD_2_19] == [each["nameSingular"] for each in reference("objects-2.19.json")["objects"]]
    assert len(STANDARD_2_19.objects) == 28


@needs_shared
@every_object
def test_an_object_is_named_and_treated_as_in_the_reference(of: Object) -> None:
    known = as_reference(of)
    assert of.plural == known["namePlural"]
    assert of.table == known["table"]
    assert (of.label or naming.label(of.singular)) == known["labelSingular"]
    assert (of.label_plural or naming.label(of.plural)) == known["labelPlural"]
    assert of.label_identifier == known["labelIdentifierField"]
    assert of.system == known["isSystem"]
    assert bool(of.searchable) == known["isSearchable"]
    assert [list(each) for each in of.duplicate_criteria] == (known["duplicateCriteria"] or [])
    assert not of.custom


@needs_shared
@every_object
def test_members_stand_in_the_order_of_the_published_document(of: Object) -> None:
    schemas = reference("openapi-2.19.json")["components"]["schemas"]
    assert [key_of(member) for member in of.members] == list(schemas[naming.capitalised(of.singular)]["properties"])


@needs_shared
@every_object
def test_an_object_has_exactly_the_fields_and_relations_of_the_reference(of: Object) -> None:
    assert of.field_by_name.keys() == reference_fields(of).keys()
    assert of.relation_by_key.keys() == reference_relations(of).keys()


@needs_shared
@every_object
def test_fields_have_the_types_and_settings_of_the_reference(of: Object) -> None:
    for name, known in reference_fields(of).items():
        field = of.field_by_name[name]
        assert field.generation == 2, name
        assert field.type.name == known["type"], name
        assert (field.label or naming.label(name)) == known["label"], name
        assert field.nullable == known["nullable"] or field.type_name == "ACTOR", name
        assert field.required == (known["requiredByColumn"] or (of.singular, name) == ("workspaceMember", "name")), name
        assert field.unique == field.unique_for_good == known["unique"], name
        assert field.system == known["system"], name
        assert field.most == ((known.get("settings") or {}).get("maxNumberOfValues", 0) if known["type"] == "FILES" else 0), name
        options = [each["value"] if isinstance(each, dict) else each for each in known.get("options", [])]
        assert list(field.options) == options, name


@needs_shared
@every_object
def test_a_record_is_created_with_the_defaults_of_the_reference(of: Object) -> None:
    for name, known in reference_fields(of).items():
        if name in ("id", "createdAt", "updatedAt", "position", "createdBy", "updatedBy", "pageLayoutId"):
            continue  # what the workspace fills in
        default: Any = known["apiDefault"] if (of.singular, name) != ("workflowAutomatedTrigger", "type") else "DATABASE_EVENT"
        for column in columns_of_field(of, name):
            expected = (default or {}).get(column.part) if column.part else default
            found = column.absent if column.default is None else column.default
            assert found == (NOW if expected == "<now()>" else expected), column.path


@needs_shared
@every_object
def test_columns_are_named_and_nullable_as_in_the_reference(of: Object) -> None:
    for name, known in reference_fields(of).items():
        stored = {each["name"]: each["nullable"] for each in known["columns"] if isinstance(each, dict)}
        found = {column.name: column.nullable for column in columns_of_field(of, name)}
        assert found == stored or known["type"] == "ACTOR", name


@needs_shared
@every_object
def test_relations_point_where_the_reference_says_and_end_as_it_says(of: Object) -> None:
    for key, known in reference_relations(of).items():
        relation = of.relation_by_key[key]
        assert relation.name == known["name"]
        assert relation.target == known["target"]
        assert relation.inverse == known["inverse"]
        assert relation.on_delete == known["fkOnDelete"]
        assert (relation.label or naming.label(relation.name)) == known["label"]
        assert relation.morph == known.get("morphId", "")
        assert bool(relation.morph) == (known["kind"] == "MORPH_RELATION")


@needs_shared
@every_object
def test_collections_are_the_other_ends_of_relations(of: Object) -> None:
    known = {each["name"]: each["target"] for each in as_reference(of)["relations"] if each["type"] == "ONE_TO_MANY"}
    assert {many.name: many.source for many in STANDARD_2_19.has_many(of)} == known


@needs_shared
@every_object
def test_unique_keys_are_those_of_the_reference(of: Object) -> None:
    known = {tuple(each["columns"]): each["where"] is None for each in as_reference(of)["indexes"] if each["unique"]}
    alone: dict[tuple[str, ...], bool] = {(column.name,): column.unique_for_good for column in columns(of) if column.unique}
    together: dict[tuple[str, ...], bool] = dict.fromkeys(of.unique_together, False)
    assert alone | together == known


@needs_shared
def test_an_actor_can_come_from_the_sources_of_the_reference() -> None:
    (source,) = (column for column in columns(STANDARD_2_19.by_singular["note"]) if column.path == "createdBy.source")
    assert list(source.options) == reference("objects-2.19.json")["actorSources"]


def test_everything_is_described_in_one_plain_sentence() -> None:
    for of in STANDARD_2_19:
        for name, text in ((of.singular, of.description), *((f"{of.singular}.{each.name}", each.description) for each in of.members)):
            assert re.fullmatch(r"\S.{15,190}\.", text), name
            assert "  " not in text, name


def test_no_two_members_of_an_object_are_described_alike() -> None:
    for of in STANDARD_2_19:
        texts = [member.description for member in of.members]
        assert len(texts) == len(set(texts)), of.singular


def test_the_two_catalogues_lie_side_by_side() -> None:
    assert all(field.generation == 1 for of in STANDARD for field in of.field_by_name.values())
    assert STANDARD.by_singular["company"] != STANDARD_2_19.by_singular["company"]


def test_it_is_read_back_from_json_as_it_was() -> None:
    assert from_json(as_json(STANDARD_2_19)) == STANDARD_2_19


def test_notes_and_tasks_hang_on_what_their_targets_name() -> None:
    for singular in ("note", "task"):
        found = junction(STANDARD_2_19, STANDARD_2_19.by_singular[singular])
        assert found is not None
        assert {plural: relation.name for plural, relation in found.to.items()} == {
            "companies": "targetCompany",
            "opportunities": "targetOpportunity",
            "people": "targetPerson",
        }
