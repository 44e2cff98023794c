"""`icosa doctor --to 2.19`: what breaks, and what becomes dangerous, where a workspace of 1.0.3 moves."""

import json
from dataclasses import replace
from pathlib import Path
from textwrap import dedent

import pytest

from icosa.catalogue.fields import Text
from icosa.catalogue.model import BelongsTo, Catalogue
from icosa.catalogue.standard import STANDARD
from icosa.catalogue.standard_2_19 import STANDARD_2_19
from icosa.doctor.comparing import compare
from icosa.doctor.files import in_files
from icosa.doctor.finding import Finding, FindingKind, Severity
from icosa.doctor.moved import has_moved, moved
from icosa.doctor.moving import examine_move
from icosa.doctor.successors import SUCCESSORS
from icosa.wire.openapi.document import document
from icosa.wire.openapi.reading import read_document
from icosa.wire.version import TWENTY_2_19
from tests.cli.conftest import Shell
from tests.doctor.changes import ROCKET, added

ID = "20202020-1c25-4d02-bf25-6aeccf7ea419"


def found(folder: Path, name: str, text: str, old: Catalogue = STANDARD) -> list[Finding]:
    """What breaks and becomes dangerous in a file."""
    (folder / name).write_text(dedent(text).lstrip(), "utf-8")
    findings = examine_move(old, in_files([folder / name], old, old))
    return [each for each in findings if each.severity in (Severity.BREAKS, Severity.DANGEROUS)]


def told(findings: list[Finding]) -> list[tuple[str, int, str]]:
    return [(str(each.severity), each.line, each.subject) for each in findings]


DANGEROUS = {
    "a page that is cut": ("crm.people.find_many(limit=500)", "people", "cut to 200"),
    "a page of none": ("crm.people.find_many(limit=0)", "people", "finds no records"),
    "labels": ('crm.run("People", "Find Many People", {"Limit": 201})', "people", "cut to 200"),
    "a beginning with a sign": ("crm.people.find_many(filter='jobTitle[startsWith]:An%')", "people.jobTitle", "sign %"),
    "duplicates of what has no criteria": ("crm.tasks.find_duplicates(ids=[id])", "tasks", "are none there"),
    "a request past the client": ('requests.delete(f"{base}/rest/people/{id}")', "people", "dies with it"),
    "one on a session": ('http.request("DELETE", base + "/rest/people/" + id)', "people", "destroys"),
    "one whose object is known when it runs": ('http.delete(f"{base}/rest/{name}/{id}")', "", "destroys"),
    "one whose query is": ('http.delete(f"{base}/rest/people/{id}", params=params)', "people", "unless its query"),
    "one whose query is in a part": ('http.delete(f"{base}/rest/people/{id}?{more}&a=1")', "people", "unless its query"),
    "null past the client": ('http.patch(f"{base}/rest/companies/{id}", json={"address": None})', "companies.address", "is ignored"),
}


@pytest.mark.parametrize(("text", "subject", "what"), DANGEROUS.values(), ids=DANGEROUS)
def test_what_goes_through_and_loses_records_is_dangerous(tmp_path: Path, text: str, subject: str, what: str) -> None:
    (finding,) = found(tmp_path, "script.py", f"# a script\n{text}\n")
    assert told([finding]) == [("dangerous", 2, subject)]
    assert what in finding.what
    assert finding.mend


BREAKS = {
    "a limit on duplicates": (
        'http.post(f"{base}/rest/people/duplicates", json={"ids": ids}, params={"limit": 3})', "people", "limit says counts for nothing",
    ),
    "a relation opened past the client": ('http.get(f"{base}/rest/people", params={**more, "depth": 2})', "people", "depth 2"),
    "a relation opened twice": ("crm.people.find_many(depth=2)", "people", "depth 2"),
    "a record for a relation": ('crm.people.update_one(id, company={"id": other})', "people.company", "company as {id}"),
    "an id that was used before": (f'crm.people.create_one(id="{ID}", name=name)', "people.id", "deleted record"),
    "an amount that is a number": (
        'crm.opportunities.find_one(id)["amount"]["amountMicros"]', "opportunities.amount.amountMicros", "as a number",
    ),
    "a question that a type does not take": ("crm.people.find_many(filter='createdAt[like]:2024%')", "people.createdAt", "[like]:2024%"),
    "a word that is compares with": ("crm.people.find_many(filter='jobTitle[is]:null')", "people", "write NULL or NOT_NULL"),
    "many at once": (f"crm.people.create_many({[{'jobTitle': 'a'}] * 201})", "people", "a batch of 201 records"),
    "an option": ("crm.message_participants.find_many(filter='role[eq]:from')", "messageParticipants.role", "no option from"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "subject", "what"), BREAKS.values(), ids=BREAKS)
def test_what_is_refused_or_otherwise_breaks(tmp_path: Path, text: str, subject: str, what: str) -> None:
    (finding,) = found(tmp_path, "script.py", f"# a script\n{text}\n")
    assert told([finding]) == [("breaks", 2, subject)]
    assert what in finding.what


GONE = {
    "crm.companies.create_one(name=name, employees=5)": "nothing took its place",
    "crm.companies.find_many(order_by='xLink.primaryLinkUrl')": "nothing took its place",
    "crm.companies.update_one(id, annualRecurringRevenue=amount)": "it may be called annualRevenue now",
    "crm.note_targets.create_one(noteId=id, companyId=other)": "write targetCompanyId for companyId",
    "crm.tasks.update_one(id, body=text)": 'write bodyV2: {"markdown": …}',
    "crm.calendar_events.find_many(filter='iCalUID[eq]:x')": "it may be called iCalUid now",
    "crm.webhooks.find_many()": "ask /rest/metadata/webhooks",
    "crm.message_channels.find_many()": "nothing took its place",
}


@pytest.mark.parametrize(("text", "mend"), GONE.items())
def test_what_is_gone_is_found_with_what_took_its_place(tmp_path: Path, text: str, mend: str) -> None:
    (finding,) = found(tmp_path, "script.py", f"{text}\n")
    assert (finding.severity, finding.kind, finding.line) == (Severity.BREAKS, FindingKind.GONE, 1)
    assert mend in finding.mend


@pytest.mark.parametrize(
    "text",
    [
        "http.get(f'{base}/rest/people?{more}', params=params)",
        "crm.people.find_many(limit=200, depth=1)",
        "crm.people.find_many(limit=wanted, depth=deep)",
        "crm.people.find_many(filter='jobTitle[like]:An%,jobTitle[startsWith]:An,createdAt[gt]:2024-01-01')",
        "crm.people.find_many(where=F.job_title == wanted)",
        "crm.people.find_duplicates(ids=[id])",
        'crm.people.update_one(id, companyId=other, bodyV2={"markdown": "a"})'.replace("people", "tasks").replace(
            "companyId", "assigneeId"
        ),
        "crm.people.delete_one(id)",
        "crm.companies.update_one(id, address=None)",  # the client clears each part, where a server needs that
        f'crm.people.create_one(id="{ID}", upsert=True)',
        "crm.people.create_one(id=made, name=name)",
        "crm.calendar_channel_event_associations.update_one(id, calendarChannelId=other)",
        'crm.people.find_one(id)["noteTargets"]',
        'http.delete(f"{base}/rest/people/{id}?soft_delete=true")',
        'http.delete(f"{base}/rest/people/{id}", params={"soft_delete": "true"})',
        'http.delete("https://example.com/things/7")',
        'http.delete(f"https://example.com/rest/things/{id}", timeout=5)',
        'http.patch(f"{base}/rest/companies/{id}", json={"name": "a"})',
    ],
)
def test_what_goes_on_as_before_is_left_alone(tmp_path: Path, text: str) -> None:
    assert found(tmp_path, "script.py", f"{text}\n") == []


def test_requests_of_curl_are_read_past_the_client(tmp_path: Path) -> None:
    script = """
        curl -X DELETE "$BASE/rest/people/$ID"
        curl -X DELETE "$BASE/rest/people/$ID?permanent=false"
        curl -X DELETE "$BASE/rest/people/$ID?soft_delete=TRUE"
        curl -X DELETE "$BASE/rest/people/$ID?soft_delete=true"
        curl "$BASE/rest/people?token=$TOKEN&limit=10"
        curl -X PATCH "$BASE/rest/restore/people/$ID"
        curl -X PATCH "$BASE/rest/people/$ID/restore"
        curl "$BASE/rest/people?starting_after=$A&ending_before=$B"
        curl -X PATCH "$BASE/rest/companies/$ID" -d '{"annualRecurringRevenue": null, "address": null}'
        curl -X PATCH "$BASE/rest/people/$ID" -d '{"emails": {"additionalEmails": ["ada@example.com"]}}'
        curl -X PATCH "$BASE/rest/notes/$ID" -d '{"bodyV2": null}'
        icosa people find-many --limit 0 --depth 2
        icosa people delete-one $ID
        curl "$BASE/rest/people?$MORE&limit=300"
        curl -X DELETE "$BASE/rest/$OBJECT/$ID"
        """
    findings = found(tmp_path, "script.sh", script)
    assert told(findings) == [
        ("dangerous", 1, "people"),
        ("dangerous", 2, "people"),
        ("dangerous", 3, "people"),
        ("dangerous", 9, "companies.address"),
        ("dangerous", 10, "people.emails"),
        ("dangerous", 12, "people"),
        ("dangerous", 14, "people"),
        ("dangerous", 15, ""),
        ("breaks", 5, "people"),
        ("breaks", 6, "people"),
        ("breaks", 7, "people"),
        ("breaks", 8, "people"),
        ("breaks", 9, "companies.annualRecurringRevenue"),
        ("breaks", 11, "notes.bodyV2"),
        ("breaks", 12, "people"),
    ]
    assert '"addressCity": ""' in next(each.mend for each in findings if each.subject == "companies.address")


def test_a_call_in_json_is_read_with_its_line(tmp_path: Path) -> None:
    calls = [
        {"resource": "people", "operation": "find_many", "properties": {"limit": 10}},
        {"resource": "people", "operation": "find_many", "properties": {"limit": 300}},
    ]
    assert told(found(tmp_path, "calls.jsonl", "\n".join(map(json.dumps, calls)))) == [("dangerous", 2, "people")]


def test_a_catalogue_that_has_nothing_of_its_own_is_the_standard_one_afterwards() -> None:
    assert moved(STANDARD) == STANDARD_2_19
    assert not has_moved(STANDARD)
    assert has_moved(read_document(document(STANDARD_2_19, version=TWENTY_2_19))[0])


def test_what_a_workspace_has_of_its_own_moves_along(tmp_path: Path) -> None:
    of = replace(ROCKET, members=(*ROCKET.members, BelongsTo("builder", "company", "rockets", "Who made it."),
                                  BelongsTo("star", "favorite", "rockets", "A favourite.")))  # fmt: skip
    old = added("companies", Text("motto", "What it says."), Text("annualRevenue", "In words."), catalogue=STANDARD).with_objects(of)
    new = moved(old)
    assert set(new.by_plural["rockets"].relation_by_name) == {"builder"}
    assert "motto" in new.by_plural["companies"].field_by_name
    assert new.by_plural["companies"].field_by_name["annualRevenue"].type_name == "CURRENCY"
    assert new.by_plural["noteTargets"].relation_by_name["targetRocket"].target == "rocket"
    text = "crm.rockets.create_one(name='a', builderId=id)\ncrm.rockets.find_many(filter='starId[is]:NULL')\n"
    assert told(found(tmp_path, "script.py", text, old)) == [("breaks", 2, "rockets.star")]


def test_a_target_of_ones_own_is_found_by_its_new_name(tmp_path: Path) -> None:
    old = added("noteTargets", BelongsTo("rocket", "rocket", "noteTargets", "What it is about."), catalogue=STANDARD.with_objects(ROCKET))
    (finding,) = found(tmp_path, "script.py", "crm.note_targets.create_one(noteId=a, rocketId=b)\n", old)
    assert (finding.subject, finding.mend) == ("noteTargets.rocket", "write targetRocketId for rocketId, and targetRocket for rocket")


def test_each_successor_is_of_something_that_is_gone() -> None:
    gone = {(each.object, each.member) for each in compare(STANDARD, STANDARD_2_19) if each.kind is FindingKind.GONE}
    assert gone >= SUCCESSORS.keys()


def test_without_files_the_workspace_itself_is_compared(shell: Shell) -> None:
    ran = shell("doctor", "--to", "2.19")
    assert ran.code == 1
    assert {"favorites", "webhooks"} <= {each["object"] for each in ran.json if each["severity"] == "breaks"}
    assert "once it is moved to Twenty 2.19" in ran.err


def test_the_shell_shows_what_is_dangerous_first(shell: Shell, tmp_path: Path) -> None:
    script = tmp_path / "nightly.sh"
    script.write_text("icosa companies find-many --order-by employees\ncurl -X DELETE $BASE/rest/people/$ID\n", "utf-8")
    ran = shell("doctor", str(script), "--to", "2.19")
    assert (ran.code, [(each["severity"], each["line"]) for each in ran.json[:2]]) == (1, [("dangerous", 2), ("breaks", 1)])
    assert "1 dangerous, 1 break" in ran.err
    table = shell("doctor", str(script), "--to", "2.19", terminal=True).out
    assert table.index("nightly.sh:2") < table.index("nightly.sh:1")


def test_danger_alone_ends_a_pipeline_and_a_sound_script_does_not(shell: Shell, tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text("crm.people.find_many(limit=0)\n", "utf-8")
    assert shell("doctor", str(script), "--to", "2.19").code == 1
    script.write_text("crm.people.find_many(limit=20)\n", "utf-8")
    assert shell("doctor", str(script), "--to", "2.19").code == 0


def test_what_contradicts_the_move_is_refused(shell: Shell, tmp_path: Path) -> None:
    there = tmp_path / "there.json"
    there.write_text(json.dumps(document(STANDARD_2_19, version=TWENTY_2_19)), "utf-8")
    ran = shell("doctor", "--to", "2.19", "--document", str(there))
    assert (ran.code, "already" in ran.err) == (2, True)
    assert shell("doctor", "--to", "2.19", "--against", str(there)).code == 2
    assert shell("doctor", "--to", "3.0").code == 2
