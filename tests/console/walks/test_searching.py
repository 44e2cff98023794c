"""The search over all objects, for everybody."""

import pytest

from tests.console.walks.conftest import Walk, looks


@pytest.mark.slow  # each page by itself, more closely; all of them are looked at in test_every_page
@looks
def test_everybody_can_use_each_state_of_it(walk: Walk, look: tuple[str, int]) -> None:
    for name, path in {"found": "/search?q=acme", "nothing": "/search?q=zzyzx", "empty": "/search"}.items():
        walk.go(path)
        walk.picture(f"search-{name}-{look[0]}-{look[1]}")
        assert (name, walk.accessible()) == (name, [])
        assert (name, walk.sideways() <= 0) == (name, True)
