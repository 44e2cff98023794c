"""What scripts, saved calls and plans use is found where it stands, and what a change does to it."""

import json
from dataclasses import replace
from pathlib import Path
from textwrap import dedent

import pytest

from icosa.catalogue.model import Catalogue, Field
from icosa.catalogue.standard import STANDARD
from icosa.doctor.examining import examine
from icosa.doctor.files import in_files
from icosa.doctor.finding import Finding, Severity
from icosa.errors import InvalidValue
from icosa.forms import FORMS, action_named, call_of, written
from icosa.plans.plan import Header, PlanWriter
from icosa.plans.step import Change, Creation
from tests.doctor.changes import ROCKET, added, changed, without

ID = "20202020-1c25-4d02-bf25-6aeccf7ea419"
CUT = b'{"icosa":"plan","format":1,"workspace":"","objects":{},"made_at":"","title":"","source":null,"settings":{},"id":"x"}\n'
NO_TITLE = changed("people", "jobTitle", None)


def found(folder: Path, name: str, text: str, new: Catalogue = NO_TITLE, old: Catalogue = STANDARD) -> list[Finding]:
    (folder / name).write_text(dedent(text).lstrip(), "utf-8")
    return examine(old, new, in_files([folder / name], old, new))


def broken(findings: list[Finding]) -> list[tuple[int, str]]:
    """The lines where something breaks, and what."""
    return [(each.line, each.subject) for each in findings if each.severity is Severity.BREAKS]


USES = {
    "a method": 'crm.people.update_one("x", job_title="Analyst")',
    "a method that is awaited": 'await crm.people.update_one("x", jobTitle="Analyst")',
    "a record given as a whole": 'self.client.people.create_one({"Job Title": "Analyst"})',
    "records": 'crm["people"].create_many([{"city": "Lyon"}, {"jobTitle": title}])',
    "labels": 'crm.run("People", "Update One Person", {"Id": id, "Job Title": title})',
    "a filter": "crm.people.find_many(filter='or(city[eq]:Lyon,not(jobTitle[is]:NULL))')",
    "a filter in Python": "crm.people.iterate(where=(F.city == town) | F.job_title.is_null())",
    "an order": 'crm.people.find_many(order_by="city,jobTitle[DescNullsLast]")',
    "a change of many": 'crm.people.update_many(where=F.id.in_(ids), job_title="Analyst")',
    "a filter for those to delete": 'crm.people.delete_many(where=F.job_title == "Analyst")',
    "a field along a relation": 'crm.task_targets.find_many(where=F.person.job_title == "Analyst", deleted=True)',
    "a value of what was brought back": 'for each in crm.people.restore_many(where=made): print(each["jobTitle"])',
    "a value of what is left": 'print(crm.people.merge(ids)["jobTitle"])',
    "a key": 'crm.people.upsert(record, key="jobTitle")',
    "a value that is read": 'print(crm.people.find_one(id)["jobTitle"])',
    "a value that may be there": 'person = crm.people.find_one(id); print(person.get("jobTitle"))',
    "a value of a record that was looked up": 'print(crm.people.look_up("ada@example.com")["jobTitle"])',
    "values of a page": 'print([each["jobTitle"] for each in crm.people.find_many(limit=3)])',
    "values of a walk": 'for each in crm.people.iterate(): print(each["jobTitle"])',
    "a page's first": 'page = crm.people.find_many(); print(page[0]["jobTitle"])',
    "a related record": 'task = crm.task_targets.find_one(id); print(task["person"]["jobTitle"])',
    "a request of an HTTP library": 'requests.patch(f"{base}/rest/people/{id}", json={"jobTitle": title}, timeout=5)',
    "the query of one": 'http.get(base + "/rest/people", params={"filter": "jobTitle[is]:NULL", "token": key})',
    "a collection": 'company = crm.companies.find_one(id); print(company["people"][0]["jobTitle"])',
}


@pytest.mark.parametrize("text", USES.values(), ids=USES)
def test_a_use_in_python_is_found(tmp_path: Path, text: str) -> None:
    text = f"import icosa\n\n{'async def main(): ' if 'await' in text else ''}{text}\n"
    assert broken(found(tmp_path, "script.py", text)) == [(3, "people.jobTitle")]
    assert broken(found(tmp_path, "script.py", text, STANDARD)) == []


@pytest.mark.parametrize(
    "text",
    [
        'db.people_archive.find_one({"jobTitle": 1})',
        'row["jobTitle"]',
        "crm.people.find_many(filter=made)",
        "crm.people.find_many(where=made & (F.city == 'Lyon'))",
        'crm.people.update_one(id, **{"jobTitle": 1} if x else {})',
        'record = crm.people.find_one(1); record = crm.tasks.find_one(1); record["jobTitle"]',
        'crm.companies.create_one(name="jobTitle")',
        'crm = icosa.connect(); crm.run("General", "Get Open Api Schema")',
        'crm.people.call("merge_many", {"body": {"jobTitle": 1}})',
        "crm.tasks.find_many(filter='or(status[is]:NULL,status[startsWith]:LATER,assigneeId[is]:NOT_NULL)')",
    ],
)
def test_what_only_looks_like_one_is_passed_over(tmp_path: Path, text: str) -> None:
    assert broken(found(tmp_path, "script.py", text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "icosa people update-one $ID --job-title 'An analyst'",
        "  icosa person update_one \\\n    --data '{\"jobTitle\": \"Analyst\"}' \"$ID\"",
        "ids=$(icosa people find-many --filter 'jobTitle[is]:NULL' | jq -r .id)",
        "true && ICOSA_URL=https://crm.example.com icosa people find-many --order-by jobTitle",
        "icosa people create-many --data \"[{\\\"jobTitle\\\": \\\"$TITLE\\\"}]\"",
        "icosa people update-one $ID --clear job-title",
        "curl -s \"$BASE/rest/people/$ID\" -X PATCH -d '{\"jobTitle\": \"'\"$TITLE\"'\"}'",
        "curl https://crm.example.com/rest/people -G --data-urlencode 'filter=jobTitle[is]:NULL'",
        "curl 'https://crm.example.com/rest/people?token=x&order_by=jobTitle'",
    ],
)  # fmt: skip
def test_a_use_in_a_shell_script_is_found(tmp_path: Path, text: str) -> None:
    script = f"#!/bin/sh\n# icosa people find-many --order-by jobTitle\necho 'it is here'\n{text}\nicosa backup --out x\n"
    assert broken(found(tmp_path, "script.sh", script)) == [(4, "people.jobTitle")]
    assert broken(found(tmp_path, "script.sh", script, STANDARD)) == []


def test_commands_beside_the_actions_are_no_mistakes(tmp_path: Path) -> None:
    script = "icosa notes attach 'First call' --people ada@example.com\nicosa show people ada@example.com\nicosa export people\n"
    script += "icosa people update-many --filter 'city[eq]:Lyon' --city Paris\nicosa people delete-many --filter 'city[eq]:Lyon'\n"
    assert broken(found(tmp_path, "script.sh", script)) == broken(found(tmp_path, "script.sh", script, STANDARD)) == []


def test_a_script_with_text_that_is_no_command_is_read_all_the_same(tmp_path: Path) -> None:
    script = "cat <<END\nit's a text\nEND\nicosa people find-many --order-by jobTitle\ncurl https://example.com -d @x\n"
    assert broken(found(tmp_path, "script", script)) == [(4, "people.jobTitle")]


@pytest.mark.parametrize("form", FORMS)
def test_a_call_in_any_form_is_found(tmp_path: Path, form: str) -> None:
    call = call_of(STANDARD, action_named(STANDARD, "people", "update_one"), {"id": ID, "jobTitle": "Analyst", "city": "Lyon"})
    text = written(form, STANDARD, call)  # type: ignore[arg-type]
    name = {"json": "call.json", "cli": "call.sh", "curl": "call.sh"}.get(form, "call.py")
    assert [subject for _, subject in broken(found(tmp_path, name, text))] == ["people.jobTitle"]


def test_saved_calls_are_found_by_their_lines(tmp_path: Path) -> None:
    one = {"resource": "People", "operation": "Update One Person", "properties": {"Id": ID, "Job Title": "Analyst"}}
    other = {"resource": "companies", "operation": "find_many", "properties": {}}
    assert broken(found(tmp_path, "calls.jsonl", f"{json.dumps(other)}\n\n{json.dumps(one)}\n")) == [(3, "people.jobTitle")]
    assert broken(found(tmp_path, "calls.json", json.dumps([other, one], indent=1))) == [(1, "people.jobTitle")]
    assert found(tmp_path, "other.json", '{"name": "something else"}') == found(tmp_path, "empty.py", "")


def test_a_plan_is_one_thing(tmp_path: Path) -> None:
    header = Header("https://crm.example.com", {}, "2026-02-03T04:05:06.000Z")
    plan = tmp_path / "people.plan"
    with PlanWriter(plan, header, STANDARD) as out:
        for at in range(3):
            out.write(Creation("people", {"id": ID, "jobTitle": f"Analyst {at}"}))
        out.write(Change("people", ID, {"jobTitle": "a"}, {"jobTitle": "b"}))
        out.write(Creation("tasks", {"id": ID, "status": "LATER"}))
    findings = examine(STANDARD, NO_TITLE, in_files([plan], STANDARD, NO_TITLE))
    assert broken(findings) == [(0, "people.jobTitle"), (0, "tasks.status")]
    assert findings[0].place == str(plan)


def test_what_is_not_used_is_safe(tmp_path: Path) -> None:
    (finding,) = found(tmp_path, "script.py", "crm.companies.find_many()")
    assert (finding.severity, finding.subject) == (Severity.SAFE, "people.jobTitle")
    assert finding.what.endswith("nothing here uses it")


def test_an_object_that_is_gone_is_found_at_each_place(tmp_path: Path) -> None:
    text = "crm.tasks.find_many()\ncrm.people.find_many()\ncrm.tasks.delete_one(id)\n"
    assert broken(found(tmp_path, "script.py", text, without("tasks"))) == [(1, "tasks"), (3, "tasks")]


def test_an_object_of_ones_own_is_known_from_the_snapshot(tmp_path: Path) -> None:
    old = STANDARD.with_objects(ROCKET)
    text = "crm.rockets.create_one(name='Countess')\n"
    assert broken(found(tmp_path, "script.py", text, STANDARD, old)) == [(1, "rockets")]
    assert broken(found(tmp_path, "script.py", text, STANDARD, STANDARD)) == []  # it could be anything
    connected = f"crm = icosa.connect()\n{text}"
    assert broken(found(tmp_path, "script.py", connected, STANDARD, STANDARD)) == [(2, "rockets")]


def test_another_type_is_found_where_the_field_is_used(tmp_path: Path) -> None:
    after = changed("people", "jobTitle", Field("jobTitle", "NUMBER", "A grade."))
    text = "crm.people.find_many(order_by='jobTitle')\ncrm.people.find_many(order_by='city')\n"
    (finding,) = found(tmp_path, "script.py", text, after)
    assert (finding.line, finding.what) == (1, "people.jobTitle was a field of type TEXT, and is a field of type NUMBER")
    assert finding.mend.startswith("send and read it as what it is now")


def test_an_option_is_found_where_it_is_used(tmp_path: Path) -> None:
    stage = STANDARD.by_plural["tasks"].field_by_name["status"]
    after = changed("tasks", "status", replace(stage, options=("TODO", "DOING"), default=None))
    text = """
        crm.tasks.create_one(title="a", status="TODO")
        crm.tasks.create_one(title="b", status="DONE")
        crm.tasks.find_many(filter="status[in]:[TODO,IN_PROGRESS]")
        crm.tasks.find_many(where=F.status == wanted)
        """
    findings = found(tmp_path, "script.py", text, after)
    assert [(each.line, each.option) for each in findings if each.severity is Severity.BREAKS] == [(2, "DONE"), (3, "IN_PROGRESS")]
    assert [each.option for each in findings if each.severity is Severity.NEW] == ["DOING"]


def test_what_has_to_be_given_now_is_missed_where_records_are_created(tmp_path: Path) -> None:
    after = added("people", Field("badge", "TEXT", "A number.", required=True))
    text = """
        crm.people.create_one(city="Lyon")
        crm.people.create_one(city="Lyon", badge="7")
        crm.people.update_one(id, city="Lyon")
        crm.people.create_one(record)
        crm.people.create_many([{"badge": "8"}, {"city": "Lyon"}])
        """
    assert broken(found(tmp_path, "script.py", text, after)) == [(1, "people.badge"), (5, "people.badge")]


def test_a_mistake_that_no_change_made_is_told_too(tmp_path: Path) -> None:
    findings = found(tmp_path, "script.py", 'crm.people.create_one(jobTitel="a")\ncrm.people.find_many(filter="city[")\n', STANDARD)
    assert next((each.line, each.kind, each.mend) for each in findings) == (1, "mistake", "did you mean jobTitle?")
    assert findings[1].line == 2


@pytest.mark.parametrize(
    ("head", "told"),
    [
        ("crm = icosa.connect()", True),
        ("crm = await icosa.aconnect()", True),
        ("with connect(url) as crm:\n    pass", True),
        ("crm = make()", False),
        ("crm = clients[0]", False),
    ],
)
def test_an_object_that_nobody_knows_is_a_mistake_where_it_hangs_on_a_client(tmp_path: Path, head: str, told: bool) -> None:
    findings = found(tmp_path, "script.py", f"{head}\ncrm.peoples.find_many()\n", STANDARD)
    assert [each.what for each in findings] == (["there is no object 'peoples'"] if told else [])


def test_a_value_without_its_name_where_no_method_takes_one_is_a_mistake(tmp_path: Path) -> None:
    (mistake,) = found(tmp_path, "script.py", 'import icosa\n\ncrm.people.update_one("x", "y", "z")\n', STANDARD)
    assert (mistake.line, mistake.object) == (3, "people")
    assert "update_one" in mistake.what


def test_mistakes_in_shell_scripts_are_told_with_their_line(tmp_path: Path) -> None:
    script = """
    icosa --version
    icosa people
    icosa backup --out x
    icosa rockets find-many
    icosa rockets fly x
    icosa people fly x
    icosa export rockets
    icosa rockets attach x
    curl https://crm.example.com/rest/rockets
    curl 'https://crm.example.com/rest/people?filter=nope['
    """
    findings = found(tmp_path, "script.sh", script, STANDARD)
    assert [(each.line, each.kind) for each in findings] == [(line, "mistake") for line in (4, 6, 7, 8, 9, 10)]


def test_folders_stand_for_the_scripts_in_them(tmp_path: Path) -> None:
    for name in ("a.py", "sub/b.sh", ".hidden/c.py", "notes.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(
            'crm.people.update_one(1, job_title="x")' if name.endswith("py") else "icosa people find-many --order-by jobTitle"
        )
    findings = examine(STANDARD, NO_TITLE, in_files([tmp_path], STANDARD, NO_TITLE))
    assert [Path(each.file).name for each in findings] == ["a.py", "b.sh"]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("script.py", b"def (", "script.py: this is no Python: line 1"),
        ("script.py", b"\xff", "is not UTF-8 text"),
        ("calls.jsonl", b'{"a": 1}\nhello', "line 2 is no JSON"),
        ("cut.plan", CUT, "cut.plan: is cut off"),
    ],
)
def test_what_cannot_be_read_is_named(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InvalidValue, match=message):
        list(in_files([tmp_path / name], STANDARD, STANDARD))
