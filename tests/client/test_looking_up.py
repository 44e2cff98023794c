"""A record by what people call it."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as some

import icosa
from icosa.catalogue.standard import STANDARD
from icosa.client.lookup import _filter
from icosa.wire.language.filter import write
from icosa.wire.language.naive import asked, loosened
from tests.newer_server import newer_server

ODD = 'O\'Brien, "the (other) one" [50%_\\]'


@pytest.fixture(params=["embedded", "newer"])
def known(request: pytest.FixtureRequest, database: str) -> Iterator[icosa.Client]:
    """Ada, Grace, and two who are called alike, on the embedded workspace and on a newer server."""
    with newer_server() as server:
        where = (database, None) if request.param == "embedded" else (server.url, server.token)
        with icosa.connect(*where) as crm:
            crm.people.create_many(
                [
                    {"name": {"firstName": "Ada", "lastName": "Lovelace"}, "emails": {"primaryEmail": "ada@example.com"}},
                    {"name": {"firstName": "Grace Brewster", "lastName": "Hopper"}, "emails": {"primaryEmail": "grace@example.com"}},
                    {"name": {"firstName": "Mary", "lastName": "Smith"}, "emails": {"primaryEmail": "mary@example.com"}},
                    {"name": {"firstName": "Mary", "lastName": "Smith"}, "emails": {"primaryEmail": "mary.smith@example.com"}},
                    {"name": {"firstName": "Ada"}, "emails": {"primaryEmail": "ada.only@example.com"}},
                    {"name": {"firstName": ODD}},
                ],
                depth=0,
            )
            crm.companies.create_many(
                [
                    {"name": "Analytical Engines", "domainName": {"primaryLinkUrl": "https://www.engines.example.com/"}},
                    {"name": "engines.example.com", "domainName": {"primaryLinkUrl": "https://other.example.com"}},
                    {"name": ODD},
                ],
                depth=0,
            )
            yield crm


@pytest.mark.parametrize(
    ("said", "email"),
    [
        ("ada@example.com", "ada@example.com"),
        (" ADA@Example.com ", "ada@example.com"),
        ("Ada Lovelace", "ada@example.com"),
        ("ada  lovelace", "ada@example.com"),
        ("Lovelace", "ada@example.com"),
        ("Ada", "ada.only@example.com"),  # a whole name goes before a part of one
        ("grace brewster hopper", "grace@example.com"),
        ("Hopper", "grace@example.com"),
        (ODD, ""),
    ],
)
def test_people_go_by_their_addresses_and_names(known: icosa.Client, said: str, email: str) -> None:
    assert known.people.look_up(said, depth=0)["emails"]["primaryEmail"] == email


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("engines.example.com", "Analytical Engines"),  # a website goes before a name
        ("https://ENGINES.example.com", "Analytical Engines"),
        ("analytical engines", "Analytical Engines"),
        (ODD, ODD),
    ],
)
def test_companies_go_by_their_websites_and_names(known: icosa.Client, said: str, name: str) -> None:
    found = known.companies.look_up(said)
    assert (found["name"], found["people"]) == (name, [])
    assert known.companies.look_up(found["id"].replace("-", "").upper(), depth=0)["name"] == name


def test_what_several_are_called_names_them(known: icosa.Client) -> None:
    smiths = {each["id"] for each in known.people.find_many(filter="name.lastName[eq]:Smith", depth=0)}
    with pytest.raises(icosa.Conflict, match=r'^2 people go by "mary smith"; say which of them by its id: ') as refused:
        known.people.look_up("mary smith")
    assert {each for each in smiths if each in str(refused.value)} == smiths


def test_one_of_too_many_to_look_at_is_not_guessed(known: icosa.Client) -> None:
    for _ in range(2):
        known.people.create_many([{"name": {"firstName": str(at), "lastName": "Byron"}} for at in range(31)], depth=0)
    known.people.create_one(name={"lastName": "Byron"})
    with pytest.raises(icosa.Conflict, match=r'or more people go by "Byron"; say which of them by its id'):
        known.people.look_up("Byron")


def test_what_is_not_there_says_how_it_was_looked_for(known: icosa.Client) -> None:
    with pytest.raises(icosa.NotFound, match=r'^there is no person with the name or the e-mail address "Ad"$'):
        known.people.look_up("Ad")
    with pytest.raises(icosa.NotFound, match=r'^there is no company with the name or the domain name "ada@example.com"$'):
        known.companies.look_up("ada@example.com")
    with pytest.raises(icosa.NotFound):
        known.people.look_up("20202020-0000-4000-8000-000000000000")
    with pytest.raises(icosa.InvalidId, match="Note Targets are known by nothing else"):
        known.note_targets.look_up("Ada")
    with pytest.raises(icosa.InvalidValue, match="names no record; give its id or the name or the e-mail address"):
        known.people.look_up("  ")


@given(some.text(min_size=1).filter(str.strip), some.sampled_from(("person", "company", "note", "workspaceMember", "message")))
def test_every_text_can_be_asked_of_every_server(said: str, singular: str) -> None:
    tree = _filter(STANDARD.by_singular[singular], said.strip())
    assert tree is not None
    assert asked(write(loosened(tree)))
