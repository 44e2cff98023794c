"""The search over all objects, for everybody."""

from tests.console.walks.conftest import Walk, looks


@looks
def test_everybody_can_use_each_state_of_it(walk: Walk, look: tuple[str, int]) -> None:
    for name, path in {"found": "/search?q=acme", "nothing": "/search?q=zzyzx", "empty": "/search"}.items():
        walk.go(path)
        walk.picture(f"search-{name}-{look[0]}-{look[1]}")
        assert (name, walk.accessible()) == (name, [])
        assert (name, walk.sideways() <= 0) == (name, True)
