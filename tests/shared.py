"""Where the facts lie that tests compare with: a folder beside the checkout, which a clone need not have."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"

needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the reference folder ../shared is not there to compare with")


@cache
def reference(name: str) -> Any:
    """The content of one JSON file of the reference."""
    return json.loads((SHARED / "reference" / name).read_text(encoding="utf-8"))
