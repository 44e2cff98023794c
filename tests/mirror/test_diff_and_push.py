"""The laws of differences: a workspace equals itself, a pull and a push leave none, and what was changed on both
sides, and nothing else, is a conflict."""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

import icosa
from icosa.catalogue.fields import Text
from icosa.catalogue.model import BelongsTo, Catalogue, Object
from icosa.catalogue.standard import STANDARD
from icosa.mirror.walking import Remote
from icosa.plans.apply import apply
from icosa.plans.plan import Header, PlanWriter, shape_digests
from icosa.plans.step import Change, Conflict, Creation, Deletion, Restoration
from icosa.workspace import open_workspace
from tests.mirror.conftest import diff, pull, source_of, steps
from tests.mirror.test_pull import circle


def push(mirror: str, there: Remote, folder: Path) -> int:
    """Plans and applies; how many steps were done."""
    path = folder / "push.plan"
    header = Header(there.crm.address, shape_digests(there.crm.catalogue, *there.crm.catalogue.by_plural), "2031-02-03T04:05:06.789Z")
    with PlanWriter(path, header, there.crm.catalogue) as plan:
        for step in steps(mirror, there):
            plan.write(step)
    return apply(there.crm, path, journal=False).done


def test_a_workspace_equals_itself_and_its_mirror(filled: str, new_url: Callable[[], str]) -> None:
    into = new_url()
    with source_of(filled, size=3) as source:
        pull(source, into)
        with source_of(into, size=2) as mirror:
            assert diff(source, source) == []
            assert diff(source, mirror) == []
    assert icosa.connect(into).people.find_many().total_count == 7


def test_differences_say_what_which_and_how(filled: str, new_url: Callable[[], str]) -> None:
    into = new_url()
    with icosa.connect(filled) as crm, source_of(filled, size=3) as source:
        pull(source, into)
        first, second, third = (each["id"] for each in crm.people.find_many(limit=3))
        crm.people.update_one(first, job_title="Changed", emails={"primaryEmail": "new@example.com"})
        crm.people.delete_one(second)
        crm.people.delete_one(third, permanent=True)
        company = crm.companies.create_one(name="New")["id"]
        with source_of(into, size=2) as mirror:
            found = {(each.object, each.id): each for each in diff(mirror, source) if each.object in ("people", "companies")}
    assert {key: each.change for key, each in found.items()} == {
        ("companies", company): "added",
        ("people", first): "changed",
        ("people", second): "deleted",
        ("people", third): "removed",
    }
    assert {path: after for path, (_, after) in found["people", first].fields.items()} == {
        "jobTitle": "Changed",
        "emails.primaryEmail": "new@example.com",
    }
    assert found["companies", company].record["name"] == "New"


def test_secrets_and_moments_do_not_count(filled: str, new_url: Callable[[], str]) -> None:
    into = new_url()
    with icosa.connect(filled) as crm, source_of(filled) as source:
        pull(source, into)
        hook = crm.webhooks.find_many(limit=1)[0]["id"]
        crm.webhooks.update_one(hook, secret="another secret")
        with source_of(into) as mirror:
            assert diff(source, mirror) == []


@pytest.mark.parametrize("seed", range(5))
def test_what_both_changed_and_nothing_else_is_a_conflict(filled: str, new_url: Callable[[], str], tmp_path: Path, seed: int) -> None:
    into, rng = new_url(), random.Random(seed)
    with icosa.connect(filled) as crm, source_of(filled, size=3) as source:
        pull(source, into)
        with icosa.connect(into) as mirror:
            people = [each["id"] for each in crm.people.find_many()]
            touched: dict[str, set[str]] = {"here": set(), "there": set()}
            written: dict[str, dict[str, str | None]] = {"here": {}, "there": {}}
            for side, client in (("here", mirror), ("there", crm)):
                for id_ in rng.sample(people, 4):
                    if rng.random() < 0.3:
                        client.people.delete_one(id_)
                        written[side][id_] = None
                    else:
                        city = rng.choice(["Lyon", "Turin"])
                        client.people.update_one(id_, city=city)
                        written[side][id_] = city
                    touched[side].add(id_)
            both = touched["here"] & touched["there"]
            conflicts = {id_ for id_ in both if written["here"][id_] != written["there"][id_]}
            planned = steps(into, source)
            of_people = [each for each in planned if each.object == "people"]
            assert {id_ for each in of_people if isinstance(each, Conflict) for id_ in each.ids} == conflicts
            assert {each.id for each in of_people if isinstance(each, Change | Deletion)} == touched["here"] - both
            push(into, source, tmp_path)
            assert {each.ids[0] for each in steps(into, source) if isinstance(each, Conflict) and each.object == "people"} == conflicts
            pull(source, into, theirs=True)
            assert steps(into, source) == []
            with source_of(into) as other:
                assert diff(source, other) == []


def test_creations_links_changes_deletions_and_restorations_are_pushed(filled: str, new_url: Callable[[], str], tmp_path: Path) -> None:
    into = new_url()
    with source_of(filled, size=3) as source:
        pull(source, into)
        with icosa.connect(into) as mirror:
            company = mirror.companies.create_one(name="Made here")
            person = mirror.people.create_one(name={"firstName": "Ada"}, company_id=company["id"])
            old = mirror.people.find_many(filter=f"id[neq]:{person['id']}", limit=2)
            mirror.people.update_one(old[0]["id"], company_id=company["id"], job_title="Changed here")
            mirror.people.delete_one(old[1]["id"])
            back = mirror.companies.find_many(filter="deletedAt[is]:NOT_NULL")[0]["id"]
            mirror.companies.restore_one(back)
        planned = [each for each in steps(into, source) if each.object in ("people", "companies")]
        assert {type(each) for each in planned} == {Creation, Change, Deletion, Restoration}
        push(into, source, tmp_path)
        made = source.crm["people"].find_one(person["id"])
        assert (made["company"]["name"], made["createdAt"]) == ("Made here", person["createdAt"])
        pull(source, into)  # along with the company there came back what had been deleted with it
        assert steps(into, source) == []
        with source_of(into) as other:
            assert diff(source, other) == []


def test_records_that_point_at_each_other_are_pushed(new_url: Callable[[], str], tmp_path: Path) -> None:
    url, into, catalogue = new_url(), new_url(), circle()
    open_workspace(url, catalogue).close()
    with source_of(url, size=2) as source:
        pull(source, into)
        with icosa.connect(into) as mirror:
            boss, other = (mirror["bosses"].create_one(name=name)["id"] for name in ("One", "Other"))
            office = mirror["offices"].create_one(name="HQ", headId=boss)["id"]
            mirror["bosses"].update_one(boss, officeId=office, aboveId=other)
            mirror["bosses"].update_one(other, aboveId=boss)
        push(into, source, tmp_path)
        with source_of(into) as there:
            assert diff(source, there) == []


def test_keys_and_secrets_are_not_pushed(filled: str, new_url: Callable[[], str]) -> None:
    into = new_url()
    with source_of(filled) as source:
        pull(source, into)
        with icosa.connect(into) as mirror:
            mirror["apiKeys"].create_one(name="For a local server", expiresAt="2099-01-01")
            mirror.webhooks.create_one(target_url="https://example.com/new", secret="never in a plan")
        planned = steps(into, source)
        assert [each.record.get("targetUrl") for each in planned] == ["https://example.com/new"]
        assert "never in a plan" not in str(planned)


def test_objects_that_only_one_has_are_compared_with_nothing(filled: str, new_url: Callable[[], str]) -> None:
    url = new_url()
    rocket = Object(
        "rocket", "rockets", "Flies.", (Text("name", "Its name."), BelongsTo("company", "company", "rockets", "Whose.")), custom=True
    )
    wider: Catalogue = STANDARD.with_objects(rocket)
    open_workspace(url, wider).close()
    with icosa.connect(url) as crm, source_of(url) as source, source_of(filled) as other:
        made = crm["rockets"].create_one(name="One")["id"]
        assert [(each.id, each.change) for each in diff(source, other) if each.object == "rockets"] == [(made, "removed")]
        assert [(each.id, each.change) for each in diff(other, source) if each.object == "rockets"] == [(made, "added")]
