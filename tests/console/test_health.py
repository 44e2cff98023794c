"""How the workspace stands: three pictures, each with its numbers, and what is wrong where something is."""

import re

import pytest
from starlette.testclient import TestClient

from icosa.surfaces.console.health.measured import answered, milliseconds
from icosa.surfaces.console.site import Vitals
from icosa.workspace.http.metrics import Metrics
from icosa.workspace.http.noted import Noted, columns_of
from tests.console.conftest import signed_in
from tests.console.site import MAYA, Local


def counted() -> str:
    metrics = Metrics()
    noted: Noted = []
    for at in range(100):
        noted += (0.0, 0.002 if at < 95 else 0.2, "GET", "/rest/people", "", None, 200, 100, ())
    metrics.count(columns_of(noted))
    metrics.show()
    return metrics.text()


def test_each_picture_is_told_and_has_its_numbers(own: Local) -> None:
    own.stands = own.stands._replace(metrics=counted())
    with own.client(MAYA) as crm:
        crm.companies.create_one(name="Analytical Engines")
    text = signed_in(own).get("/health").text
    assert text.count('role="img"') == 3
    for name in ("speed", "size", "growth"):
        assert re.search(
            rf'aria-labelledby="{name}-title {name}-told"><title id="{name}-title">[^<]+</title><desc id="{name}-told">[^<]+<', text
        )
    assert "100 requests, 95 of 100 within 2.5 ms" in text
    assert "Database 5.2 MB, Write-ahead log 131.1 kB" in text
    assert text.count("<table>") == 3
    assert " style=" not in text


def test_what_is_not_counted_says_how_it_would_be(client: TestClient) -> None:
    assert "icosa serve --metrics" in client.get("/health").text


def test_a_disk_that_is_full_is_said(own: Local) -> None:
    own.stands = Vitals("the disk is full; make room, and it goes on by itself", [], None)
    text = signed_in(own).get("/health").text
    assert "Nothing can be written" in text
    assert "The disk is full; make room" in text


@pytest.mark.parametrize(("seconds", "said"), [(0.0005, "0.5 ms"), (0.25, "250 ms"), (2.5, "2.5 s"), (float("inf"), "longer")])
def test_times_as_people_read_them(seconds: float, said: str) -> None:
    assert milliseconds(seconds) == said


def test_without_a_request_nothing_is_said_of_their_time() -> None:
    assert answered(Metrics().text()).p95 is None
