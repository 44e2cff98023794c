"""What `import icosa` offers, and what it says of itself."""

import sys
from importlib.metadata import version
from pathlib import Path

import pytest

import icosa


def test_every_name_that_it_lists_is_there_and_it_lists_all_that_it_offers() -> None:
    assert dir(icosa) == sorted(set(icosa.__all__))
    assert all(getattr(icosa, name) is not None for name in dir(icosa))


def test_it_knows_its_version() -> None:
    assert icosa.__version__ == version("icosa")


def test_a_checkout_that_is_not_installed_says_so_in_the_place_of_a_version(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(vars(icosa), "__version__", "kept from before")
    del vars(icosa)["__version__"]
    monkeypatch.setattr(sys, "path", [str(Path(icosa.__file__).parents[1])])
    assert icosa.__version__ == "0+source"


def test_a_name_that_it_does_not_offer_is_an_attribute_error_that_names_it() -> None:
    with pytest.raises(AttributeError, match="module 'icosa' has no attribute 'conect'") as caught:
        _ = icosa.conect
    assert caught.value.name == "conect"
