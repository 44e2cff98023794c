"""All seven operations of all 36 objects over HTTP."""

import pytest

from icosa.catalogue.model import Object
from icosa.catalogue.standard import STANDARD
from tests.http.conftest import Http
from tests.values import body_of


@pytest.mark.parametrize("of", STANDARD.objects, ids=lambda of: of.plural)
def test_all_seven_operations(http: Http, of: Object) -> None:
    path, serial = f"/rest/{of.plural}", sum(map(ord, of.plural))
    sent = body_of(of, serial)
    one = http.good("POST", path, sent, depth=0)
    many = http.good("POST", f"/rest/batch/{of.plural}", [body_of(of, serial + 1000), body_of(of, serial + 2000)])
    ids = [record["id"] for record in (one, *many)]
    assert http.good("GET", f"{path}/{one['id']}") == one
    assert [record["id"] for record in http.good("GET", path, filter=f"id[in]:[{','.join(ids)}]", limit=10)] == sorted(ids)

    for name, value in body_of(of, serial + 3000).items():
        changed = http.good("PATCH", f"{path}/{one['id']}", {name: value}, depth=1)
        assert {**changed[name], **value} == changed[name] if isinstance(value, dict) else changed[name] == value

    groups = http.good("POST", f"{path}/duplicates", {"ids": ids})
    assert [list(group) for group in groups] == [[f"{of.singular}Duplicates", "pageInfo", "totalCount"]] * 3
    for id_ in ids:
        assert http.good("DELETE", f"{path}/{id_}") == {"id": id_}
    assert http.send("GET", f"{path}/{one['id']}")[0] == 400
