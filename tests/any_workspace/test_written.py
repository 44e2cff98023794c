"""A catalogue as JSON is the same catalogue when it is read again."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given

from icosa.catalogue.as_json import as_json, digest, from_json
from icosa.catalogue.model import NOW, Catalogue, Field, Object
from icosa.catalogue.standard import STANDARD
from icosa.errors import InvalidValue
from tests.store.scripts import EVERYTHING, catalogues
from tests.wire.every_kind import CATALOGUE

OTHER = "0" * 64


def again(catalogue: Catalogue) -> Catalogue:
    return from_json(json.loads(json.dumps(as_json(catalogue))))


@pytest.mark.parametrize("catalogue", [STANDARD, EVERYTHING, CATALOGUE], ids=["standard", "everything", "every kind"])
def test_a_catalogue_is_read_as_it_was_written(catalogue: Catalogue) -> None:
    assert again(catalogue) == catalogue


@given(catalogues())
def test_so_is_any_other(catalogue: Catalogue) -> None:
    assert again(catalogue) == catalogue


@pytest.mark.parametrize("default", [None, NOW, False, 0, "", "text", [], ["ONE"], {"currencyCode": "EUR"}, {"now": True}], ids=repr)
def test_a_default_stays_what_it_is(default: Any) -> None:
    (read,) = again(Catalogue((Object("a", "as", "A.", (Field("b", "RAW_JSON", "B.", default=default),)),))).objects
    assert read.fields[0].default == default
    assert type(read.fields[0].default) is type(default)


def test_every_setting_of_an_object_is_kept() -> None:
    of = replace(
        STANDARD.by_singular["person"],
        label="Human",
        label_plural="Humans",
        system=True,
        audit_logged=False,
        custom=True,
        unique_together=(("nameFirstName", "nameLastName"),),
    )
    assert again(Catalogue((of, *(each for each in STANDARD if each.singular != "person")))).by_singular["person"] == of


def test_the_digest_tells_catalogues_apart_and_is_the_same_for_equal_ones() -> None:
    assert digest(STANDARD) == digest(again(STANDARD))
    person = STANDARD.by_singular["person"]
    changed = STANDARD.with_objects(replace(person, members=(*person.members, Field("shoeSize", "NUMBER", "How large."))))
    assert len({digest(STANDARD), digest(changed), OTHER}) == 3


@pytest.mark.parametrize(
    "written",
    [None, [], {}, {"objects": 7}, {"objects": [{}]}, {"objects": [{"singular": "a"}]}, {"objects": [{"members": [{"name": "x"}]}]}],
    ids=repr,
)
def test_what_is_no_catalogue_is_refused(written: Any) -> None:
    with pytest.raises(InvalidValue, match=r"^catalogue: is no catalogue that was written by Icosa"):
        from_json(written)
