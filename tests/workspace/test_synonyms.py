"""What newer clients call the targets of notes and tasks is understood."""

import pytest

from tests.workspace.conftest import Caller

KINDS = [("companies", "Company"), ("people", "Person"), ("opportunities", "Opportunity")]


@pytest.mark.parametrize("plural", ["noteTargets", "taskTargets"])
@pytest.mark.parametrize(("targets", "word"), KINDS)
def test_a_target_is_written_and_found_by_its_newer_name(plural: str, targets: str, word: str, crm: Caller) -> None:
    key, newer = f"{word[0].lower()}{word[1:]}Id", f"target{word}Id"
    first, second = (crm.good("POST", f"/rest/{targets}", {})["id"] for _ in range(2))
    made = crm.good("POST", f"/rest/{plural}", {newer: first})
    assert (made[key], newer in made) == (first, False)
    assert crm.ids(plural, filter=f'{newer}[eq]:"{first}"', order_by=newer) == [made["id"]]
    assert crm.good("PATCH", f"/rest/{plural}/{made['id']}", {newer: second, key: second})[key] == second
    assert crm.ids(plural, filter=f"or({newer}[eq]:{first},{newer}[is]:NULL)") == []
    assert crm.good("PATCH", f"/rest/{plural}/{made['id']}", {newer: None})[key] is None
    assert "is another name of" in crm.refused("PATCH", f"/rest/{plural}/{made['id']}", {newer: first, key: second})


def test_no_other_object_has_such_names(crm: Caller) -> None:
    assert "targetPersonId" in crm.refused("POST", "/rest/favorites", {"targetPersonId": None})
    assert "targetCompanyId" in crm.refused("GET", "/rest/people", filter="targetCompanyId[is]:NULL")
