"""The map of the architecture shows the rooms there are, and no others."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "icosa"
LINE = re.compile(r"^((?:  )+)([\w.]+/?)  +\S", re.MULTILINE)


def named() -> list[Path]:
    """The folders and files of the map; its lines stand as deep as what they name."""
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8").partition("```text\nsrc/icosa/\n")[2].partition("```")[0]
    above: list[str] = []
    found = []
    for indent, name in LINE.findall(text):
        above = [*above[: len(indent) // 2 - 1], name]
        found.append(SOURCE.joinpath(*above))
    return found


def test_what_is_on_the_map_is_there() -> None:
    assert [str(each.relative_to(SOURCE)) for each in named() if not each.exists()] == []


def test_every_room_is_on_the_map() -> None:
    rooms = {each.parent for each in SOURCE.rglob("*.py")} - {SOURCE}
    assert sorted(str(each.relative_to(SOURCE)) for each in rooms - set(named())) == []


def test_the_table_of_changes_names_what_is_there() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    rooms = "|".join(each.name for each in SOURCE.iterdir() if each.is_dir())
    paths = re.findall(rf"`(?:src/icosa/)?((?:{rooms})/[\w./]*|errors\.py)`", text)
    assert len(paths) > 10
    assert [each for each in paths if not (SOURCE / each).exists()] == []
