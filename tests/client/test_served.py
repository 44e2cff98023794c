"""The same client against a real `icosa serve` process, and keys that stop working while they are used."""

import traceback
from collections.abc import Iterator

import pytest

import icosa
from icosa.catalogue.standard import STANDARD
from tests.serving import Server, serving
from tests.serving import icosa as shell

NOWHERE = "20202020-1c25-4d02-bf25-6aeccf7ea419"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("served")) as running:
        yield running


def own_key(server: Server, name: str) -> tuple[icosa.Client, str]:
    """A client with a key of its own, and that key's id."""
    token = shell("keys", "create", name, "--database", server.database).stdout.strip()
    crm = icosa.connect(server.url, token=token)
    (key,) = crm.api_keys.find_many(filter=f'name[eq]:"{name}"', depth=0)
    return crm, key["id"]


def test_a_server_answers_as_the_embedded_workspace_does(server: Server, crm: icosa.Client) -> None:
    with icosa.connect(server.url, token=server.token) as remote:
        pages = []
        for client in (remote, crm):
            client.people.create_many([{"city": "Århus"}, {"city": "Bern"}])
            pages.append([each["city"] for each in client.people.find_many(order_by="city", depth=0)])
            with pytest.raises(icosa.NotFound, match=f"^Id: there is no Person with the id {NOWHERE}"):
                client.people.find_one(NOWHERE)
            with pytest.raises(icosa.BrokenLink, match=r"^Company Id: "):
                client.people.create_one(company_id=NOWHERE)
        assert pages[0] == pages[1]


def test_a_wrong_key(server: Server) -> None:
    wrong = server.token[:-12] + "abcdabcdabcd"
    with icosa.connect(server.url, token=wrong) as crm, pytest.raises(icosa.InvalidKey) as caught:
        crm.people.find_many()
    assert "icosa keys create" in str(caught.value)
    assert wrong not in "".join(traceback.format_exception(caught.value))


def test_a_key_that_expires_while_it_is_used(server: Server) -> None:
    crm, id_ = own_key(server, "Expiring")
    with crm:
        crm.people.create_one(city="Turin")
        crm.api_keys.update_one(id_, expires_at="2020-01-01")
        with pytest.raises(icosa.ExpiredKey, match="expired") as caught:
            crm.people.create_one(city="Turin")
    assert caught.value.exit_code == 3
    with icosa.connect(server.url, token=server.token) as other:
        assert other.people.find_many(filter="city[eq]:Turin").total_count == 1


def test_a_key_that_is_revoked_while_it_is_used(server: Server) -> None:
    crm, id_ = own_key(server, "Revoked")
    with crm:
        crm.api_keys.update_one(id_, revoked_at="2020-01-01")
        with pytest.raises(icosa.RevokedKey, match="revoked"):
            crm.people.find_many()


def test_a_refused_key_fails_each_item_and_is_in_none_of_them(server: Server) -> None:
    with icosa.connect(server.url, token="wrong-key-of-nobody", catalogue=STANDARD) as crm:
        items = crm.run("People", "Find Many People", [{}, {}], on_error="continue")
    assert [type(each.error) for each in items] == [icosa.InvalidKey] * 2
    assert "wrong-key-of-nobody" not in repr(items)
