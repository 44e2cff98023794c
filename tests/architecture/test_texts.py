"""What is in the project is good anywhere: nothing names a machine on which it was written."""

import re
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parents[2]

# Written in pieces, so that this file does not find itself.
FORBIDDEN = {
    "a folder of somebody's machine": re.compile(r"(?<![\w.:-])/(?:" + "|".join(("home", "root", "work", "Users")) + r")/"),
    "a registry's host": re.compile("|".join((r"pypi" + r"\.org", r"python" + r"hosted", r"npm" + r"js\.", r"deb\.debian" + r"\.org"))),
}


def tracked() -> list[Path]:
    """The project's files: those that git knows, and those it would if they were added."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"], cwd=ROOT, capture_output=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this is no git checkout")
    paths = (ROOT / name for name in listed.stdout.decode().split("\0") if name)
    return [path for path in paths if path.is_file()]


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_holds(what: str) -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:120]}"
        for path in tracked()
        for number, line in enumerate(path.read_text("utf-8", "replace").splitlines(), 1)
        if FORBIDDEN[what].search(line)
    ]
    assert found == []


def test_names_in_file_listings_are_plain() -> None:
    odd = [path.name for path in tracked() if not re.fullmatch(r"[\w.-]+", path.name, re.ASCII)]
    assert odd == []


def test_no_property_is_searched_by_the_clock() -> None:
    assert settings().deadline is None
    assert HealthCheck.too_slow in settings().suppress_health_check
    # Which would take the place of the profile's, or say a number without the reason that `tests/searched.py` has for it.
    own = re.compile(r"settings\([^)]*(deadline|max_examples|suppress_health" + r"_check)")
    assert [str(each) for each in (ROOT / "tests").rglob("test_*.py") if own.search(each.read_text("utf-8"))] == []


def test_every_package_of_the_lock_is_needed_by_some_command() -> None:
    locked = set(re.findall(r"^([a-z0-9.-]+)==", (ROOT / "requirements.lock").read_text("utf-8"), re.MULTILINE))
    levels = dict(line.split() for line in (ROOT / "requirements.levels").read_text("utf-8").splitlines())
    assert levels.keys() == locked
    assert set(levels.values()) == {"demo", "test", "check"}
