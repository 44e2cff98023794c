"""What a client tells its logger: what it sent, waited for and tried again; and nothing of what was asked or answered."""

import asyncio
import logging
import re
from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import quote

import pytest

import icosa
from icosa.catalogue.standard import STANDARD
from icosa.client.transport.unlogged import LOGGERS
from tests.client.faulty import DONE_UNHEARD, NOT_DONE, QUICK, connected, first, gateway, lost, now_and_then, too_many, unavailable
from tests.client.scripted import KEY, Asked, Reply, scripted
from tests.logged import Heard, everything_logged

ADDRESS = "ada.lovelace@engines.example.com"
FIRST, CITY, JOB = "Augusta", "Marylebone", "Enchantress of Numbers"
WRITTEN = (ADDRESS, quote(ADDRESS), "ada.lovelace", FIRST, CITY, JOB, JOB.split()[0], KEY, "/rest/", "http://")
NAMES = {"httpx2", "httpcore2"}


@pytest.fixture
def heard() -> Iterator[Heard]:
    with everything_logged() as heard:
        yield heard


def work(crm: icosa.Client) -> list[str]:
    """Something of everything, and the ids that came of it."""
    made = crm.people.create_one(
        name={"firstName": FIRST, "lastName": "Lovelace"}, emails={"primaryEmail": ADDRESS}, city=CITY, job_title=JOB, depth=0
    )
    crm.people.update_one(made["id"], city=f"{CITY} 2", depth=0)
    crm.people.find_one(made["id"])
    crm.people.find_many(filter=f'emails.primaryEmail[eq]:"{ADDRESS}"', depth=0)
    list(crm.people.iterate(where=f'city[startsWith]:"{CITY}"', page_size=1))
    crm.people.find_duplicates(data=[{"name": {"firstName": FIRST, "lastName": "Lovelace"}}])
    with suppress(icosa.RecordExists):
        crm.people.create_one(id=made["id"], emails={"primaryEmail": ADDRESS})
    with suppress(icosa.NotFound):  # where something on the way has deleted it twice
        crm.people.delete_one(made["id"])
    with pytest.raises(icosa.NotFound):
        crm.people.find_one(made["id"])
    return [made["id"]]


@pytest.mark.parametrize("seed", range(3))
def test_no_line_of_any_logger_holds_a_value_a_filter_an_id_or_the_key(seed: int, heard: Heard, database: str, crm: icosa.Client) -> None:
    fault = now_and_then([*DONE_UNHEARD, *NOT_DONE], 0.4, seed)
    with gateway(database, fault) as server, connected(server) as client:
        ids = work(client)
    assert [line for line in heard.lines if any(each in line for each in (*WRITTEN, *ids, str(server.port)))] == []
    assert heard.of("icosa.client", "DEBUG")


def test_nor_does_any_of_the_client_for_event_loops(heard: Heard, database: str, crm: icosa.Client) -> None:
    async def tasks(url: str) -> None:
        async with icosa.aconnect(url, token=KEY, catalogue=STANDARD, retries=QUICK) as client:
            made = await client.people.create_one(emails={"primaryEmail": ADDRESS}, city=CITY, depth=0)
            where = f'emails.primaryEmail[eq]:"{ADDRESS}"'
            await asyncio.gather(client.people.find_many(filter=where), client.people.update_one(made["id"], job_title=JOB))

    with gateway(database, now_and_then(NOT_DONE, 0.3, seed=2)) as server:
        asyncio.run(tasks(server.url))
    assert [line for line in heard.lines if any(each in line for each in (*WRITTEN, str(server.port)))] == []
    assert len(heard.of("icosa.client", "DEBUG")) >= 3


def test_nor_where_a_redirect_repeats_the_question(heard: Heard) -> None:
    page = {"data": {"people": []}, "pageInfo": {"hasNextPage": False, "startCursor": None, "endCursor": None}, "totalCount": 0}

    def reply(asked: Asked) -> Reply:
        return Reply(page) if asked.target.startswith("/moved") else Reply(b"", 308, headers={"Location": "/moved" + asked.target})

    with scripted(reply) as server, connected(server) as client:
        client.people.find_many(filter=f'emails.primaryEmail[eq]:"{ADDRESS}"')
    assert [line for line in heard.lines if any(each in line for each in WRITTEN)] == []


def test_what_others_do_with_the_library_is_logged_as_before(heard: Heard) -> None:
    import httpx2

    with scripted(Reply({"data": {"people": []}})) as server:
        with connected(server, 0) as client, pytest.raises(icosa.UnreadableAnswer):
            client.people.find_many()
        assert not any(line.startswith(tuple(NAMES)) for line in heard.lines)
        httpx2.get(f"{server.url}/mine")
    assert any("/mine" in line for line in heard.of("httpx2", "INFO"))
    assert heard.of("httpcore2", "DEBUG")


def test_every_logger_of_the_library_is_watched() -> None:
    with scripted(Reply({})) as server, connected(server, 0) as client, pytest.raises(icosa.UnreadableAnswer):
        client.people.find_many()
    there = {name for name, each in logging.root.manager.loggerDict.items() if isinstance(each, logging.Logger)}
    assert {name for name in there if name.split(".")[0] in NAMES} <= set(LOGGERS)


def test_a_request_is_told_for_debugging_with_what_came_of_it(heard: Heard, database: str, crm: icosa.Client) -> None:
    with gateway(database) as server, connected(server) as client:
        client.people.find_many(depth=0)
    (lines,) = heard.of("icosa.client")
    assert lines.startswith("Find Many People: 200 in ")
    assert lines.endswith(" bytes")


def test_what_goes_again_is_told_with_why_when_and_how_much_of_the_time_is_used_up(heard: Heard, database: str, crm: icosa.Client) -> None:
    with gateway(database, first(lost)) as server, connected(server) as client:
        client.people.create_one(city=CITY)
    lines = heard.of("icosa.client")
    assert lines[0].startswith("Create One Person: the connection was lost in ")
    assert re.fullmatch(r"Create One Person goes again in 0\.0 s: the connection was lost; try 2, [\d.]+ of 60 s used up", lines[1])
    assert "Create One Person, whose answer was lost, was looked for: it is done" in lines
    assert any(each.startswith("Create One Person was answered at try 2, ") for each in heard.of("icosa.client", "INFO"))


def test_a_server_that_is_away_for_longer_than_a_moment_is_told_once(heard: Heard, database: str, crm: icosa.Client) -> None:
    away = icosa.Retries(first_wait=0.6, longest_wait=0.6)
    with gateway(database, first(unavailable, times=4)) as server, connected(server, away) as client:
        client.people.create_one(city=CITY)
    assert heard.of("icosa.client", "WARNING") == ["the server does not do what it is asked (503); trying again for 60 s"]


def test_a_limit_is_told_as_one(heard: Heard, database: str, crm: icosa.Client) -> None:
    with gateway(database, first(too_many)) as server, connected(server) as client:
        client.people.create_one(city=CITY)
    again = heard.of("icosa.client")[1]
    assert re.fullmatch(r"Create One Person goes again in 0\.0 s: 429; try 2, [\d.]+ of 90 s used up", again)


def test_who_set_up_no_logging_hears_nothing(database: str, crm: icosa.Client, capfd: pytest.CaptureFixture[str]) -> None:
    logger = logging.getLogger("icosa.client")
    assert any(isinstance(each, logging.NullHandler) for each in logger.handlers)
    root = logging.getLogger()
    kept, root.handlers = root.handlers, []
    try:
        with gateway(database, first(lost)) as server, connected(server, icosa.Retries(first_wait=1.2)) as client:
            client.people.create_one(city=CITY)
    finally:
        root.handlers = kept
    assert capfd.readouterr() == ("", "")
