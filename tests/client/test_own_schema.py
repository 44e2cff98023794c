"""A server's own catalogue: read when it is first needed, and a journal that hears of writes."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

import icosa
from icosa.catalogue.model import Catalogue, Field, Object
from icosa.catalogue.standard import STANDARD
from icosa.journal.protocol import Record
from icosa.journal.write import Write
from tests.client.faulty import QUICK, first, gateway, lost
from tests.client.scripted import KEY

ROCKET = Object(
    "rocket",
    "rockets",
    "What flies.",
    (Field("name", "TEXT", "Its name."), Field("stages", "NUMBER", "How many.", nullable=True)),
    custom=True,
)
WITH_ROCKETS = STANDARD.with_objects(ROCKET)


@pytest.fixture
def rockets(tmp_path: Path) -> str:
    """A workspace with an object of its own."""
    url = f"sqlite:///{tmp_path}/rockets.db"
    icosa.connect(url, catalogue=WITH_ROCKETS).close()
    return url


def test_custom_objects_of_a_server_are_resources(rockets: str) -> None:
    with gateway(rockets) as server, icosa.connect(server.url, token=KEY) as crm:
        made = crm["rockets"].create_one(name="Up", stages=2)
        assert crm["Rocket"].find_one(made["id"])["stages"] == 2
        assert crm.run("Rockets", "Find Many Rockets")[0].json["totalCount"] == 1
        assert "rockets" in dir(crm)
        assert crm.offers.upsert
        assert crm["rockets"].upsert(name="Up", stages=3, key="name")["id"] == made["id"]


def test_the_embedded_workspace_has_what_it_keeps(rockets: str) -> None:
    with icosa.connect(rockets) as crm:
        assert isinstance(crm.catalogue, Catalogue)
        assert crm["rockets"].create_one(name="Up")["name"] == "Up"


def test_nothing_is_read_until_it_is_needed_and_then_once(rockets: str) -> None:
    with gateway(rockets) as server, icosa.connect(server.url, token=KEY) as crm:
        people = crm.people
        assert server.asked == []
        people.find_many()
        crm.companies.find_many()
        assert [each.target.partition("?")[0] for each in server.asked] == ["/open-api/core", "/rest/people", "/rest/companies"]


def test_a_name_that_nobody_has_is_told_with_the_nearest(rockets: str) -> None:
    with gateway(rockets) as server, icosa.connect(server.url, token=KEY) as crm:
        with pytest.raises(AttributeError, match="did you mean 'rockets'"):
            _ = crm.rocketts  # type: ignore[attr-defined]
        with pytest.raises(icosa.UnknownObject, match="Rockets"):
            _ = crm["rocketts"]


def test_a_catalogue_that_is_given_is_taken(rockets: str) -> None:
    with gateway(rockets) as server, icosa.connect(server.url, token=KEY, catalogue=STANDARD) as crm:
        crm.people.find_many()
        assert len(server.asked) == 1
        assert not crm.offers.upsert


def test_reading_the_catalogue_is_tried_again(rockets: str) -> None:
    def fault(asked: object, forward: object) -> object:
        return replace(forward(), status=503) if len(server.asked) == 1 else forward()  # type: ignore[operator]

    with gateway(rockets, fault) as server, icosa.connect(server.url, token=KEY, retries=QUICK) as crm:  # type: ignore[arg-type]
        assert "rocket" in crm.catalogue.by_singular


@dataclass
class Heard:
    """A journal that writes nothing down."""

    before_: list[Write] = field(default_factory=list)
    after_: list[tuple[Write, Sequence[Record], icosa.IcosaError | None]] = field(default_factory=list)

    def before(self, write: Write) -> None:
        self.before_.append(write)

    def after(self, write: Write, records: Sequence[Record], error: icosa.IcosaError | None) -> None:
        self.after_.append((write, records, error))


@pytest.mark.parametrize("served", [False, True], ids=["embedded", "served"])
def test_a_journal_hears_of_every_write_once_with_the_record_as_it_was(served: bool, database: str) -> None:
    heard = Heard()

    def work(crm: icosa.Client) -> list[str]:
        made = crm.people.create_one(city="Turin", depth=0)
        crm.people.update_one(made["id"], city="Rome")
        crm.people.find_many()
        crm.people.delete_one(made["id"])
        many = crm.companies.create_many([{"name": "a"}, {"name": "b"}])
        with pytest.raises(icosa.NotFound):
            crm.people.update_one(made["id"], city="Bari")
        return [made["id"], *(each["id"] for each in many)]

    if served:
        with (
            gateway(database, first(lost, 2)) as server,
            icosa.connect(server.url, KEY, catalogue=STANDARD, retries=QUICK, journal=heard) as crm,
        ):
            person, *companies = work(crm)
    else:
        with icosa.connect(database, journal=heard) as crm:
            person, *companies = work(crm)

    assert [str(each.action.operation) for each in heard.before_] == ["create_one", "update_one", "delete_one", "create_many", "update_one"]
    assert [each for each, _, _ in heard.after_] == heard.before_
    assert [[one.get("city") for one in each.before] for each in heard.before_] == [[], ["Turin"], ["Rome"], [], []]
    assert [[one["id"] for one in records] for _, records, _ in heard.after_] == [[person], [person], [person], companies, []]
    assert [type(error) for _, _, error in heard.after_] == [type(None)] * 4 + [icosa.NotFound]
    if served:
        assert heard.before_[0].ids == (person,)
        assert heard.before_[3].ids == tuple(companies)


def test_what_a_journal_refuses_is_not_sent(database: str, crm: icosa.Client) -> None:
    class Full(Heard):
        def before(self, write: Write) -> None:
            raise OSError("No space left on device")

    with icosa.connect(database, journal=Full()) as client, pytest.raises(OSError, match="No space"):
        client.people.create_one(city="Turin")
    assert crm.people.find_many().total_count == 0
