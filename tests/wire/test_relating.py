"""A relation in a body: by its key or, where a version connects records, by what finds the other one."""

from typing import Any

import pytest

from icosa.catalogue.model import BelongsTo, Object
from icosa.catalogue.standard import STANDARD
from icosa.catalogue.standard_2_19 import STANDARD_2_19
from icosa.errors import InvalidValue
from icosa.wire.rest.relating import LinkedBy, of_key, of_relation

ID = "20202020-0000-4000-8000-000000000000"


def company_of(person: Object) -> BelongsTo:
    return person.relation_by_name["company"]


def connected(value: Any) -> Any:
    return of_relation(STANDARD_2_19, company_of(STANDARD_2_19.by_singular["person"]), value, connects=True)


def linked(value: Any) -> Any:
    return of_relation(STANDARD, company_of(STANDARD.by_singular["person"]), value, connects=False)


def test_a_record_is_found_by_its_id_and_by_what_is_unique_of_it() -> None:
    for where, column in (
        ({"id": ID}, "id"),
        ({"domainName": {"primaryLinkUrl": "https://engines.example.com"}}, "domainNamePrimaryLinkUrl"),
    ):
        found = connected({"connect": {"where": where}})[""]
        assert isinstance(found, LinkedBy)
        assert (found.relation, found.target.singular, list(found.where)) == ("company", "company", [column])


def test_a_key_of_the_other_record_finds_it_too() -> None:
    found = connected({"connect": {"where": {"accountOwnerId": ID}}})[""]
    assert found.where == {"accountOwnerId": ID}
    with pytest.raises(InvalidValue) as raised:
        connected({"connect": {"where": {"accountOwnerId": "nobody"}}})
    assert raised.value.legacy == "Invalid UUID value 'nobody' for field \"accountOwnerId\""


def test_it_is_disconnected_and_nothing_else_stands_beside_that() -> None:
    assert connected({"disconnect": True}) == {"": None}
    with pytest.raises(InvalidValue, match="company: "):
        connected({"disconnect": True, "connect": {"where": {"id": ID}}})


@pytest.mark.parametrize("where", [{"unheard": 1}, {"name": None}, {"people": ID}])
def test_what_finds_no_record_is_refused_with_its_path(where: dict[str, Any]) -> None:
    with pytest.raises(InvalidValue, match=rf"company\.connect\.where\.{next(iter(where))}: .* finds no company"):
        connected({"connect": {"where": where}})


def test_a_version_that_connects_nothing_takes_the_record_itself() -> None:
    assert linked({"id": ID}) == linked({"id": ID, "name": "Engines"}) == {"": ID}
    assert linked(None) == {"": None}
    assert linked("") == linked({}) == {}
    with pytest.raises(InvalidValue, match="is no related record"):
        linked("acme")


def test_a_key_is_an_id_or_null() -> None:
    assert of_key("companyId", None, connects=True) == of_key("companyId", None, connects=False) == {"": None}
    assert of_key("companyId", "", connects=False) == {}
    assert of_key("companyId", ID.upper(), connects=True) == {"": ID}
    for connects in (True, False):
        with pytest.raises(InvalidValue):
            of_key("companyId", "nobody", connects=connects)
