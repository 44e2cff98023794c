"""Groups of records in the shell, by names, and what goes to a server that can."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

import icosa
from icosa.errors import IcosaError
from tests.cli.conftest import Shell
from tests.client.scripted import Asked, Reply, Scripted, scripted
from tests.shared import needs_shared, reference

pytestmark = needs_shared
GROUPS = [
    {"groupByDimensionValues": ["LEAD", "2026-01-01"], "totalCount": "3", "sumAmountAmountMicros": "1200000"},
    {"groupByDimensionValues": [None, "2026-02-01"], "totalCount": "1", "sumAmountAmountMicros": None},
]


@pytest.fixture
def server(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Scripted]:
    def reply(asked: Asked) -> Reply:
        return Reply(reference("openapi-2.19.json") if asked.target == "/open-api/core" else GROUPS)

    with scripted(reply) as server:
        monkeypatch.setenv("ICOSA_URL", server.url)
        monkeypatch.setenv("ICOSA_TOKEN", "a-key-that-nobody-may-see")
        yield server


def asked(server: Scripted) -> dict[str, str]:
    parts = urlsplit(server.asked[-1].target)
    assert (server.asked[-1].method, parts.path) == ("GET", "/rest/opportunities/groupBy")
    return {name: values[0] for name, values in parse_qs(parts.query).items()}


def test_groups_are_asked_for_by_names_and_shown_as_a_table(shell: Shell, server: Scripted) -> None:
    month = '[{"stage": true}, {"createdAt": {"granularity": "MONTH", "timeZone": "UTC"}}]'
    ran = shell(
        "opportunities", "group-by", "--group-by", month, "--aggregate", "totalCount,sumAmountAmountMicros", "--no-color", terminal=True
    )
    assert ran.code == 0, ran.err
    lines = [re.findall(r"[\w-]+", line) for line in re.sub(r"\x1b\[[\d;]*m", "", ran.out).splitlines()]
    assert ["Stage", "Created", "At", "Total", "Count", "Sum", "Amount", "Amount", "Micros"] in lines
    assert ["LEAD", "2026-01-01", "3", "1200000"] in lines
    assert asked(server)["aggregate"] == '["totalCount","sumAmountAmountMicros"]'


def test_names_become_what_the_server_reads(shell: Shell, server: Scripted) -> None:
    ran = shell("opportunities", "group-by", "--group-by", "stage, amount.currencyCode,company.name", "--limit", "7")
    assert ran.json == GROUPS, ran.err
    said = asked(server)
    assert json.loads(said["group_by"]) == [{"stage": True}, {"amount": {"currencyCode": True}}, {"company": {"name": True}}]
    assert (said["aggregate"], said["limit"]) == ('["totalCount"]', "7")


def test_a_field_that_is_none_is_refused_before_anything_is_sent(shell: Shell, server: Scripted) -> None:
    ran = shell("opportunities", "group-by", "--group-by", "stge")
    assert (ran.code != 0, "stge" in ran.err, "Did you mean 'Stage'" in ran.err) == (True, True, True), ran.err
    assert all(each.target == "/open-api/core" for each in server.asked)


def test_python_says_the_same(server: Scripted) -> None:
    with icosa.connect() as crm:
        assert crm.opportunities.group_by("stage", aggregate=["totalCount"], order_by=[{"stage": "AscNullsLast"}]) == GROUPS
        said = asked(server)
        assert {name: json.loads(said[name]) for name in ("group_by", "aggregate", "order_by")} == {
            "group_by": [{"stage": True}],
            "aggregate": ["totalCount"],
            "order_by": [{"stage": "AscNullsLast"}],
        }
        (item,) = crm.run("Opportunities", "Group By Opportunities", {"Group By": "stage", "Filter": 'company.name[eq]:"Mill"'})
        assert item.json == GROUPS
        assert asked(server)["filter"] == 'company.name[eq]:"Mill"'
        with pytest.raises(IcosaError, match="stge"):
            crm.opportunities.group_by("stge")
