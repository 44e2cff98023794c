"""The sample workspace is the same for everyone, holds together, and belongs to nobody real."""

import json
import re

import pytest

from icosa.catalogue.model import Field
from icosa.catalogue.standard import STANDARD
from icosa.sample import records

SAMPLE = records()
EACH = [(plural, record) for plural, made in SAMPLE.items() for record in made]


def test_the_same_seed_makes_the_same_records() -> None:
    assert records(7) == records(7)
    assert records(7) != records(8)


def test_it_is_small_and_lively() -> None:
    counts = {plural: len(made) for plural, made in SAMPLE.items()}
    assert (counts["companies"], counts["people"], counts["opportunities"]) == (40, 150, 60)
    assert all(counts.values())
    assert 500 < sum(counts.values()) < 2000


def test_ids_have_the_form_of_version_4_and_rise_within_each_object() -> None:
    ids = [record["id"] for _, record in EACH]
    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", each) for each in ids)
    for plural, made in SAMPLE.items():
        assert [record["id"] for record in made] == sorted(record["id"] for record in made), plural


def test_a_record_points_only_at_records_that_were_made_before_it() -> None:
    made: dict[str, set[str]] = {}
    for plural, record in EACH:
        relations = STANDARD.by_plural[plural].relation_by_key
        for key, value in record.items():
            if key in relations and value is not None:
                assert value in made[relations[key].target], f"{plural}.{key}"
        made.setdefault(STANDARD.by_plural[plural].singular, set()).add(record["id"])


def test_every_value_is_one_that_its_field_takes() -> None:
    for plural, record in EACH:
        kind = STANDARD.by_plural[plural]
        for key, value in record.items():
            if key in kind.relation_by_key or value is None:
                continue
            field: Field = kind.field_by_name[key]
            field.type.check(field, value, f"{plural}.{key}")


@pytest.mark.parametrize(
    ("plural", "key", "part"),
    [("people", "emails", "primaryEmail"), ("companies", "domainName", "primaryLinkUrl"), ("companies", "name", None)],
)
def test_what_has_to_be_unique_is(plural: str, key: str, part: str | None) -> None:
    values = [record[key][part] if part else record[key] for record in SAMPLE[plural]]
    assert len(set(values)) == len(values)


def test_one_name_is_there_twice_for_duplicates_to_find() -> None:
    names = [tuple(person["name"].values()) for person in SAMPLE["people"]]
    assert len(names) - len(set(names)) == 1


def test_every_address_lies_in_an_example_domain() -> None:
    text = json.dumps(SAMPLE, ensure_ascii=False)
    hosts = re.findall(r"(?:https?://|@)([\w.-]+\w)", text)
    assert hosts
    assert {host for host in hosts if not host.endswith("example.com")} == set()
