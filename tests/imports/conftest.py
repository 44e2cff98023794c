"""Every test here has a home of its own, and an empty workspace where it asks for one."""

from pathlib import Path
from typing import Any

import pytest

from icosa.imports.rows import parquet, sheet
from icosa.imports.rows.row import Rows
from icosa.imports.rows.separate_process import Reader
from tests.client.conftest import crm, database, home

__all__ = ["crm", "database", "home"]


@pytest.fixture
def read_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workbooks and Parquet files are read in this process, which tests of what is in them need not start one for; that a
    process of its own gives the same, whatever becomes of it, is asked in test_rows_apart."""

    def opened(read: Reader, path: Path, _: Any, **options: Any) -> Rows:
        return read(path, **options)

    for reader in (sheet, parquet):
        monkeypatch.setattr(reader, "open_apart", opened)
