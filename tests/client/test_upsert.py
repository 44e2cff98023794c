"""Upsert by a natural key, on servers that can and on servers that cannot."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

import icosa
from icosa.catalogue.standard import STANDARD
from icosa.standard import EmailsInput, PersonInput, PersonKey
from tests.client.faulty import DONE_UNHEARD, NOT_DONE, QUICK, Forward, connected, first, gateway, now_and_then
from tests.client.scripted import KEY, Asked, Reply

ADA: EmailsInput = {"primaryEmail": "ada@example.com"}


@pytest.fixture(params=["embedded", "served", "served as 1.0.3"])
def client(request: pytest.FixtureRequest, database: str) -> Iterator[icosa.Client]:
    """A workspace that can upsert, a server that can, and one that cannot."""
    if request.param == "embedded":
        with icosa.connect(database) as client:
            yield client
        return
    with (
        gateway(database) as server,
        icosa.connect(server.url, token=KEY, catalogue=STANDARD if "1.0.3" in request.param else None) as client,
    ):
        assert client.offers.upsert == ("1.0.3" not in request.param)
        yield client


def test_there_is_one_record_for_a_key(client: icosa.Client) -> None:
    made = client.people.upsert(emails=ADA, city="Turin", key="emails.primaryEmail")
    again = client.people.upsert({"emails": {"primaryEmail": "ADA@example.com"}, "city": "Rome"}, key="emails.primary_email")  # type: ignore[arg-type]
    assert (again["id"], again["city"], again["emails"]["primaryEmail"]) == (made["id"], "Rome", "ada@example.com")
    assert client.people.find_many().total_count == 1


@pytest.mark.parametrize(
    ("resource", "key", "record", "same"),
    [
        ("companies", "domainName.primaryLinkUrl", {"domainName": {"primaryLinkUrl": "https://acme.example.com"}}, None),
        ("companies", "name", {"name": "Acme"}, {"name": " Acme "}),
        ("people", "phones.primaryPhoneNumber", {"phones": {"primaryPhoneNumber": "612345678", "primaryPhoneCallingCode": "+33"}}, None),
        ("people", "id", {"id": "20202020-1c25-4d02-bf25-6aeccf7ea419"}, None),
        ("tasks", "title", {"title": 'A "quoted", (bracketed) one'}, None),
    ],
)
def test_any_value_may_be_the_key(
    resource: str, key: str, record: dict[str, object], same: dict[str, object] | None, client: icosa.Client
) -> None:
    made = client[resource].upsert(record, key=key, depth=0)
    assert client[resource].upsert(same or record, key=key, depth=0)["id"] == made["id"]
    assert client[resource].find_many().total_count == 1


def test_depth_says_what_comes_with_it(client: icosa.Client) -> None:
    assert "company" in client.people.upsert(emails=ADA, key="emails.primaryEmail")
    assert "company" not in client.people.upsert(emails=ADA, city="Rome", key="emails.primaryEmail", depth=0)
    assert "company" in client.people.upsert(emails=ADA, city="Rome", key="emails.primaryEmail", depth=1)


def test_a_record_without_the_key_is_refused(client: icosa.Client) -> None:
    records: tuple[PersonInput, ...] = ({"city": "Rome"}, {"city": "Rome", "emails": {"primaryEmail": " "}})
    for record in records:
        with pytest.raises(icosa.InvalidValue, match=r"^emails\.primaryEmail: has no value in the record"):
            client.people.upsert(record, key="emails.primaryEmail")
    with pytest.raises(icosa.InvalidQuery, match=r"name one of emails\.primaryEmail"):
        client.people.upsert(emails=ADA, key="emails")  # type: ignore[arg-type]
    with pytest.raises(icosa.InvalidQuery, match="has no field"):
        client.people.upsert(emails=ADA, key="shoeSize")  # type: ignore[arg-type]


def test_several_records_with_the_key_are_named(client: icosa.Client) -> None:
    made = client.companies.create_many([{"name": "Acme"}, {"name": "Acme"}])
    with pytest.raises(icosa.Conflict) as caught:
        client.companies.upsert(name="Acme", employees=3, key="name")
    assert str(caught.value).startswith("name: 2 Companies have this value")
    assert all(each["id"] in str(caught.value) for each in made)


def test_another_value_that_is_taken_is_said(client: icosa.Client) -> None:
    client.companies.create_one(name="Acme", domain_name={"primaryLinkUrl": "acme.example.com"})
    with pytest.raises(icosa.ValueTaken):
        client.companies.upsert(name="Other", domain_name={"primaryLinkUrl": "acme.example.com"}, key="name")


def test_an_id_that_is_another_records_is_not_written(client: icosa.Client) -> None:
    made = client.companies.create_one(name="Acme")
    with pytest.raises(icosa.Conflict, match=made["id"]):
        client.companies.upsert(id="20202020-1c25-4d02-bf25-6aeccf7ea419", name="Acme", employees=3, key="name")


def test_a_deleted_record_stays_deleted_and_a_new_one_is_made(client: icosa.Client) -> None:
    made = client.companies.upsert(name="Acme", key="name")
    client.companies.delete_one(made["id"])
    again = client.companies.upsert(name="Acme", key="name")
    assert again["id"] != made["id"]
    assert client.companies.find_many().total_count == 1


def test_what_stands_already_is_not_written(database: str, crm: icosa.Client) -> None:
    with gateway(database) as server, connected(server) as client:
        client.people.upsert(emails=ADA, city="Turin", key="emails.primaryEmail")
        client.people.upsert(emails={"primaryEmail": "Ada@example.com"}, key="emails.primaryEmail")
        assert [each.method for each in server.asked] == ["GET", "POST", "GET"]


def test_a_key_that_is_taken_between_look_and_write_is_looked_up_again(database: str, crm: icosa.Client) -> None:
    def overtaken(asked: Asked, forward: Forward) -> Reply:
        crm.people.create_one(emails=ADA, city="Turin")
        return forward()

    with gateway(database, first(overtaken)) as server, connected(server) as client:
        assert client.people.upsert(emails=ADA, city="Rome", key="emails.primaryEmail")["city"] == "Rome"
    assert [each["city"] for each in crm.people.find_many()] == ["Rome"]


def test_a_record_that_is_deleted_between_look_and_write_is_created(database: str, crm: icosa.Client) -> None:
    id_ = crm.companies.create_one(name="Acme")["id"]

    def deleted(asked: Asked, forward: Forward) -> Reply:
        crm.companies.delete_one(id_)
        return forward()

    with gateway(database, first(deleted)) as server, connected(server) as client:
        assert client.companies.upsert(name="Acme", employees=3, key="name")["id"] != id_
    assert crm.companies.find_many().total_count == 1


@pytest.mark.parametrize("key", ["emails.primaryEmail", "jobTitle"], ids=["kept unique by the server", "not unique there"])
def test_upserts_of_one_key_at_once_make_one_record(key: PersonKey, database: str, crm: icosa.Client) -> None:
    together = Barrier(6)

    def upsert(at: int) -> str:
        with connected(server) as client:
            together.wait(30)
            made: str = client.people.upsert(emails=ADA, job_title="Analyst", city=str(at), key=key)["id"]
            return made

    with gateway(database) as server, ThreadPoolExecutor(6) as pool:
        assert len(set(pool.map(upsert, range(6)))) == 1
    assert crm.people.find_many().total_count == 1


@pytest.mark.parametrize("catalogue", [STANDARD, None], ids=["1.0.3", "Icosa"])
def test_upserts_whose_answers_get_lost_are_done_once(catalogue: object, database: str, crm: icosa.Client) -> None:
    fault = now_and_then(DONE_UNHEARD + NOT_DONE, 0.4, seed=7)
    with gateway(database, fault) as server, icosa.connect(server.url, token=KEY, catalogue=catalogue, retries=QUICK) as client:  # type: ignore[arg-type]
        for turn in range(3):
            for at in range(20):
                client.people.upsert(emails={"primaryEmail": f"{at}@example.com"}, city=f"{turn}.{at}", key="emails.primaryEmail")
    assert sorted(each["city"] for each in crm.people.iterate()) == sorted(f"2.{at}" for at in range(20))
