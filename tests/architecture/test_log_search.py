"""The search of all logs for what was written can fail: it finds what is planted, and nothing else."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import unmeasured
from tests.logs import Seen

ROOT = Path(__file__).resolve().parents[2]

CONFTEST = "from tests.conftest import named_in_what_is_seen, no_log_holds_what_was_written\n"
LEAKING = """
import logging
import icosa

def test_something(tmp_path):
    with icosa.connect(f"sqlite:///{tmp_path}/crm.db") as crm:
        crm.people.create_one(city="Winnipesaukee")
    logging.getLogger("icosa.of.somebody").debug("wrote %s", {"city": "Winnipesaukee"} if PLANTED else "a record")
"""


@pytest.mark.parametrize("planted", [True, False])
def test_a_run_fails_at_its_end_where_a_line_holds_a_value(tmp_path: Path, planted: bool) -> None:
    (tmp_path / "conftest.py").write_text(CONFTEST)
    (tmp_path / "test_leaking.py").write_text(f"PLANTED = {planted}\n{LEAKING}")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(tmp_path)]
    environment = {**unmeasured.environment(), "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT)))}
    run = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path, env=environment, timeout=120)
    assert run.returncode == int(planted), run.stdout + run.stderr
    complaint = "icosa.of.somebody: a record's value, 'Winnipesaukee'"
    assert (complaint in run.stdout) == planted


def found(line: str, **sent: str) -> list[str]:
    seen = Seen()
    seen.sent(**sent)
    seen.logged("icosa", line)
    return [each.kind for each in seen.leaks()]


@pytest.mark.parametrize(
    ("line", "sent", "kind"),
    [
        ("a request with icosa_0a1b2c_deadbeef was refused", {"token": "icosa_0a1b2c_deadbeef"}, "a key"),
        ("GET /rest/people?filter=city%5Beq%5D%3A%22Lake%20Placid%22", {"query": "filter=city[eq]:%22Lake+Placid%22"}, "a filter's value"),
        ("<Zzyzx Road>", {"body": '{"name": {"firstName": "Ann", "lastName": "Zzyzx Road"}}'}, "a record's value"),
        ("Zürich-Höngg", {"body": '[{"name":"x \\" y"},{"city":"Z\\u00fcrich-H\\u00f6ngg"}]'}, "a record's value"),
        ("begins with " + "lorem ipsum " * 20, {"body": '{"body": "' + "lorem ipsum " * 2000 + '"}'}, "a record's value"),
    ],
)
def test_what_was_sent_is_found_wherever_it_stands_in_a_line(line: str, sent: dict[str, str], kind: str) -> None:
    assert {each.startswith(kind) for each in found(line, **sent)} == {True}


@pytest.mark.parametrize(
    ("line", "sent"),
    [
        ("POST /rest/opportunities failed", {"body": '{"stage": "PROPOSAL", "name": "opportunities", "city": "Ayr"}'}),
        ("GET /rest/people/20202020-1c25-4d02-bf25-6aeccf7ea419", {"body": '{"id": "20202020-1c25-4d02-bf25-6aeccf7ea419"}'}),
        ("2026-02-03T04:05:06.789Z 200 GET /rest/people ?filter&limit", {"query": "filter=createdAt[gte]:2026-02-03&limit=10"}),
        ("listening on http://127.0.0.1:3000", {"body": '{"url": "http://127.0.0.1:3000"}'}),
    ],
)
def test_words_of_the_wire_ids_and_days_are_no_sign(line: str, sent: dict[str, str]) -> None:
    assert found(line, **sent) == []
