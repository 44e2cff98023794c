"""What everybody who reads or writes has to know of lines of history that are owed; how they are made stands in owed_lines.py."""

from enum import Enum
from functools import lru_cache
from typing import Final

from icosa.workspace.store.names import ACTIVITY
from icosa.workspace.store.statement import Statement

PAY: Final = Statement("DELETE FROM icosa_owed")
"""Makes all lines that are owed."""

ARE_OWED: Final = Statement("SELECT 1 FROM icosa_owed")


class Owed(Exception):
    """A read would miss lines that are owed."""


class Lines(Enum):
    """What a read does about lines that are owed: it asks for them, and raises Owed, or it shows them."""

    ASKED = "asked"
    SHOWN = "shown"


_EVENT: Final = "INSERT INTO icosa_outbox "


@lru_cache(maxsize=4096)
def names_lines(sql: str) -> bool:
    """Whether a statement can find that lines are missing.  An event cannot: it tells of what the statement before it has written, to
    which nothing may come in between."""
    return ACTIVITY in sql and not sql.startswith(_EVENT)
