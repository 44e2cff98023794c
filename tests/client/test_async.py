"""The asynchronous client: the same methods, the same answers, on one event loop."""

import asyncio
import inspect
import threading
from collections.abc import Callable
from typing import Any

import pytest

import icosa
from icosa import F
from icosa.catalogue.standard import STANDARD
from icosa.client.transport.awaiting import CONNECTIONS
from tests.client.faulty import DONE_UNHEARD, NOT_DONE, QUICK, gateway, now_and_then
from tests.client.scripted import KEY, Asked, Reply, Scripted, scripted

ID = "20202020-1c25-4d02-bf25-6aeccf7ea419"
PAGE = {"data": {"people": []}, "pageInfo": {"hasNextPage": False, "startCursor": None, "endCursor": None}, "totalCount": 0}


def public(of: type) -> dict[str, Any]:
    return {name: getattr(of, name) for name in dir(of) if not name.startswith("_")}


@pytest.mark.parametrize(("one", "other"), [(icosa.Client, icosa.AsyncClient), (icosa.Resource, icosa.AsyncResource)])
def test_the_twins_have_the_same_methods_with_the_same_parameters(one: type, other: type) -> None:
    blocking, awaited = public(one), public(other)
    assert blocking.keys() == awaited.keys()
    for name, method in blocking.items():
        if not inspect.isfunction(method):
            continue
        assert inspect.signature(method, eval_str=True).parameters == inspect.signature(awaited[name], eval_str=True).parameters, name
        assert method.__doc__, name
        to_be_awaited = inspect.iscoroutinefunction(awaited[name]) or inspect.isasyncgenfunction(awaited[name])
        assert to_be_awaited or name in ("changed", "estimate", "unrecorded"), name  # what is awaited, and who asks nobody


def test_a_method_says_what_it_takes_and_gives() -> None:
    signature = inspect.signature(icosa.Resource.find_one)
    assert list(signature.parameters) == ["self", "id", "depth"]
    assert signature.return_annotation == icosa.Record
    assert "Raises InvalidId" in (icosa.AsyncResource.find_one.__doc__ or "")


def test_connect_and_aconnect_take_the_same() -> None:
    one, other = (inspect.signature(each, eval_str=True).parameters for each in (icosa.connect, icosa.aconnect))
    assert {name: each.default for name, each in one.items()} == {name: each.default for name, each in other.items()}


async def _everything(crm: icosa.AsyncClient) -> None:
    company = await crm.companies.create_one(name="Analytical Engines")
    made = await crm.people.create_many([{"city": city, "companyId": company["id"]} for city in ("Aarhus", "Bern", "Cork")])
    assert [each["city"] async for each in crm.people.iterate(order_by="city", page_size=2)] == ["Aarhus", "Bern", "Cork"]
    bern: Any = (await crm.people.find_many(where=F.city == "Bern"))[0]
    assert bern["company"]["name"] == "Analytical Engines"
    assert (await crm.people.update_one(made[0]["id"], city="Oslo"))["city"] == "Oslo"
    assert (await crm.people.upsert(city="Oslo", job_title="Engineer", key="city"))["id"] == made[0]["id"]
    await crm.people.delete_one(made[0]["id"])
    with pytest.raises(icosa.NotFound):
        await crm.people.find_one(made[0]["id"])
    assert (await crm.people.restore_one(made[0]["id"]))["city"] == "Oslo"
    items = await crm.run("People", "Find One Person", [{"Id": made[0]["id"]}, {"Id": ID}], on_error="continue")
    assert [type(each.error) for each in items] == [type(None), icosa.NotFound]
    assert (await crm["People"].find_many(limit=1)).total_count == 3
    assert crm.people.object.singular == "person"
    assert crm.offers.upsert
    with pytest.raises(icosa.InvalidInput):
        await crm.people.find_one("42")


def test_the_embedded_workspace_from_an_event_loop(database: str) -> None:
    async def work() -> None:
        async with icosa.aconnect(database) as crm:
            await _everything(crm)

    asyncio.run(work())


def test_a_server_from_an_event_loop(database: str) -> None:
    async def work(url: str) -> None:
        async with icosa.aconnect(url, token=KEY) as crm:
            await _everything(crm)

    with gateway(database) as server:
        asyncio.run(work(server.url))


def test_many_tasks_share_a_client_and_nothing_is_done_twice(database: str, crm: icosa.Client) -> None:
    async def work(url: str) -> list[Any]:
        async with icosa.aconnect(url, token=KEY, catalogue=STANDARD, retries=QUICK) as client:
            return list(await asyncio.gather(*(client.people.create_one(city=str(at), depth=0) for at in range(100))))

    with gateway(database, now_and_then(DONE_UNHEARD + NOT_DONE, 0.3, seed=5)) as server:
        made = asyncio.run(work(server.url))
    assert [each["city"] for each in made] == [str(at) for at in range(100)]
    assert {each["id"] for each in crm.people.iterate()} == {each["id"] for each in made}


class Held:
    """A server that answers nothing until it is let go, and counts who has come."""

    def __init__(self) -> None:
        self.go = threading.Event()
        self.came = threading.Semaphore(0)

    def reply(self, _: Asked) -> Reply:
        self.came.release()
        self.go.wait(30)
        return Reply(PAGE)


def test_a_cancelled_task_leaves_the_client_usable() -> None:
    held = Held()

    async def work(url: str) -> int:
        async with icosa.aconnect(url, token=KEY, catalogue=STANDARD) as crm:
            tasks = [asyncio.create_task(crm.people.find_many()) for _ in range(CONNECTIONS + 10)]  # more than there are connections
            await asyncio.to_thread(held.came.acquire)
            for task in tasks:
                task.cancel()
            ended = await asyncio.gather(*tasks, return_exceptions=True)
            assert {type(each) for each in ended} == {asyncio.CancelledError}
            held.go.set()
            pages = await asyncio.gather(*(crm.people.find_many() for _ in range(CONNECTIONS + 10)))
            return len(pages)

    with scripted(held.reply) as server:
        assert asyncio.run(work(server.url)) == CONNECTIONS + 10


def test_a_cancelled_wait_ends_at_once() -> None:
    async def work(server: Scripted) -> None:
        async with icosa.aconnect(server.url, token=KEY, catalogue=STANDARD) as crm:
            asking = asyncio.create_task(crm.people.find_many())
            while not server.asked:
                await asyncio.sleep(0.01)
            asking.cancel()
            with pytest.raises(asyncio.CancelledError):
                await asking

    with scripted(Reply({}, 429, headers={"Retry-After": "60"})) as server:
        asyncio.run(work(server))
        assert len(server.asked) == 1


def _failing(reply: Reply | Callable[[Asked], Reply], **settings: Any) -> icosa.IcosaError:
    async def work(url: str) -> None:
        async with icosa.aconnect(url, token=KEY, catalogue=STANDARD, retries=0, **settings) as crm:
            await crm.people.find_many()

    with scripted(reply) as server, pytest.raises(icosa.IcosaError) as caught:
        asyncio.run(work(server.url))
    assert KEY not in str(caught.value)
    return caught.value


def test_failures_are_those_of_the_blocking_client() -> None:
    assert isinstance(_failing(Reply(status=None)), icosa.Unreachable)
    broken = _failing(Reply(b'{"data":{"peop', length=1000))
    assert isinstance(broken, icosa.UnreadableAnswer)
    assert broken.broken_off
    assert isinstance(_failing(Reply(b"", 503)), icosa.Overloaded)
    elsewhere = _failing(Reply(b"", 307, headers={"Location": "http://other.example.com/rest/people"}))
    assert "the API key was not sent there" in str(elsewhere)


def test_time_is_for_the_whole_of_one_request() -> None:
    held = Held()
    try:
        assert "within 0.2 seconds" in str(_failing(held.reply, timeout=0.2))
    finally:
        held.go.set()


def test_a_catalogue_that_has_not_been_read_is_said_to(database: str) -> None:
    async def work(url: str) -> None:
        async with icosa.aconnect(url, token=KEY) as crm:
            for read in (lambda: crm.catalogue, lambda: crm.offers, lambda: crm.people.object):
                with pytest.raises(icosa.InvalidInput, match=r"await crm\.ready\(\) first"):
                    read()
            with pytest.raises(icosa.UnknownObject, match="There is no resource 'peeple'"):
                await crm.peeple.find_many()  # type: ignore[attr-defined]
            assert "people" in crm.catalogue.by_plural
            with pytest.raises(AttributeError, match="did you mean 'people'"):
                _ = crm.peeple  # type: ignore[attr-defined]

    with gateway(database) as server:
        asyncio.run(work(server.url))
