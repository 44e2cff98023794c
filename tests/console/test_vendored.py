"""What is not ours comes as it was made, with its licence."""

from hashlib import sha256
from pathlib import Path

import pytest

from icosa.surfaces.console.assets import FOLDER

HTMX_4_0_1 = "a0abb04f2f45a1f89d1d4844023245537e5e6014c87b144553e0607b4cc32130"
"""Of dist/htmx.min.js in the package htmx.org 4.0.1."""


def test_htmx_is_that_of_its_makers() -> None:
    assert sha256((FOLDER / "htmx.min.js").read_bytes()).hexdigest() == HTMX_4_0_1
    assert "Zero-Clause BSD" in (FOLDER / "htmx.LICENSE").read_text("utf-8")


def test_a_wheel_holds_the_look_and_the_licence() -> None:
    wheel = pytest.importorskip("hatchling.builders.wheel", reason="hatchling, with which wheels are built, is not installed")
    root = Path(__file__).resolve().parents[2]
    packed = {each.distribution_path for each in wheel.WheelBuilder(str(root)).recurse_included_files()}
    room = root / "src" / "icosa" / "surfaces" / "console"
    wanted = {f"icosa/surfaces/console/{each.relative_to(room)}" for part in ("templates", "static") for each in (room / part).rglob("*.*")}
    assert wanted - packed == set()
