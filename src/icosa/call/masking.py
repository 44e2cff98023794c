"""Secrets in what is shown: tokens and keys appear as dots unless somebody asks to see them."""

from functools import lru_cache
from typing import Any

from icosa.catalogue.model import Catalogue

MASK = "••••"


def masked(catalogue: Catalogue, value: Any) -> Any:
    """The same JSON without the values of secret fields, at any depth.

    They are known by name alone, so that a record of an object that is not in the catalogue, or a copy of
    one inside a JSON field, gives nothing away either.
    """
    return _masked(secret_names(catalogue), value)


def _masked(names: frozenset[str], value: Any) -> Any:
    if isinstance(value, list):
        return [_masked(names, each) for each in value]
    if isinstance(value, dict):
        return {key: MASK if key in names and each else _masked(names, each) for key, each in value.items()}
    return value


@lru_cache(maxsize=16)
def secret_names(catalogue: Catalogue) -> frozenset[str]:
    """The names of all secret fields."""
    return frozenset(field.name for each in catalogue for field in each.fields if field.secret)
