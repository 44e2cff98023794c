"""Where a run of tests is measured, each of its processes writes down what it measured before anybody can end it.  A pytest plugin.

As soon as who runs tests for pytest-xdist says that it is done it is asked to end, and time runs: after five seconds execnet
interrupts it, after fifteen it ends it, and then pytest-xdist kills it.  Python writes down what was measured at the very end, which on
a busy machine is later than that.  So it is written down before it says that it is done; and each process leaves word when it begins,
and when it has written, which `tests.covered` looks at."""

import os
import sys
from pathlib import Path

import pytest
from coverage import Coverage
from xdist import get_xdist_worker_id

BEGUN, WRITTEN = "begun.", "written."
"""What the names of such words begin with: before the process, and before the file that it wrote.  In them stands how pytest-xdist
calls the process."""

_TRACED = pytest.StashKey[bool]()


def pytest_sessionstart(session: pytest.Session) -> None:
    if measuring := Coverage.current():
        session.stash[_TRACED] = sys.gettrace() is not None
        _begun(measuring).write_text(get_xdist_worker_id(session), encoding="utf-8")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    if measuring := Coverage.current():
        begun, process = _begun(measuring), get_xdist_worker_id(session)
        if session.stash[_TRACED] and sys.gettrace() is None:  # which Python does without a word where measuring itself is interrupted
            begun.write_text(f"{process}, whose measuring stopped before its end,", encoding="utf-8")
            return
        measuring.stop()  # for what is written while somebody kills it may be no file any more
        measuring.save()
        file = Path(measuring.get_data().data_filename())
        begun.rename(file.with_name(WRITTEN + file.name))


def _begun(measuring: Coverage) -> Path:
    return Path(str(measuring.get_option("run:data_file"))).with_name(f"{BEGUN}{os.getpid()}")
