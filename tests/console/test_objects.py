"""The objects and fields of the workspace, as pages."""

import pytest
from starlette.testclient import TestClient

from icosa.catalogue.standard import STANDARD


@pytest.mark.parametrize("plural", [each.plural for each in STANDARD])
def test_each_object_tells_all_its_fields(client: TestClient, plural: str) -> None:
    text = client.get(f"/objects/{plural}").text
    of = STANDARD.by_plural[plural]
    for each in of.members:
        assert f"<code>{getattr(each, 'foreign_key', each.name)}</code>" in text
    assert f'href="/browse/{plural}"' in text


def test_objects_are_found_by_their_fields(client: TestClient) -> None:
    text = client.get("/objects?q=domain").text
    assert 'href="/objects/companies"' in text
    assert 'href="/objects/notes"' not in text.partition("<main")[2]
    assert "No object and no field" in client.get("/objects?q=zzyzx<b>").text
    assert client.get("/objects").text.count('<tr><th scope="row">') == len(STANDARD.objects)


def test_an_object_that_is_not_there(client: TestClient) -> None:
    assert client.get("/objects/engines").status_code == 404


def test_keys_elsewhere_are_only_shown(client: TestClient) -> None:
    text = client.get("/keys").text
    assert "icosa keys" in text
    assert 'method="post" action="/keys' not in text
    assert client.post("/keys", data={"name": "x"}).status_code == 404
