"""A forecast that turns out wrong is told anew, a few times and not with every page."""

from icosa.mirror.forecast import Forecast


class Run:
    """A pull of `records` on a clock of its own, at so many seconds a page."""

    def __init__(self, estimate: float = 0.0) -> None:
        self.now = 0.0
        self.said: list[str] = []
        self.shown: list[tuple[str, int, int]] = []
        self.forecast = Forecast(
            lambda *progress: self.shown.append(progress), self.said.append, lambda requests: estimate * requests, 60, lambda: self.now
        )

    def pull(self, records: int, seconds: float) -> None:
        for done in range(60, records + 1, 60):
            self.now += seconds
            self.forecast("people", done, records)


def test_a_quick_pull_is_not_talked_about() -> None:
    run = Run()
    run.pull(6000, 0.1)
    assert run.said == []
    assert run.shown[-1] == ("people", 6000, 6000)


def test_a_slow_one_is_told_once_where_it_goes_on_as_it_began() -> None:
    run = Run()
    run.forecast("companies", 0, 600)
    run.pull(6000, 1.6)
    assert run.said == ["6,540 records are still to come, in about 3 minutes by the pace so far."]


def test_it_learns_that_a_server_has_become_slower() -> None:
    run = Run()
    run.pull(6000, 0.1)
    run.forecast("companies", 0, 6000)
    for done in range(60, 6001, 60):
        run.now += 3
        run.forecast("companies", done, 6000)
    assert 1 <= len(run.said) <= 5


def test_what_the_servers_pace_allows_counts_too() -> None:
    run = Run(estimate=1.0)
    run.forecast("people", 60, 6000)
    assert run.forecast.left() == 99
    assert len(run.said) == 1


def test_objects_of_a_record_or_two_make_it_no_forecast_of_hours() -> None:
    run = Run()
    run.forecast("people", 0, 6000)
    for at in range(10):
        run.now += 0.1
        run.forecast(f"object {at}", 1, 1)
    assert run.said == []
    assert run.forecast.left() == 10.0
