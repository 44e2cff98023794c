"""SQL functions that SQLite lacks, written in Python."""

from collections.abc import Callable
from typing import Any

import apsw

from icosa.workspace.store.jsonb import jsonb_text
from icosa.workspace.store.matching import ilike, like
from icosa.workspace.store.sqlite import group_functions

Charge = Callable[[int], None]
"""Called with how many characters are about to be looked at, and may raise."""


def register(connection: apsw.Connection, charge: Charge = lambda characters: None) -> None:
    """icosa_like and icosa_ilike of a text and a pattern, and icosa_jsonb of a JSON text: NULL where there is no text; and those
    that grouping needs."""

    def function(matches: Callable[[str, str], bool]) -> Callable[..., bool | None]:
        def call(*values: Any) -> bool | None:
            text, pattern = values
            if text is None:
                return None
            charge(len(text))
            return matches(text, pattern)

        return call

    def spelt(*values: Any) -> str | None:
        (text,) = values
        if text is None:
            return None
        charge(len(text))
        return jsonb_text(text)

    connection.create_scalar_function("icosa_jsonb", spelt, 1, deterministic=True)
    connection.create_scalar_function("icosa_like", function(like), 2, deterministic=True)
    connection.create_scalar_function("icosa_ilike", function(ilike), 2, deterministic=True)
    group_functions.register(connection)
