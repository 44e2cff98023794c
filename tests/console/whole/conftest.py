"""A console over a workspace whose texts try everything."""

from collections.abc import Iterator

import pytest

from icosa.client.transport.unlogged import unlogged, watch
from tests.console.whole import hostile
from tests.console.whole.visits import World
from tests.console.whole.worlds import world as opened


@pytest.fixture(autouse=True)
def a_browser_logs_nothing() -> Iterator[None]:
    """What stands for the browser here would log each address, with what it holds."""
    watch()
    with unlogged():
        yield


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Such a console."""
    with opened(tmp_path_factory.mktemp("hostile") / "crm.db", hostile.fill) as found:
        yield found
