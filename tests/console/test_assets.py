"""The files of the look: kept for good under an address that is theirs alone, light, in colours that can be read."""

import gzip
import re
from itertools import product

import pytest
from starlette.testclient import TestClient

from icosa.surfaces.console.assets import FOLDER, address, assets

OWN_SCRIPT_BYTES = 8_000
FIRST_PAGE_BYTES, FIRST_PAGE_REQUESTS = 45_000, 5
LEAST_TEXT, LEAST_EDGE = 4.5, 3.0
GROUNDS = ("page", "surface", "sunken", "accent-wash", "danger-wash", "warn-wash", "map-wash")


def test_an_address_is_of_these_bytes_alone_and_kept_for_good(client: TestClient) -> None:
    answer = client.get(address("icosa.css"))
    assert (answer.status_code, answer.headers["content-encoding"]) == (200, "gzip")
    assert "immutable" in answer.headers["cache-control"]
    assert answer.content == (FOLDER / "icosa.css").read_bytes()
    plain = client.get(address("icosa.css"), headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.content == answer.content
    assert client.get("/static/000000000000/icosa.css").status_code == 404
    assert client.get(address("icosa.css").replace("icosa.css", "htmx.LICENSE")).status_code == 404


def test_our_own_script_is_light() -> None:
    assert len(assets()["icosa.js"].packed) <= OWN_SCRIPT_BYTES


def test_the_first_page_is_light(client: TestClient) -> None:
    page = client.get("/")
    named = set(re.findall(r'"(/static/[^"#]+)', page.text))
    weight = len(gzip.compress(page.content)) + sum(len(assets()[each.rpartition("/")[2]].packed) for each in named)
    assert len(named) + 1 <= FIRST_PAGE_REQUESTS
    assert weight <= FIRST_PAGE_BYTES


def test_every_icon_that_a_template_names_is_drawn() -> None:
    drawn = set(re.findall(r'id="i-([\w-]+)"', (FOLDER / "icons.svg").read_text("utf-8")))
    sources = [each.read_text("utf-8") for each in FOLDER.parent.rglob("*") if each.suffix in (".html", ".py")]
    named = {name for source in sources for name in re.findall(r'(?:icon\(|Hit\("[^"]*", "[^"]*", )"([\w-]+)"', source)}
    assert named - drawn == set()


def _colours(at: int) -> dict[str, str]:
    css = (FOLDER / "icosa.css").read_text("utf-8")
    return {each[1]: each[2 + at] for each in re.finditer(r"--([\w-]+): light-dark\((#\w+), (#\w+)\)", css)}


def _light(colour: str) -> float:
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    darker, lighter = sorted((_light(one), _light(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("at", [0, 1], ids=["light", "dark"])
def test_every_colour_of_text_can_be_read_on_every_ground(at: int) -> None:
    colours = _colours(at)
    texts = ("ink", "soft", "faint", "accent", "danger", "warn", "map")
    assert [pair for pair in product(texts, GROUNDS) if _contrast(colours[pair[0]], colours[pair[1]]) < LEAST_TEXT] == []
    assert [ground for ground in GROUNDS if _contrast(colours["edge"], colours[ground]) < LEAST_EDGE] == []
    assert _contrast(colours["on-accent"], colours["accent"]) >= LEAST_TEXT
