"""The public packages: every name that they promise is there, and is that of no module inside, whichever came first."""

from importlib import import_module
from pathlib import Path

import pytest

FRONTS = ["icosa", "icosa.bulk", "icosa.chains", "icosa.doctor", "icosa.forms", "icosa.mirror", "icosa.testing", "icosa.workspace"]


@pytest.mark.parametrize("front", FRONTS)
def test_every_name_is_there(front: str) -> None:
    module = import_module(front)
    assert [name for name in module.__all__ if getattr(module, name, None) is None] == []
    with pytest.raises(AttributeError, match="nothing_of_this"):
        module.nothing_of_this  # noqa: B018


@pytest.mark.parametrize("front", FRONTS)
def test_no_name_is_that_of_a_module_inside(front: str) -> None:
    module = import_module(front)
    file = Path(str(module.__file__))
    inside = {each.stem for each in file.parent.iterdir()} if file.name == "__init__.py" else set()
    assert set(module.__all__) & inside == set()
