"""What stands in the file of a workspace that nobody has open."""

from pathlib import Path
from typing import Any

import apsw


def rows(path: Path, sql: str) -> list[tuple[Any, ...]]:
    """What SQL gives, or does, there."""
    connection = apsw.Connection(str(path))
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()
