"""Which request goes again, after which answer or failure, and after how long: without a network, without waiting."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

import icosa
from icosa.catalogue.standard import STANDARD
from icosa.client.sending.retries import Patience, Retries, Trouble
from icosa.client.sending.sender import Sender
from icosa.client.sending.work import Work
from icosa.client.transport.flow import WAITED, Flow, Wait
from icosa.errors import TimedOut, Unreachable, UnreadableAnswer
from icosa.wire.actions import find_action
from icosa.wire.message import Answer, Request

ID = "20202020-1c25-4d02-bf25-6aeccf7ea419"
PAGE = Answer(200, b'{"data":{"people":[]},"pageInfo":{"hasNextPage":false,"startCursor":null,"endCursor":null},"totalCount":0}')
DATE = ("Date", "Tue, 03 Feb 2026 04:05:06 GMT")

Event = Answer | icosa.IcosaError


@dataclass
class Played:
    """What steps did while `events` happened to their requests, one after the other, the last again and again.  Each
    takes `takes` seconds."""

    events: Sequence[Event]
    takes: float = 0.0
    sent: list[Request] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)
    clock: float = 0.0

    def now(self) -> float:
        return self.clock

    def run(self, steps: Flow[Any]) -> Any:
        step = next(steps)
        try:
            while True:
                if isinstance(step, Wait):
                    self.waits.append(step.seconds)
                    self.clock += step.seconds
                    step = steps.send(WAITED)
                    continue
                self.sent.append(step)
                self.clock += self.takes
                event = self.events[min(len(self.sent), len(self.events)) - 1]
                step = steps.throw(event) if isinstance(event, icosa.IcosaError) else steps.send(event)
        except StopIteration as end:
            return end.value


def answer(status: int, body: Any = None, *headers: tuple[str, str]) -> Answer:
    return Answer(status, json.dumps(body or {"messages": ["no"]}).encode(), headers)


def record(operation: str, of: str = "Person", **values: Any) -> Answer:
    return answer(200, {"data": {f"{operation}{of}" if operation else "person": {"id": ID, **values}}}, DATE)


GOING_AGAIN: list[tuple[str, Event]] = [
    ("timed out", TimedOut("…")),
    ("timed out while connecting", TimedOut("…", sent=False)),
    ("hung up", Unreachable("…")),
    ("refused", Unreachable("…", sent=False)),
    ("broke off", UnreadableAnswer("…", broken_off=True)),
    ("408", answer(408)),
    ("429", answer(429)),
    ("500", answer(500)),
    ("502", Answer(502, b"<html>")),
    ("503", answer(503)),
    ("504", answer(504)),
]
ENDING: list[tuple[str, Event]] = [
    ("no such host", Unreachable("…", sent=False, lasting=True)),
    ("400", answer(400)),
    ("401", answer(401)),
    ("403", answer(403)),
    ("404", answer(404)),
    ("409", answer(409)),
    ("422", answer(422)),
    ("501", answer(501)),
]
NOTHING_DONE = ("timed out while connecting", "refused", "429")


def cases(*tables: list[tuple[str, Event]]) -> Any:
    rows = [row for table in tables for row in table]
    return pytest.mark.parametrize(("name", "event"), rows, ids=[name for name, _ in rows])


def sender(played: Played, retries: Retries = Retries()) -> Sender:  # noqa: B008
    return Sender(retries=retries, clock=played.now)


def work(operation: str, **given: Any) -> Work:
    action = find_action(STANDARD, "people", operation)
    path, body = action.path.replace("{id}", ID), b"" if operation == "delete_one" else json.dumps(given).encode()
    return Work(STANDARD, action, Request(action.method, path, "depth=0", body), ids_are_new=operation == "create_one")


READ = find_action(STANDARD, "people", "find_many")
DUPLICATES = find_action(STANDARD, "people", "find_duplicates")


@cases(GOING_AGAIN)
def test_a_read_goes_again(name: str, event: Event) -> None:
    played = Played([event, PAGE])
    outcome = played.run(sender(played).reading(READ, Request("GET", "/rest/people")))
    assert (outcome.payload["totalCount"], len(played.sent), len(played.waits)) == (0, 2, 1)


@cases(ENDING, [("a login page", Answer(200, b"<html>Log in</html>"))])
def test_a_read_that_would_end_the_same_way_does_not(name: str, event: Event) -> None:
    played = Played([event, PAGE])
    with pytest.raises(icosa.IcosaError):
        played.run(sender(played).reading(READ, Request("GET", "/rest/people")))
    assert (len(played.sent), played.waits) == (1, [])


def test_looking_for_duplicates_is_a_read_although_it_is_a_post() -> None:
    played = Played([answer(503), answer(200, {"data": []})])
    played.run(sender(played).reading(DUPLICATES, Request("POST", "/rest/people/duplicates")))
    assert [each.method for each in played.sent] == ["POST", "POST"]


@pytest.mark.parametrize("operation", ["create_one", "update_one", "delete_one"])
@cases([row for row in GOING_AGAIN if row[0] in NOTHING_DONE])
def test_a_write_that_was_certainly_not_done_goes_again_at_once(name: str, event: Event, operation: str) -> None:
    done = {"create_one": record("create"), "update_one": record("update"), "delete_one": record("delete")}[operation]
    played = Played([event, done])
    played.run(sender(played).writing(work(operation, id=ID)))
    assert [each.method for each in played.sent] == [work(operation).request.method] * 2
    assert played.sent[0] == played.sent[1]


@pytest.mark.parametrize("operation", ["create_one", "update_one", "delete_one"])
@cases([row for row in GOING_AGAIN if row[0] not in NOTHING_DONE])
def test_a_write_that_may_have_been_done_is_looked_at_first(name: str, event: Event, operation: str) -> None:
    there = answer(
        200,
        {"data": {"people": [{"id": ID}]}, "pageInfo": {"hasNextPage": False, "startCursor": None, "endCursor": None}, "totalCount": 1},
        DATE,
    )
    found = {"create_one": there, "update_one": record("", id=ID), "delete_one": answer(400, {"messages": ["Record not found"]})}[operation]
    played = Played([event, found])
    outcome = played.run(sender(played).writing(work(operation, id=ID)))
    assert [each.method for each in played.sent] == [work(operation).request.method, "GET"]
    assert next(iter(outcome.payload["data"].values()))["id"] == ID


@pytest.mark.parametrize("operation", ["create_one", "update_one", "delete_one"])
@cases(ENDING)
def test_a_write_that_is_refused_ends(name: str, event: Event, operation: str) -> None:
    played = Played([event])
    with pytest.raises(icosa.IcosaError):
        played.run(sender(played).writing(work(operation, id=ID)))
    assert len(played.sent) == 1


@cases(GOING_AGAIN)
def test_without_retries_everything_is_sent_once(name: str, event: Event) -> None:
    for steps in (lambda each: each.reading(READ, Request("GET", "/rest/people")), lambda each: each.writing(work("create_one", id=ID))):
        played = Played([event])
        with pytest.raises(icosa.IcosaError):
            played.run(steps(sender(played, Retries.of(0))))
        assert (len(played.sent), played.waits) == (1, [])


@pytest.mark.parametrize(
    ("headers", "low", "high"),
    [
        ((("Retry-After", "7"),), 7, 7.5),
        ((("retry-after", " 0 "),), 0, 0),
        ((("Retry-After", "Tue, 03 Feb 2026 04:05:26 GMT"), DATE), 20, 20.5),
        ((("Retry-After", "Tue, 03 Feb 2026 04:00:00 GMT"), DATE), 0, 0.5),
        ((("Retry-After", "soon"),), 0.5, 1),
        ((), 0.5, 1),
    ],
    ids=["seconds", "none", "a moment", "a moment that is over", "nonsense", "left out"],
)
def test_how_long_a_server_wants_to_be_left_alone_is_obeyed(headers: tuple[tuple[str, str], ...], low: float, high: float) -> None:
    for status in (429, 503):
        played = Played([answer(status, None, *headers), PAGE])
        played.run(sender(played, Retries(first_wait=1)).reading(READ, Request("GET", "/rest/people")))
        assert low <= played.waits[0] <= high


def test_a_server_that_wants_to_be_left_alone_for_longer_than_is_allowed_is_left_alone() -> None:
    played = Played([answer(429, None, ("Retry-After", "31"))])
    with pytest.raises(icosa.RateLimited, match="Wait 31 seconds") as caught:
        played.run(sender(played, Retries(asked=30)).reading(READ, Request("GET", "/rest/people")))
    assert (len(played.sent), played.waits) == (1, [])
    assert "left alone for 31 s, and 30 are allowed" in caught.value.__notes__[0]


def test_what_a_server_asks_for_may_take_longer_than_a_restart() -> None:
    played = Played([answer(503, None, ("Retry-After", "200")), PAGE])
    played.run(sender(played).reading(READ, Request("GET", "/rest/people")))
    assert 200 <= played.waits[0] <= 200.5


def test_a_server_that_refuses_for_30_seconds_is_not_asked_all_the_time() -> None:
    class Refusing(Played):
        @property
        def events(self) -> Sequence[Event]:
            return [answer(429, None, ("Retry-After", "5")) if self.clock < 30 else PAGE]

        @events.setter
        def events(self, _: Sequence[Event]) -> None:
            pass

    played = Refusing([])
    played.run(sender(played).reading(READ, Request("GET", "/rest/people")))
    assert len(played.sent) <= 7


OUTAGES = [row for row in GOING_AGAIN if row[0] not in ("429", "500")]
SENT_ONCE = Retries(seconds=0, limited=0)


@cases(OUTAGES)
@pytest.mark.parametrize("takes", [0, 7, 30], ids=lambda each: f"{each} s each")
def test_every_outage_is_outlasted_for_a_minute_and_no_longer(name: str, event: Event, takes: float) -> None:
    played = Played([event], takes)
    with pytest.raises(icosa.IcosaError):
        played.run(sender(played).reading(READ, Request("GET", "/rest/people")))
    assert 60 - 0.1 <= played.clock - takes <= 60 + takes + 0.1  # from the first failure to the last sending or its end


@cases(OUTAGES)
def test_a_server_that_is_back_is_noticed_within_two_seconds(name: str, event: Event) -> None:
    played = Played([event])
    with pytest.raises(icosa.IcosaError):
        played.run(sender(played).writing(work("create_one", id=ID)))
    assert max(played.waits) <= 2
    assert len(played.sent) <= 80


def test_what_the_server_fails_over_is_not_asked_for_a_minute() -> None:
    played = Played([answer(500)])
    with pytest.raises(icosa.ServerBroken):
        played.run(sender(played).reading(READ, Request("GET", "/rest/people")))
    assert played.clock == pytest.approx(5, abs=0.1)


class RefusedForAMinute(Played):
    """Who asks within the minute is refused, and is not told when it is over, as Twenty 2.19 does it."""

    @property
    def events(self) -> Sequence[Event]:
        return [answer(429, {"messages": ["Limit reached (100 tokens per 60000 ms)"]}) if self.clock < 60 else PAGE]

    @events.setter
    def events(self, _: Sequence[Event]) -> None:
        pass


def test_a_limit_that_names_no_moment_is_outlasted() -> None:
    played = RefusedForAMinute([])
    assert played.run(sender(played, Retries()).reading(READ, Request("GET", "/rest/people"))).error is None
    assert 60 <= played.clock <= 120
    assert len(played.sent) <= 12


@pytest.mark.parametrize(
    ("policy", "within"), [(Retries.of(0), 0), (SENT_ONCE, 0), (Retries(limited=0), 60), (Retries.of(20), 20), (Retries(5, limited=30), 30)]
)
def test_unless_somebody_wants_it_sooner(policy: Retries, within: float) -> None:
    played = RefusedForAMinute([])
    if within >= 60:
        assert played.run(sender(played, policy).reading(READ, Request("GET", "/rest/people"))).error is None
        return
    with pytest.raises(icosa.RateLimited):
        played.run(sender(played, policy).writing(work("create_one", id=ID)))
    assert played.clock == pytest.approx(within, abs=0.1)


def waits(policy: Retries, chance: float, trouble: Trouble = Trouble.OUTAGE) -> Iterator[float]:
    clock = [0.0]
    patience = Patience(policy, lambda: clock[0], lambda: chance)
    while (wait := patience.wait(trouble)) is not None:
        clock[0] += wait
        yield wait


def test_waits_double_up_to_the_longest_and_half_of_each_is_left_to_chance() -> None:
    policy = Retries(seconds=27, first_wait=1, longest_wait=8)
    assert list(waits(policy, 0)) == [1, 2, 4, 8, 8, 4]
    assert list(waits(policy, 1))[:6] == [0.5, 1, 2, 4, 4, 4]
    assert list(waits(Retries(), 0))[:6] == [0.25, 0.5, 1, 2, 2, 2]


def test_a_server_that_counts_is_left_alone_for_longer_and_longer() -> None:
    assert list(waits(Retries(), 0, Trouble.LIMIT)) == [0.25, 0.5, 1, 2, 4, 8, 16, 30, 28.25]


def test_waiting_for_a_place_is_not_counted_against_the_server() -> None:
    class Slow:
        def take(self) -> float:
            return 400.0

        def took(self, seconds: float) -> None:
            pass

        def reason(self) -> str:
            return "others went before"

    played = Played([answer(503), answer(503), PAGE])
    steps = Sender(retries=Retries(), pace=Slow(), clock=played.now)  # type: ignore[arg-type]
    assert played.run(steps.reading(READ, Request("GET", "/rest/people"))).error is None
    assert played.clock > 1200


def test_looking_at_a_lost_write_takes_no_longer_than_the_write_may() -> None:
    played = Played([TimedOut("…"), answer(503)])
    with pytest.raises(TimedOut):
        played.run(sender(played).writing(work("create_one", id=ID)))
    assert played.clock == pytest.approx(60, abs=0.1)


@pytest.mark.parametrize("event", [answer(503), TimedOut("…")], ids=["refused", "lost"])
def test_an_error_says_for_how_long_it_was_tried_and_how_to_have_it_tried_for_longer(event: Event) -> None:
    for steps in (lambda each: each.reading(READ, Request("GET", "/rest/people")), lambda each: each.writing(work("create_one", id=ID))):
        played = Played([event])
        with pytest.raises(icosa.IcosaError) as caught:
            played.run(steps(sender(played)))
        note = f"It was tried for 60 s, {len(played.sent)} times; retries= in Python, or ICOSA_RETRIES, says for how long."
        assert caught.value.__notes__[-1] == note


@pytest.mark.parametrize(
    ("given", "environ", "seconds"),
    [
        (None, {}, 60),
        (None, {"ICOSA_RETRIES": " "}, 60),
        (None, {"ICOSA_RETRIES": "300"}, 300),
        (None, {"ICOSA_RETRIES": "5m"}, 300),
        (None, {"ICOSA_RETRIES": "0"}, 0),
        (0, {"ICOSA_RETRIES": "300"}, 0),
        (2.5, {}, 2.5),
        ("1.5 min", {}, 90),
        ("2 hours", {}, 7200),
        (Retries(7), {"ICOSA_RETRIES": "300"}, 7),
    ],
)
def test_how_a_time_is_said(given: Any, environ: dict[str, str], seconds: float) -> None:
    policy = Retries.of(given, environ)
    assert policy.seconds == seconds
    assert policy.once == (seconds == 0)
    if given != Retries(7):  # nothing is tried for longer than what is said in one number
        assert policy.lasts(Trouble.LIMIT) == (90 if seconds == 60 else seconds)


@pytest.mark.parametrize("given", [-1, True, "often", "", float("nan"), "5 tries", [1]])
def test_what_is_no_time_is_refused(given: Any) -> None:
    with pytest.raises(icosa.InvalidValue, match=r"^retries: .* is no time; give seconds, 0 for never"):
        icosa.connect("http://crm.example.com", token="key", retries=given)
    with pytest.raises(icosa.InvalidValue, match=r"^ICOSA_RETRIES: 'often' is no time"):
        Retries.of(None, {"ICOSA_RETRIES": "often"})


def test_a_policy_that_is_none_is_refused() -> None:
    with pytest.raises(icosa.InvalidValue, match="first_wait is nan"):
        Retries(first_wait=float("nan"))
    with pytest.raises(icosa.InvalidValue, match="seconds is -1"):
        Retries(seconds=-1)
