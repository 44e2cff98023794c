"""A mirror answers as the workspace it was pulled from, whatever happens on the way."""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import apsw
import pytest

import icosa
from icosa.call.where import LIVE_OR_DELETED
from icosa.catalogue.fields import Text
from icosa.catalogue.model import BelongsTo, Catalogue, Object
from icosa.catalogue.standard import STANDARD
from icosa.mirror.many_contents import contents_of
from icosa.mirror.walking import Remote, walk
from icosa.standard import EmailsInput
from icosa.wire.message import Request
from icosa.workspace import open_workspace
from icosa.workspace.access.issue import create_key, list_keys, revoke_key
from icosa.workspace.store.statement import Statement, Statements
from tests.durability.filled import answers, fill, send
from tests.mirror.conftest import answering, pull, source_of
from tests.serving import icosa as icosa_command
from tests.serving import serving


def same(one: str, other: str, catalogue: Catalogue = STANDARD) -> bool:
    """Whether two workspaces answer the same about everything, deleted records and secrets included."""
    return answers(one, catalogue) == answers(other, catalogue)


def test_a_mirror_answers_as_the_original(filled: str, new_database: Callable[[Catalogue], str]) -> None:
    into = new_database(STANDARD)
    with source_of(filled, size=3) as source:
        counts = pull(source, into)
        assert same(into, filled)
        assert counts["companies"].added == 7
        assert pull(source, into) == {}


def test_it_is_pulled_over_http(tmp_path: Path, new_url: Callable[[], str]) -> None:
    into = new_url()
    with serving(tmp_path) as server, icosa.connect(server.url, server.token) as crm:
        company = crm.companies.create_one(name="Analytical Engines")
        crm.people.create_many([{"name": {"firstName": f"Ada {at}"}, "companyId": company["id"]} for at in range(60)])
        with source_of(server.url, server.token) as source:
            assert pull(source, into)["people"].added == 60
            crm.people.delete_one(crm.people.find_many(limit=1)[0]["id"])
            crm.companies.update_one(company["id"], name="Difference Engines")
            again = pull(source, into)
    assert {plural: (each.added, each.changed) for plural, each in again.items()} == {"people": (0, 1), "companies": (0, 1)}
    with icosa.connect(into) as mirror:
        assert mirror.people.find_many().total_count == 59
        assert mirror.people.find_many(filter="deletedAt[is]:NOT_NULL").total_count == 1
        first: Any = mirror.people.find_many(limit=1)[0]
        assert first["company"]["name"] == "Difference Engines"


def test_nothing_happens_in_a_mirror(filled: str, new_url: Callable[[], str]) -> None:
    """No event waits to be delivered to the webhooks that came along."""
    into = new_url()
    with source_of(filled) as source:
        pull(source, into)
    with apsw.Connection(into.removeprefix("sqlite:///")) as connection:
        assert connection.execute("SELECT count(*) FROM icosa_outbox").get == 0
        assert connection.execute("SELECT count(*) FROM webhook").get == 8


def edit(url: str) -> None:
    """Something of everything that can become of records."""
    with icosa.connect(url) as crm:
        people = list(crm.people.find_many(order_by="createdAt"))
        first, second, third, fourth, fifth = (each["id"] for each in people[:5])
        crm.people.update_one(first, job_title="Changed")
        crm.people.delete_one(second)
        crm.people.delete_one(third, permanent=True)
        one, other = (crm.people.find_one(each)["emails"]["primaryEmail"] for each in (fourth, fifth))
        for id_, email in ((fourth, "meanwhile@example.com"), (fifth, one), (fourth, other)):
            crm.people.update_one(id_, emails={"primaryEmail": email})
        crm.companies.restore_one(crm.companies.find_many(filter="deletedAt[is]:NOT_NULL")[0]["id"])
        crm.companies.delete_one(crm.companies.find_many(order_by="createdAt")[-1]["id"], permanent=True)
        company = crm.companies.create_one(name="New")
        crm.people.create_one(name={"firstName": "New"}, company_id=company["id"])


def test_what_changed_and_what_is_gone_follows(filled: str, new_database: Callable[[Catalogue], str]) -> None:
    into = new_database(STANDARD)
    with source_of(filled, size=3) as source:
        pull(source, into)
        edit(filled)
        pull(source, into)
    assert same(into, filled)


@pytest.mark.parametrize("full", [False, True])
def test_who_takes_the_address_of_another_takes_nobody_s_place(
    filled: str, new_database: Callable[[Catalogue], str], monkeypatch: pytest.MonkeyPatch, full: bool
) -> None:
    """Pages are read while those before are written, in which a record on them may have to make way: here all are read first."""
    monkeypatch.setattr("icosa.mirror.pull.ahead", lambda pages: iter(list(pages)))
    into = new_database(STANDARD)
    with source_of(filled, size=1) as source:
        pull(source, into)
        with icosa.connect(filled) as crm:
            one, other = crm.people.find_many(filter="deletedAt[is]:NULL")[:2]
            crm.people.update_one(one["id"], emails={"primaryEmail": "meanwhile@example.com"})
            crm.people.update_one(other["id"], emails={"primaryEmail": one["emails"]["primaryEmail"]})
            crm.people.update_one(one["id"], emails={"primaryEmail": other["emails"]["primaryEmail"]})
        counts = pull(source, into, full=full)
    assert same(into, filled)
    assert counts["people"].kept == set()


def test_what_changes_during_a_pull_is_in_it(filled: str, new_url: Callable[[], str]) -> None:
    into = new_url()
    done: list[Any] = []

    def progress(name: str, at: int, total: int) -> None:
        if name == "people" and at >= 3 and not done:
            edit(filled)
            done.append(name)

    with source_of(filled, size=3) as source:
        pull(source, into, progress=progress)
    assert done
    assert same(into, filled)


_PROGRAM = """
import os, signal, sys
from tests.mirror.conftest import answering, pull, source_of
calls = 0
def progress(name, done, total):
    global calls
    calls += 1
    if calls == int(sys.argv[3]):
        os.kill(os.getpid(), signal.SIGKILL)
with source_of(sys.argv[1], sys.argv[4], size=10) as source:
    pull(source, sys.argv[2], progress=progress)
"""


def test_it_goes_on_where_it_was_killed(tmp_path: Path, new_url: Callable[[], str]) -> None:
    into, root = new_url(), Path(__file__).parents[2]
    database = f"sqlite:///{tmp_path}/served.db"
    fill(database, records=60)
    environment = {**os.environ, "PYTHONPATH": f"{root / 'src'}{os.pathsep}{root}"}
    with serving(tmp_path, database=database) as server:
        for calls in (3, 40, 90):
            command = [sys.executable, "-c", _PROGRAM, server.url, into, str(calls), server.token]
            killed = subprocess.run(command, check=False, env=environment, capture_output=True, text=True)
            assert killed.returncode == -9, killed.stderr
        with source_of(server.url, server.token) as source:
            counts = pull(source, into)
    assert same(into, database)
    assert sum(each.added for each in counts.values()) < 36 * 60 - 3 * 10, "what was pulled before was pulled again"


def test_many_changes_of_one_moment(new_url: Callable[[], str]) -> None:
    """An import gives all its records the same moment, on more than one page."""
    url, into = new_url(), new_url()
    with icosa.connect(url) as crm, source_of(url, size=4) as source:
        pull(source, into)
        moment = "2031-02-03T04:05:06.789Z"
        crm.companies.create_many([{"name": f"Company {at}", "updatedAt": moment} for at in range(30)])
        crm.companies.create_one(name="Later", updated_at="2031-02-03T04:05:06.790Z")
        assert pull(source, into)["companies"].added == 31
        assert same(into, url)
        assert pull(source, into) == {}


def test_a_record_that_was_given_an_old_moment_is_found_by_its_count(filled: str, new_url: Callable[[], str]) -> None:
    into = new_url()
    with icosa.connect(filled) as crm, source_of(filled) as source:
        pull(source, into)
        crm.companies.create_one(name="Old", updated_at="2001-02-03T04:05:06.789Z")
        assert pull(source, into)["companies"].added == 1
        crm.people.update_one(crm.people.find_many(limit=1)[0]["id"], job_title="Backdated", updated_at="2001-02-03T04:05:06.789Z")
        assert pull(source, into) == {}
        assert pull(source, into, full=True)["people"].changed == 1
    assert same(into, filled)


def circle() -> Catalogue:
    name = Text("name", "The name.")
    boss = Object(
        "boss", "bosses", "A boss.", (name, BelongsTo("office", "office", "bosses", "Where."), BelongsTo("above", "boss", "below", "Who."))
    )
    office = Object("office", "offices", "An office.", (name, BelongsTo("head", "boss", "headed", "Who.")))
    return Catalogue((boss, office, STANDARD.by_singular["apiKey"]))


def test_links_in_a_circle_are_kept(new_url: Callable[[], str]) -> None:
    url, into, catalogue = new_url(), new_url(), circle()
    workspace = open_workspace(url, catalogue)
    bosses = [send(workspace, "POST", "/rest/bosses", {"name": str(at)})["createBoss"]["id"] for at in range(4)]
    hq = send(workspace, "POST", "/rest/offices", {"name": "HQ", "headId": bosses[3]})["createOffice"]["id"]
    for at, each in enumerate(bosses):
        send(workspace, "PATCH", f"/rest/bosses/{each}", {"officeId": hq, "aboveId": bosses[(at + 1) % 4]})
    workspace.close()
    with source_of(url, size=2) as source:
        pull(source, into)
        assert pull(source, into) == {}
    workspace = open_workspace(into)
    assert workspace.catalogue == catalogue, "a mirror keeps the objects of what it was pulled from"
    workspace.close()
    assert same(into, url, catalogue)


def test_a_link_to_what_is_not_shown_leads_nowhere(filled: str, new_url: Callable[[], str]) -> None:
    """Twenty 1.0.3 lists no deleted records, and people keep their links to deleted companies."""

    def hide(records: list[dict[str, Any]]) -> None:
        records[:] = [each for each in records if each["deletedAt"] is None]

    into = new_url()
    with icosa.connect(filled) as crm, source_of(filled) as source:
        company = crm.companies.find_many(limit=1)[0]["id"]
        person = crm.people.find_many(filter=f"companyId[eq]:{company}", limit=1)[0]["id"]
        crm.companies.delete_one(company)
        answering(source, "companies", hide)
        pull(source, into)
        with icosa.connect(into) as mirror:
            assert mirror.people.find_one(person)["companyId"] is None
        assert pull(source, into, full=True)["people"].kept == set()


def test_what_was_changed_here_stays(filled: str, new_url: Callable[[], str]) -> None:
    into = new_url()
    with icosa.connect(filled) as crm, source_of(filled) as source:
        pull(source, into)
        ids = [each["id"] for each in crm.people.find_many(limit=4)]
        with icosa.connect(into) as mirror:
            for each in ids[:3]:
                mirror.people.update_one(each, job_title="Mine")
            mine = mirror.companies.create_one(name="Only mine")["id"]
            for each in ids[1:]:
                crm.people.update_one(each, job_title="Theirs")
            crm.people.delete_one(ids[2], permanent=True)
            counts = pull(source, into)
            assert counts["people"].kept == {ids[1], ids[2]}
            assert [mirror.people.find_one(each)["jobTitle"] for each in ids] == ["Mine", "Mine", "Mine", "Theirs"]
            pull(source, into, theirs=True, full=True)
            assert [each["jobTitle"] for each in mirror.people.find_many(filter=f"id[in]:[{','.join(ids)}]")] == [
                "Mine",
                "Theirs",
                "Theirs",
            ]
            assert mirror.companies.find_one(mine)["name"] == "Only mine"


def test_a_unique_value_that_was_taken_here_is_told(filled: str, new_url: Callable[[], str]) -> None:
    into = new_url()
    email: EmailsInput = {"primaryEmail": "both@example.com"}
    with icosa.connect(filled) as crm, source_of(filled) as source:
        pull(source, into)
        with icosa.connect(into) as mirror:
            mine = mirror.people.create_one(emails=email)["id"]
            theirs = crm.people.create_one(emails=email)["id"]
            assert pull(source, into)["people"].refused == {theirs}
            mirror.people.delete_one(mine, permanent=True)
            assert pull(source, into)["people"].added == 1
            assert mirror.people.find_one(theirs)["emails"]["primaryEmail"] == "both@example.com"


def test_a_secret_that_is_not_shown_overwrites_none(filled: str, new_url: Callable[[], str]) -> None:
    def mask(records: list[dict[str, Any]]) -> None:
        for each in records:
            each["secret"] = "••••"

    into = new_url()
    with icosa.connect(filled) as crm, source_of(filled) as source, icosa.connect(into) as mirror:
        pull(source, into)
        hook = crm.webhooks.find_many(limit=1)[0]
        crm.webhooks.update_one(hook["id"], description="Changed")
        crm.webhooks.create_one(target_url="https://example.com/new", secret="never shown")
        answering(source, "webhooks", mask)
        pull(source, into)
        held = mirror.webhooks.find_one(hook["id"])
        assert (held["description"], held["secret"]) == ("Changed", hook["secret"])
        assert "" in {each["secret"] for each in mirror.webhooks.find_many()}


def test_a_file_is_a_mirror_of_one_workspace(filled: str, new_url: Callable[[], str]) -> None:
    other, into, mine = new_url(), new_url(), new_url()
    with icosa.connect(mine) as crm:
        crm.companies.create_one(name="Mine")
    with source_of(filled) as source, source_of(other) as another:
        pull(source, into)
        with pytest.raises(icosa.errors.InvalidInput, match="is a mirror of"):
            pull(another, into)
        with pytest.raises(icosa.errors.InvalidInput, match="were not pulled"):
            pull(source, mine)
        with pytest.raises(icosa.errors.InvalidInput, match="--mask"):
            pull(source, into, salt=b"0" * 32)


def test_a_value_that_nobody_takes_is_left_empty_and_told(filled: str, new_url: Callable[[], str]) -> None:
    def invent(records: list[dict[str, Any]]) -> None:
        for each in records:
            each["stage"] = "INVENTED"

    into, remarks = new_url(), list[str]()
    with source_of(filled) as source:
        answering(source, "opportunities", invent)
        pull(source, into, remarks=remarks)
    assert "INVENTED" in remarks[0]
    with icosa.connect(into) as mirror:
        assert {each["stage"] for each in mirror.opportunities.find_many()} == {"NEW"}


def test_a_column_that_comes_later_is_filled(new_url: Callable[[], str]) -> None:
    url, into = new_url(), new_url()
    before, after = (
        STANDARD.with_objects(Object("rocket", "rockets", "Flies.", tuple(Text(name, "A text.") for name in names), custom=True))
        for names in (("name",), ("name", "fuel"))
    )
    open_workspace(url, before).close()
    with icosa.connect(url) as crm, source_of(url) as source:
        crm["rockets"].create_many([{"name": "One"}, {"name": "Two"}])
        pull(source, into)
    workspace = open_workspace(url, after)

    def steps() -> Statements[None]:  # as the workspace's owner would, long ago and without a trace
        yield Statement('UPDATE "_rocket" SET "fuel" = ?', ("LOX",))

    workspace.store.write(steps)
    workspace.close()
    with source_of(url) as source:
        assert pull(source, into)["rockets"].changed == 2
    assert same(into, url, after)


def test_what_a_workspace_says_of_its_keys_is_not_about_those_that_open_the_mirror(
    filled: str, new_database: Callable[[Catalogue], str]
) -> None:
    into = new_database(STANDARD)
    with source_of(filled) as source:
        pull(source, into)
        here = open_workspace(into)
        id_, token = create_key(here, "Mine", "2998-01-01")
        revoke_key(here, "Mine")
        source.crm["apiKeys"].create_one(id=id_, name="Theirs", expires_at="2999-01-01")
        pull(source, into, theirs=True, full=True)
        source.crm["apiKeys"].delete_one(id_, permanent=True)
        pull(source, into, theirs=True, full=True)
        assert [(each.name, each.state) for each in list_keys(here) if each.id == id_] == [("Mine", "revoked")]
        assert here.answer(Request("GET", "/rest/people", "", b"", token)).status == 403
        here.close()


def test_a_mirror_of_a_workspace_without_an_object_for_keys_can_be_given_one(filled: str, tmp_path: Path) -> None:
    others = tuple(each for each in STANDARD if each.singular != "apiKey")
    url, into = f"sqlite:///{tmp_path}/newer.db", f"{tmp_path}/f.db"
    open_workspace(url, Catalogue(others)).close()
    icosa_command("pull", url, "--into", into)
    token = icosa_command("keys", "create", "me", "--database", into).stdout.strip()
    assert "me" in icosa_command("keys", "list", "--database", into).stdout
    opened = open_workspace(f"sqlite:///{into}")
    assert opened.answer(Request("GET", "/rest/people", "", b"", token)).status == 200
    opened.close()


def test_pages_that_go_round_end_a_pull(filled: str, new_url: Callable[[], str]) -> None:
    with source_of(filled, size=3) as source:
        seen: list[list[dict[str, Any]]] = []

        def go_round(records: list[dict[str, Any]]) -> None:
            seen.append([dict(each) for each in records])
            if len(seen) % 2 == 0:
                records[:] = seen[0]

        answering(source, "people", go_round)
        with pytest.raises(icosa.UnreadableAnswer):
            pull(source, new_url())
        assert len(seen) < 10


@pytest.mark.parametrize("broken", [{"id": 5}, {"id": None}, {"updatedAt": 5}, {"updatedAt": None}])
def test_a_record_without_id_or_moment_ends_a_pull(broken: dict[str, Any], filled: str, new_url: Callable[[], str]) -> None:
    def spoil(records: list[dict[str, Any]]) -> None:
        for each in records:
            each |= broken

    with source_of(filled) as source:
        answering(source, "people", spoil)
        with pytest.raises(icosa.UnreadableAnswer, match=r"has no (id|updatedAt)"):
            pull(source, new_url())


def test_what_is_answered_as_before_is_not_read_again(filled: str, new_url: Callable[[], str], monkeypatch: pytest.MonkeyPatch) -> None:
    into, read = new_url(), list[str]()

    def reading(of: Object, records: Sequence[Mapping[str, Any]], remark: Callable[[str], None]) -> list[dict[str, Any]]:
        read.extend(str(each["id"]) for each in records)
        return contents_of(of, records, remark)

    with icosa.connect(filled) as crm, source_of(filled, size=3) as source:
        pull(source, into)
        monkeypatch.setattr("icosa.mirror.pull.contents_of", reading)
        pull(source, into, full=True)
        secret = {each["id"] for name in ("webhooks", "connectedAccounts") for each in crm[name].iterate(where=LIVE_OR_DELETED)}
        assert set(read) <= secret
        changed = crm.people.find_many(limit=1)[0]["id"]
        crm.people.update_one(changed, job_title="Changed")
        read.clear()
        assert pull(source, into, full=True)["people"].changed == 1
        assert set(read) - secret == {changed}
    assert same(into, filled)


def seen(into: str) -> set[tuple[str, bool]]:
    """Of which objects fingerprints are kept, and of which not."""
    connection = apsw.Connection(into.removeprefix("sqlite:///"))
    found = {(str(name), bool(kept)) for name, kept in connection.execute("SELECT DISTINCT object, seen != '' FROM icosa_mirror_base")}
    connection.close()
    return found


def test_nothing_is_kept_by_which_a_secret_or_what_is_masked_could_be_tried_out(filled: str, new_url: Callable[[], str]) -> None:
    plain, masked = new_url(), new_url()
    with source_of(filled) as source:
        pull(source, plain)
        pull(source, masked, salt=b"0" * 32)
        assert pull(source, masked, salt=b"0" * 32, full=True) == {}
    assert {("person", True), ("company", True), ("webhook", False), ("connectedAccount", False)} <= seen(plain)
    assert {kept for _, kept in seen(masked)} == {False}


def test_a_mirror_that_an_older_icosa_made_goes_on(filled: str, new_url: Callable[[], str]) -> None:
    into = new_url()
    with source_of(filled) as source:
        pull(source, into)
        with apsw.Connection(into.removeprefix("sqlite:///")) as connection:
            connection.execute("ALTER TABLE icosa_mirror_base DROP COLUMN seen")
        edit(filled)
        pull(source, into)
        assert pull(source, into, full=True) == {}
    assert same(into, filled)
    assert ("person", True) in seen(into)


def test_pages_grow_where_records_are_short(filled: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """And stay as they were where they are long: nobody knows how long those to come are."""
    monkeypatch.setattr("icosa.mirror.walking._PAGE_BYTES", 20_000)
    for title, expected in (("Short", [2, 4]), ("long " * 5_000, [2, 2, 2])):
        with icosa.connect(filled) as crm, source_of(filled) as source:
            id_ = crm.companies.find_many(limit=1)[0]["id"]
            crm.companies.update_one(id_, name=title)
            small, sizes = Remote(source.crm, 2, 5), list[int]()
            answering(source, "companies", lambda records, sizes=sizes: sizes.append(len(records)))  # type: ignore[misc]
            assert [len(page) for page in walk(small, crm.catalogue.by_singular["company"], deleted=False)]
            assert sizes == expected
