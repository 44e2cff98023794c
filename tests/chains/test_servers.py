"""A chain does the same over HTTP, and on a newer server that calls things otherwise."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import icosa
from icosa import bulk, chains
from icosa.chains import chain_in
from icosa.journal.journal_file import Run
from icosa.journal.recording import Recorder
from tests.newer_server import newer_server
from tests.serving import serving

CHAIN = """version = 1
[step.companies]
run = "companies.find_many"
all = true
with.filter = "name[like]:{{item.like}}"
with.order_by = "name"

[step.tasks]
run = "tasks.create_one"
with.title = "Call {{item.name}}"
with.bodyV2 = { markdown = "{{input.note}}" }

[step.change]
run = "companies.update_one"
for = "companies"
with.id = "{{item.id}}"
with.employees = "{{input.size}}"

[step.gone]
run = "tasks.delete_one"
for = "tasks"
with.id = "{{item.id}}"
"""


@pytest.fixture(params=["served", "newer"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, str]]:
    """The address of an empty workspace on a server, and a key to it."""
    if request.param == "newer":
        with newer_server() as newer:
            yield newer.url, newer.token
    else:
        with serving(tmp_path) as served:
            yield served.url, served.token


def test_a_chain_on_a_server(place: tuple[str, str]) -> None:
    journal = Recorder(Run(place[0], "a chain"))
    with icosa.connect(*place) as crm, icosa.connect(*place, journal=journal) as writing:
        for name in ("Loom, Able", "Loom, Baker", "Engines"):
            crm.companies.create_one(name=name, employees=7)
        items = [{"like": "Loom, %", "note": "Ask", "size": 9}]
        assert [each.request is not None for each in chains.dry_run(crm, chain_in(CHAIN), items)] == [True] * 5 + [False] * 2
        found = list(chains.run(writing, chain_in(CHAIN), items))
        assert [(each.step, each.at, each.error) for each in found] == [
            (step, at, None) for step in ("companies", "tasks", "change", "gone") for at in (0, 1)
        ]
        assert [each.value["bodyV2"]["markdown"].strip() for each in found if each.step == "tasks"] == ["Ask", "Ask"]
        assert [each["employees"] for each in crm.companies.find_many(order_by="name")] == [7, 9, 9]
        assert bulk.undo(crm, journal.journal.run.id).whole
        assert [each["employees"] for each in crm.companies.find_many(order_by="name")] == [7, 7, 7]
        assert len(crm.tasks.find_many()) == 0
