"""One pace for a key and a machine: what was sent is counted over all processes, and a refusal holds them all."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import icosa
from icosa.catalogue.standard import STANDARD
from icosa.client.sending.ledger import LEARNT_FROM, LEARNT_SECONDS, WATCHED_SECONDS, Ledger
from icosa.client.sending.pace import Pace, ledger_file
from icosa.client.sending.rate import CLOUD, Rate, rate_of
from icosa.client.transport.flow import drive
from icosa.secret import Secret
from tests.client.scripted import KEY, Asked, Reply, scripted

PAGE = {"data": {"people": []}, "pageInfo": {"hasNextPage": False, "startCursor": None, "endCursor": None}, "totalCount": 0}
NOW = 1_770_000_000.0


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger(tmp_path / "state" / "pace.db")


def starts(ledger: Ledger, rate: Rate | None, requests: int, now: float = NOW, key: str = "key") -> list[float]:
    """When so many requests that were asked for at once may go, in seconds from then."""
    return [ledger.take(key, rate, now) for _ in range(requests)]


def test_no_stretch_of_the_time_holds_more_than_the_count(ledger: Ledger) -> None:
    assert starts(ledger, Rate(3, 60), 8) == [0, 0, 0, 60, 60, 60, 120, 120]


def test_what_is_asked_for_later_goes_as_soon_as_there_is_a_place(ledger: Ledger) -> None:
    rate = Rate(2, 10)
    assert [ledger.take("key", rate, NOW + at) for at in (0, 4, 5, 30)] == [0, 0, 5, 0]


def test_keys_do_not_share_a_pace(ledger: Ledger) -> None:
    assert starts(ledger, Rate(1, 60), 1) + starts(ledger, Rate(1, 60), 1, key="other") == [0, 0]


def test_without_a_limit_nothing_is_written(ledger: Ledger, tmp_path: Path) -> None:
    assert starts(ledger, None, 5) == [0] * 5
    assert not (tmp_path / "state").exists()


def test_a_refusal_holds_all_who_use_the_key(ledger: Ledger, tmp_path: Path) -> None:
    other = Ledger(tmp_path / "state" / "pace.db")
    ledger.refused("key", 30, NOW)
    assert other.take("key", None, NOW + 10) == 20
    assert other.take("other key", None, NOW + 10) == 0
    assert other.take("key", None, NOW + 31) == 0


def test_a_limit_that_nobody_named_is_learnt_from_the_second_refusal(ledger: Ledger) -> None:
    ledger.refused("key", 0, NOW)
    for at in range(100):
        assert ledger.take("key", None, NOW + 10 + at / 2) == 0
    ledger.refused("key", 0, NOW + 65)
    later = NOW + 130
    assert starts(ledger, None, 90, later) == [0] * 90
    assert ledger.take("key", None, later) == LEARNT_FROM.seconds
    assert "more than about 90 requests a minute, which was learnt" in ledger.reason("key", None, later)


def learnt_at_90(ledger: Ledger, until: float) -> None:
    ledger.refused("key", 0, until - 65)
    starts(ledger, None, 100, until - 10)
    ledger.refused("key", 0, until)


def test_what_was_learnt_is_soon_forgotten_and_learnt_again_at_once(ledger: Ledger) -> None:
    learnt_at_90(ledger, NOW)
    later = NOW + LEARNT_SECONDS
    assert starts(ledger, None, 300, later) == [0] * 300
    ledger.refused("key", 0, later + 1)
    assert ledger.take("key", None, later + 62) == 0
    assert starts(ledger, None, 270, later + 62)[-1] == LEARNT_FROM.seconds


def test_a_server_that_was_quiet_for_long_is_a_new_one(ledger: Ledger) -> None:
    learnt_at_90(ledger, NOW)
    later = NOW + WATCHED_SECONDS + 1
    ledger.refused("key", 0, later)
    assert starts(ledger, None, 200, later) == [0] * 200


@pytest.mark.parametrize("idle", [0, 1, LEARNT_FROM.count - 1])
def test_nothing_is_learnt_from_a_quiet_minute(idle: int, ledger: Ledger) -> None:
    ledger.refused("key", 0, NOW)
    for minute in range(1, 9):
        now = NOW + 62 * minute
        starts(ledger, None, idle, now - 1)
        ledger.refused("key", 0, now)
        assert ledger.wait_for("key", None, 1_000, now) == 0
    assert starts(ledger, None, 500, NOW + 500) == [0] * 500


def test_nothing_is_learnt_from_a_minute_that_was_quiet_beside_the_busiest(ledger: Ledger) -> None:
    ledger.refused("key", 0, NOW)
    starts(ledger, None, 400, NOW + 30)
    starts(ledger, None, 40, NOW + 150)
    ledger.refused("key", 0, NOW + 160)
    assert starts(ledger, None, 500, NOW + 165) == [0] * 500


def test_a_named_pace_is_the_reason_where_nothing_stricter_was_learnt(ledger: Ledger) -> None:
    learnt_at_90(ledger, NOW)
    assert ledger.reason("key", Rate(30, 60), NOW + 1) == "the pace is 30/minute, and other requests with this key went before"
    assert "which was learnt" in ledger.reason("key", Rate(1000, 60), NOW + 1)
    ledger.refused("key", 30, NOW + 2)
    assert ledger.reason("key", Rate(30, 60), NOW + 3) == "the server refused a request, and asked to be left alone"


def test_refusals_that_come_together_are_learnt_from_once(ledger: Ledger) -> None:
    ledger.refused("key", 0, NOW)
    starts(ledger, None, 100, NOW + 50)
    for _ in range(20):
        ledger.refused("key", 0, NOW + 61)
    assert starts(ledger, None, 90, NOW + 130) == [0] * 90
    assert starts(ledger, None, 1, NOW + 130) == [60]


def test_a_clock_that_was_set_back_does_not_hold_anybody_for_years(ledger: Ledger) -> None:
    ledger.refused("key", 30, NOW + 10**8)
    starts(ledger, Rate(1, 60), 2, NOW + 10**8)
    assert ledger.take("key", Rate(1, 60), NOW) == 0


@pytest.mark.parametrize("content", [b"this is no database, and never was one" * 100, b""], ids=["damaged", "empty"])
def test_a_damaged_file_is_made_anew(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "pace.db"
    file.write_bytes(content)
    assert starts(Ledger(file), Rate(1, 60), 2) == [0, 60]
    assert Ledger(file).take("key", Rate(1, 60), NOW) == 120


def test_where_no_file_can_be_kept_the_pace_is_this_processs_own(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file where a folder should be")
    assert starts(Ledger(tmp_path / "state" / "pace.db"), Rate(1, 60), 2) == [0, 60]


COUNTED = """
import sys
from pathlib import Path
from icosa.client.sending.ledger import Ledger
from icosa.client.sending.rate import Rate
ledger = Ledger(Path(sys.argv[1]))
print(*(ledger.take("key", Rate(10, 60), float(sys.argv[2])) for _ in range(25)))
"""


def test_two_processes_share_the_pace(tmp_path: Path) -> None:
    command = [sys.executable, "-c", COUNTED, str(tmp_path / "pace.db"), str(NOW)]
    running = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    taken = sorted(float(each) for process in running for each in process.communicate(timeout=60)[0].split())
    assert taken == [60.0 * (at // 10) for at in range(50)]


HELD = """
import sys
from pathlib import Path
from icosa.client.sending.ledger import Ledger
ledger, now = Ledger(Path(sys.argv[1])), float(sys.argv[2])
if sys.argv[3] == "refused":
    ledger.refused("key", 40, now)
print(ledger.take("key", None, now + 10))
"""


def test_what_a_server_asks_for_holds_another_process_too(tmp_path: Path) -> None:
    for role in ("refused", "other"):
        command = [sys.executable, "-c", HELD, str(tmp_path / "pace.db"), str(NOW), role]
        assert float(subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout) == 30


def test_a_long_wait_is_told_with_its_reason_and_without_values(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setattr(icosa.Client, "_drive", lambda self, steps: drive(steps, self._transport.send, lambda seconds: None))
    caplog.set_level("INFO", "icosa")

    def reply(_: Asked) -> Reply:
        return Reply({}, 429, headers={"Retry-After": "40"}) if len(server.asked) == 1 else Reply(PAGE)

    with scripted(reply) as server, icosa.connect(server.url, token=KEY, catalogue=STANDARD, pace="1/minute") as crm:
        crm.people.find_many(filter='city[eq]:"Atlantis"')
    refused, again, waits, *_ = (each.getMessage() for each in caplog.records)
    assert refused == "the server does not do what it is asked (429); trying again for 90 s"
    assert again.startswith("Find Many People goes again in 40.")
    assert ": 429; try 2, " in again
    assert waits.startswith("Find Many People waits ")
    assert "the server refused a request, and asked to be left alone" in waits
    assert not any(each in caplog.text for each in ("Atlantis", KEY, server.url))


def test_a_client_waits_for_its_place_and_tells_the_others_of_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []
    monkeypatch.setattr(icosa.Client, "_drive", lambda self, steps: drive(steps, self._transport.send, waited.append))

    def reply(_: Asked) -> Reply:
        return Reply({}, 429, headers={"Retry-After": "40"}) if len(server.asked) == 1 else Reply(PAGE)

    with scripted(reply) as server:
        first, second = (icosa.connect(server.url, token=KEY, catalogue=STANDARD) for _ in range(2))
        with first, second:
            first.people.find_many()
            assert 40 <= waited[0] <= 41
            second.people.find_many()
            assert 38 <= waited[-1] <= 41


def test_a_long_run_can_say_beforehand_how_long_it_will_take() -> None:
    with icosa.connect("http://crm.example.com", token=KEY, pace="100/minute") as crm:
        assert crm.estimate(90) == 0
        assert crm.estimate(400) == 180
    with icosa.connect("http://crm.example.com", token=KEY) as crm:
        assert crm.estimate(1_000_000) == 0
    pace = Pace(Ledger(ledger_file()), "key", None)
    pace.took(0.2)
    assert pace.estimate(100) == pytest.approx(20)
    assert pace.estimate(100, at_once=4) == pytest.approx(5)


def test_what_the_machine_has_sent_already_counts_in_the_forecast() -> None:
    pace = Pace(Ledger(ledger_file()), "key", Rate(100, 60), lambda: NOW)
    for _ in range(100):
        pace.take()
    assert pace.estimate(100) == 60


@pytest.mark.parametrize(
    ("pace", "environ", "address", "rate"),
    [
        (None, {}, "https://crm.example.com", None),
        (None, {}, "https://api.twenty.com", CLOUD),
        (None, {}, "https://nottwenty.com", None),
        ("50/minute", {"ICOSA_PACE": "9/s"}, "https://api.twenty.com", Rate(50, 60)),
        (None, {"ICOSA_PACE": "9/s"}, "https://api.twenty.com", Rate(9, 1)),
        (None, {"ICOSA_PACE": " Unlimited "}, "https://api.twenty.com", None),
        ("unlimited", {}, "https://api.twenty.com", None),
        (30, {}, "https://crm.example.com", Rate(30, 60)),
        ("30", {}, "https://crm.example.com", Rate(30, 60)),
        ("5 per second", {}, "https://crm.example.com", Rate(5, 1)),
        ("1000/hour", {}, "https://crm.example.com", Rate(1000, 3600)),
    ],
)
def test_how_a_pace_is_said(pace: Any, environ: dict[str, str], address: str, rate: Rate | None) -> None:
    assert rate_of(pace, address, environ) == rate


@pytest.mark.parametrize("pace", ["fast", "0/minute", "-3", 0, float("nan"), float("inf"), "5/fortnight"])
def test_what_is_no_pace_is_refused(pace: Any) -> None:
    with pytest.raises(icosa.InvalidValue, match=r'^pace: .* is no pace; give "100/minute"'):
        icosa.connect("http://crm.example.com", token=KEY, pace=pace)


def test_the_key_is_not_in_the_file() -> None:
    pace = Pace.of("1/minute", "https://crm.example.com", Secret(KEY), {})
    pace.take()
    content = b"".join(each.read_bytes() for each in ledger_file().parent.iterdir())
    assert content
    assert KEY.encode() not in content
