"""Errors, records and pages go from process to process; a client does not, and says so."""

import copy
import pickle
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any

import pytest

import icosa
from icosa import F, errors
from icosa.catalogue.standard import STANDARD
from icosa.errors import IcosaError, InvalidValue, NetworkFailure, UnreadableAnswer
from tests.client.scripted import KEY, Reply, scripted

KINDS = [each for each in vars(errors).values() if isinstance(each, type) and issubclass(each, IcosaError)]
WAYS: list[Callable[[Any], Any]] = [copy.copy, copy.deepcopy, *(lambda e, p=p: pickle.loads(pickle.dumps(e, p)) for p in range(6))]


def made(kind: type[IcosaError]) -> IcosaError:
    """An error with something in each of its places."""
    error: IcosaError
    if issubclass(kind, InvalidValue):
        error = kind("emails.primaryEmail", "is none", legacy="Invalid")
    elif issubclass(kind, NetworkFailure):
        error = kind("no way", sent=False, lasting=True, legacy="Invalid")
    elif issubclass(kind, UnreadableAnswer):
        error = kind("nonsense", broken_off=True, lost=True)
    else:
        error = kind("wrong", legacy="Invalid")
    error.add_note("It is item 3 of 5.")
    return error


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("kind", KINDS)
def test_every_error_arrives_as_it_was(kind: type[IcosaError], way: Callable[[Any], Any]) -> None:
    error = made(kind)
    there = way(error)
    assert type(there) is kind
    assert str(there) == str(error)
    assert there.args == error.args
    assert vars(there) == vars(error)
    assert there.__notes__ == ["It is item 3 of 5."]


def failing(at: int) -> None:
    raise made(KINDS[at])


def test_errors_come_out_of_a_process_pool() -> None:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        for at, kind in enumerate(KINDS):
            error = pool.submit(failing, at).exception(60)
            assert type(error) is kind
            assert vars(error) == vars(made(kind))


@pytest.mark.parametrize("way", WAYS)
def test_records_pages_items_and_filters_arrive_as_they_were(way: Callable[[Any], Any], crm: icosa.Client) -> None:
    person = crm.people.create_one(name={"firstName": "Ada"})
    page = crm.people.find_many()
    items = crm.run("People", "Find Many People", {"Limit": 1}, on_error="continue")
    failed = crm.run("People", "Find One Person", [{"Id": "no id"}], on_error="continue")
    for each in (
        person,
        page,
        page.records,
        items,
        F.city == "Paris",
        crm.catalogue,
        crm.offers,
    ):
        assert way(each) == each
    assert str(way(failed)[0].error) == str(failed[0].error)


@pytest.mark.parametrize("way", WAYS)
def test_what_holds_a_connection_says_that_it_stays(way: Callable[[Any], Any], crm: icosa.Client) -> None:
    server = icosa.connect("https://crm.example.com", token=KEY, catalogue=STANDARD)
    waiting = icosa.aconnect("https://crm.example.com", token=KEY, catalogue=STANDARD)
    for each in (crm, crm.people, server, server.people, waiting, waiting.people):
        with pytest.raises(TypeError, match=r"holds connections and a key, .* connect there") as caught:
            way(each)
        assert KEY not in str(caught.value)
    server.close()


@pytest.mark.parametrize(
    ("reply", "again"),
    [
        (Reply({"messages": ["slow down"]}, 429), True),
        (Reply(b"", 500), True),
        (Reply(b"", 503), True),
        (Reply(b'{"data":', length=100), True),
        (Reply(status=None), True),
        (Reply(b"<html>", 200), False),
        (Reply({"messages": ["Record not found"]}, 400), False),
        (Reply({"messages": ["Token invalid."]}, 401), False),
        (Reply({"messages": ["something new"]}, 400), False),
    ],
)
def test_an_error_says_whether_another_try_may_help(reply: Reply, again: bool) -> None:
    with (
        scripted(reply) as server,
        icosa.connect(server.url, token=KEY, catalogue=STANDARD, retries=0) as crm,
        pytest.raises(IcosaError) as caught,
    ):
        crm.people.find_many()
    assert caught.value.retryable is again


def test_what_cannot_be_reached_for_good_is_not_worth_another_try() -> None:
    crm = icosa.connect("http://crm.invalid", token=KEY, catalogue=STANDARD, retries=0)
    with crm, pytest.raises(icosa.Unreachable) as caught:
        crm.people.find_many()
    assert caught.value.retryable is not caught.value.lasting


def test_a_blank_token_of_an_embedded_workspace_is_none(database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for blank in ("", " ", "\n", icosa.Secret("")):
        with icosa.connect(database, token=blank) as crm:
            crm.people.create_one(city="Paris")
    with pytest.raises(icosa.InvalidKey, match="blank"):
        icosa.connect("https://crm.example.com", token=" ")
    monkeypatch.setenv("ICOSA_DATABASE", database)
    for name in ("ICOSA_URL", "ICOSA_TOKEN", "TWENTY_BASE_URL", "TWENTY_API_KEY", "ICOSA_PACE", "ICOSA_MAX_ANSWER"):
        monkeypatch.setenv(name, " ")
    with icosa.connect() as crm:
        assert crm.people.find_many().total_count == 4
    monkeypatch.setenv("TWENTY_BASE_URL", "https://crm.example.com")
    with pytest.raises(icosa.MissingKey):
        icosa.connect()
