"""A plan file says what is to be done, all of it, and nothing that anybody added or took away."""

import stat
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from threading import Barrier

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as some

from icosa.catalogue.standard import STANDARD
from icosa.errors import InvalidValue
from icosa.plans.plan import Header, PlanFile, PlanWriter, Source, read_plan, shape_digests
from icosa.plans.step import Bad, Change, Conflict, Creation, Deletion, Restoration, Skip, Step, line_of, step_of
from tests.little_room import little_room, needs_limits

ID = "20202020-1c25-4d02-bf25-6aeccf7ea419"
STEPS: list[Step] = [
    Creation("companies", {"id": ID, "name": "Acme"}, "domainName.primaryLinkUrl"),
    Change("people", ID, {"jobTitle": "Old"}, {"jobTitle": None}, "2026-02-03T04:05:06.789Z", 2),
    Creation("people", {"id": ID}, row=3),
    Deletion("people", ID, {}, permanent=True),
    Restoration("people", ID, {"name": {"firstName": "Ada"}}),
    Skip("people", ID, 4),
    Conflict("people", "two have it", (ID, ID), 5),
    Bad("people", "", "it is cut off", 6),
]

json = some.recursive(
    some.none() | some.booleans() | some.integers(-(2**53), 2**53) | some.text(),
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.text(), inner, max_size=3),
    max_leaves=5,
)
records = some.dictionaries(some.text(), json, max_size=4)
rows = some.none() | some.integers(1, 10**7)
steps = (
    some.builds(Creation, some.just("people"), records, some.sampled_from(["", "id"]), rows)
    | some.builds(Change, some.just("people"), some.just(ID), records, records, some.none() | some.just("2026-02-03T04:05:06.789Z"), rows)
    | some.builds(Conflict, some.just("people"), some.text(min_size=1), some.lists(some.just(ID)).map(tuple), rows)
    | some.builds(Bad, some.just("people"), some.text(), some.text(min_size=1), rows)
)


def header() -> Header:
    source = Source("/somewhere/people.csv", "ab" * 32)
    return Header("https://crm.example.com", shape_digests(STANDARD, "people"), "2026-02-03T04:05:06.789Z", "import", source, {"key": "id"})


@pytest.fixture
def plan(tmp_path: Path) -> PlanFile:
    path = tmp_path / "a.plan.jsonl"
    with PlanWriter(path, header(), STANDARD) as writer:
        for each in STEPS:
            writer.write(each)
    return read_plan(path)


@needs_limits
@pytest.mark.parametrize("steps", [20, 2_000], ids=["when it is ended", "while it is written"])
def test_a_disk_that_is_full_names_the_plan_and_leaves_nothing_of_it(tmp_path: Path, steps: int) -> None:
    path = tmp_path / "a.plan.jsonl"

    def write() -> None:
        with PlanWriter(path, header(), STANDARD) as writer:
            for _ in range(steps):
                writer.write(Creation("companies", {"id": ID, "name": "Acme" * 20}))

    with little_room(2_000), pytest.raises(OSError, match="too large") as refused:
        write()
    assert refused.value.filename == str(path)
    assert list(tmp_path.iterdir()) == []


def test_what_was_written_is_read(plan: PlanFile) -> None:
    assert list(plan.steps()) == STEPS
    assert plan.counts == {"create": 2, "change": 1, "delete": 1, "restore": 1, "skip": 1, "conflict": 1, "bad": 1}
    assert {of: sum(each.values()) for of, each in plan.by_object.items()} == {"companies": 1, "people": 7}
    assert plan.by_object["people"]["create"] == 1
    assert list(plan.steps("bad", "skip")) == [each for each in STEPS if isinstance(each, Bad | Skip)]
    assert (plan.total, plan.writes) == (8, 5)
    assert plan.header.source == Source("/somewhere/people.csv", "ab" * 32)


@given(steps)
def test_any_step_is_read_as_it_was_written(step: Step) -> None:
    assert step_of(orjson.loads(line_of(step))) == step


def test_only_its_owner_reads_it(plan: PlanFile) -> None:
    assert stat.S_IMODE(plan.path.stat().st_mode) == 0o600


def test_a_plan_that_is_cut_off_is_refused_wherever_that_is(plan: PlanFile) -> None:
    whole = plan.path.read_bytes()
    for length in range(0, len(whole), 7):
        plan.path.write_bytes(whole[:length])
        with pytest.raises(InvalidValue, match=r"is cut off|is not a plan"):
            read_plan(plan.path)


@pytest.mark.parametrize(
    "edit", [(b"Acme", b"Evil"), (b'"create"', b'"change"'), (b"crm.example.com", b"cam.example.com"), (b'"title"', b'"titel"')]
)
def test_a_plan_that_somebody_changed_is_refused(plan: PlanFile, edit: tuple[bytes, bytes]) -> None:
    plan.path.write_bytes(plan.path.read_bytes().replace(*edit, 1))
    with pytest.raises(InvalidValue, match="changed after it was made"):
        read_plan(plan.path)


@pytest.mark.parametrize("edit", [(b'"format":1', b'"format":2'), (b'"format":1,', b"")])
def test_a_plan_of_another_version_is_refused(plan: PlanFile, edit: tuple[bytes, bytes]) -> None:
    plan.path.write_bytes(plan.path.read_bytes().replace(*edit, 1))
    with pytest.raises(InvalidValue, match="another version of Icosa"):
        read_plan(plan.path)


def test_a_line_more_or_less_is_refused(plan: PlanFile) -> None:
    lines = plan.path.read_bytes().splitlines(keepends=True)
    for changed in (lines[:2] + lines[3:], lines[:2] + lines[1:]):
        plan.path.write_bytes(b"".join(changed))
        with pytest.raises(InvalidValue, match="changed after it was made"):
            read_plan(plan.path)


def test_what_is_no_plan_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "people.csv"
    path.write_text("name\nAda\n")
    with pytest.raises(InvalidValue, match="is not a plan; icosa plan makes one"):
        read_plan(path)
    with pytest.raises(InvalidValue, match="cannot be read"):
        read_plan(tmp_path / "missing.jsonl")


def test_a_secret_is_refused_with_the_way_out(tmp_path: Path) -> None:
    path = tmp_path / "a.plan.jsonl"
    with (
        pytest.raises(InvalidValue, match=r"Access Token: is a secret.*update-one ID --access-token-file FILE"),
        PlanWriter(path, header(), STANDARD) as writer,
    ):
        writer.write(Creation("connectedAccounts", {"id": ID, "accessToken": "not to be seen"}))
    assert list(tmp_path.iterdir()) == []


def test_a_plan_is_there_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.plan.jsonl"
    with suppress(KeyboardInterrupt), PlanWriter(path, header(), STANDARD) as writer:
        writer.write(STEPS[0])
        assert not path.exists()
        raise KeyboardInterrupt
    assert list(tmp_path.iterdir()) == []


def test_threads_that_write_the_same_plan_at_once_do_not_take_it_from_each_other(tmp_path: Path) -> None:
    together = Barrier(2, timeout=60)

    def written(_: int) -> str:
        with PlanWriter(tmp_path / "a.plan", header(), STANDARD) as plan:
            together.wait()
            for step in STEPS:
                plan.write(step)
            together.wait()
        return read_plan(tmp_path / "a.plan").path.name

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(written, range(2))) == ["a.plan", "a.plan"]
    assert [each.name for each in tmp_path.iterdir()] == ["a.plan"]
