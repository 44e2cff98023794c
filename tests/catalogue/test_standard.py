"""The standard catalogue says what Twenty 1.0.3 has, in words of its own."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from icosa.catalogue import naming
from icosa.catalogue.columns import Column, column_by_name, column_by_path, columns, columns_of_field
from icosa.catalogue.kinds import Kind, coerce
from icosa.catalogue.model import NOW, BelongsTo, Catalogue, Field, Object
from icosa.catalogue.standard import STANDARD
from icosa.catalogue.standard_2_19 import STANDARD_2_19
from tests.shared import needs_shared, reference

BASE = {"id", "createdAt", "updatedAt", "deletedAt"}
every_object = pytest.mark.parametrize("of", STANDARD.objects, ids=lambda of: of.singular)


@pytest.mark.parametrize("standard", [STANDARD, STANDARD_2_19], ids=["1.0.3", "2.19"])
def test_no_start_has_to_look_whether_it_contradicts_itself(standard: Catalogue) -> None:
    assert Catalogue(standard.objects) == standard  # which raises where it does


def as_reference(of: Object) -> dict[str, Any]:
    return next(each for each in reference("objects.json")["objects"] if each["nameSingular"] == of.singular)


def reference_fields(of: Object) -> dict[str, dict[str, Any]]:
    """The reference's fields without those that a new workspace does not get or the API does not show."""
    return {
        each["name"]: each
        for each in as_reference(of)["fields"]
        if each["active"] and not each["deprecated"] and not each["inherited"] and each["type"] != "TS_VECTOR"
    }


def reference_relations(of: Object) -> dict[str, dict[str, Any]]:
    return {each["joinColumn"]: each for each in as_reference(of)["relations"] if each["type"] == "MANY_TO_ONE"}


def schema_of(of: Object) -> dict[str, Any]:
    schemas: dict[str, Any] = reference("openapi-1.0.3.json")["components"]["schemas"]
    return dict(schemas[naming.capitalised(of.singular)])


def key_of(member: Field | BelongsTo) -> str:
    return member.name if isinstance(member, Field) else member.foreign_key


def described() -> Iterator[tuple[str, str]]:
    for of in STANDARD:
        yield of.singular, of.description
        for member in of.members:
            yield f"{of.singular}.{member.name}", member.description


# ---- the same facts as the reference


@needs_shared
def test_the_objects_are_those_that_menus_list_and_in_their_order() -> None:
    resources = dict.fromkeys(each["resource"] for each in reference("actions.json") if each["resource"] != "General")
    assert [of.resource for of in STANDARD] == list(resources)
    assert len(STANDARD.objects) == 36


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
    assert of.audit_logged == known["isAuditLogged"]
    assert list(of.searchable) == [each["name"] for each in known["searchFields"] or []]
    assert [list(each) for each in of.duplicate_criteria] == (known["duplicateCriteria"] or [])
    assert not of.custom


@needs_shared
@every_object
def test_members_stand_in_the_order_in_which_forms_show_them(of: Object) -> None:
    assert [key_of(member) for member in of.members] == list(schema_of(of)["properties"])


@needs_shared
@every_object
def test_an_object_has_exactly_the_fields_and_relations_of_the_reference(of: Object) -> None:
    assert {field.name for field in of.fields} == reference_fields(of).keys()
    assert of.relation_by_key.keys() == reference_relations(of).keys()


@needs_shared
@every_object
def test_fields_have_the_types_and_settings_of_the_reference(of: Object) -> None:
    for name, known in reference_fields(of).items():
        field = of.field_by_name[name]
        assert field.type_name == known["type"], name
        assert (field.label or naming.label(name)) == known["label"], name
        assert field.nullable == known["nullable"], name
        assert field.required == known["requiredInOpenApi"], name
        assert field.unique == known["unique"], name
        assert field.system == known["system"], name
        options = [each["value"] if isinstance(each, dict) else each for each in known.get("options", [])]
        assert list(field.options) == options, name


@needs_shared
@every_object
def test_a_record_is_created_with_the_defaults_of_the_reference(of: Object) -> None:
    for name, known in reference_fields(of).items():
        default = known["apiDefault"]
        for column in columns_of_field(of, name):
            expected = (default or {}).get(column.part) if column.part else default
            assert column.default == (NOW if expected == "<now()>" else expected), column.path
            assert type(column.default) is type(NOW if expected == "<now()>" else expected), column.path


@needs_shared
@every_object
def test_columns_are_named_and_nullable_as_in_the_reference(of: Object) -> None:
    for name, known in reference_fields(of).items():
        stored = {each["name"]: each["nullable"] for each in known["columns"]}
        assert {column.name: column.nullable for column in columns_of_field(of, name)} == stored, name


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


@needs_shared
@every_object
def test_collections_are_the_other_ends_of_relations(of: Object) -> None:
    known = {each["name"]: each["target"] for each in as_reference(of)["relations"] if each["type"] == "ONE_TO_MANY"}
    assert {many.name: many.source for many in STANDARD.has_many(of)} == known


@needs_shared
@every_object
def test_unique_keys_are_those_of_the_reference(of: Object) -> None:
    known = [tuple(each["columns"]) for each in as_reference(of)["indexes"] if each["unique"]]
    alone = [(column.name,) for column in columns(of) if column.unique]
    assert sorted([*alone, *of.unique_together]) == sorted(known)


@needs_shared
@every_object
def test_required_properties_are_those_of_the_published_document(of: Object) -> None:
    assert sorted(field.name for field in of.fields if field.required) == sorted(schema_of(of).get("required", []))


# ---- in words of its own


def test_everything_is_described_in_one_plain_sentence() -> None:
    for name, text in described():
        assert re.fullmatch(r"\S.{15,190}\.", text), name
        assert "  " not in text, name


def test_no_two_members_of_an_object_are_described_alike() -> None:
    for of in STANDARD:
        texts = [member.description for member in of.members]
        assert len(texts) == len(set(texts)), of.singular


@needs_shared
def test_no_description_is_taken_from_the_reference() -> None:
    theirs: set[str] = set()

    def collect(schema: Any) -> None:
        for each in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ():
            collect(each)
        if isinstance(schema, dict) and isinstance(schema.get("description"), str):
            theirs.add(_plain(schema["description"]))

    collect(reference("openapi-1.0.3.json")["components"])
    assert len(theirs) > 100
    assert [name for name, text in described() if _plain(text) in theirs] == []


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", text).strip().lower()


# ---- fit to be used


def test_secrets_are_the_tokens_and_the_signing_key() -> None:
    secret = {f"{of.singular}.{column.path}" for of in STANDARD for column in columns(of) if column.secret}
    assert secret == {"connectedAccount.accessToken", "connectedAccount.refreshToken", "webhook.secret"}


@every_object
def test_every_default_is_a_value_that_its_column_takes(of: Object) -> None:
    for column in columns(of):
        if column.default is not None and column.default is not NOW:
            assert coerce(column.kind, column.default, column.path, column.options) == column.default


@every_object
def test_a_column_that_is_never_null_has_a_default_or_must_be_sent(of: Object) -> None:
    made_by_the_workspace = {"id", "createdAt", "updatedAt"}
    for column in columns(of):
        if not column.nullable and column.default is None and column.name not in made_by_the_workspace:
            assert of.field_by_name[column.field].required, column.path


@every_object
def test_columns_are_found_by_their_name_their_path_and_their_field(of: Object) -> None:
    every = columns(of)
    assert every[0].name == "id"
    assert [column.name for column in every][-3:] == ["createdAt", "updatedAt", "deletedAt"]
    assert list(column_by_name(of).values()) == list(every)
    assert list(column_by_path(of).values()) == list(every)
    fields = dict.fromkeys(column.field for column in every)
    assert fields.keys() == BASE | {key_of(member) for member in of.members}
    assert [column for field in fields for column in columns_of_field(of, field)] == list(every)


def test_a_foreign_key_is_a_column_that_knows_its_target() -> None:
    column = column_by_name(STANDARD.by_singular["person"])["companyId"]
    assert column == Column("companyId", "companyId", "companyId", "", Kind.UUID, target="company", on_delete=column.on_delete)
    assert column.on_delete == "SET_NULL"


def test_a_part_of_a_composite_field_has_a_name_and_a_path() -> None:
    column = column_by_path(STANDARD.by_singular["person"])["emails.primaryEmail"]
    assert (column.name, column.field, column.part, column.unique) == ("emailsPrimaryEmail", "emails", "primaryEmail", True)
