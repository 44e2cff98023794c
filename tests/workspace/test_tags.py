"""The same answer has the same tag, and another one another, whatever was answered before."""

from hypothesis import given
from hypothesis import strategies as st

from icosa.workspace.planning import tags
from icosa.workspace.planning.tags import tag

LENGTHS = st.sampled_from([0, 1, 4096, 4097, 50_000, 128 * 1024, 128 * 1024 + 1])


def copied(body: bytes) -> bytes:
    """The same bytes in another place, which nothing is remembered of."""
    return bytes(bytearray(body))


@given(st.lists(st.tuples(LENGTHS, st.integers(0, 2)), min_size=1, max_size=12))
def test_a_tag_tells_an_answer_from_others_of_its_length(asked: list[tuple[int, int]]) -> None:
    tagged: dict[str, bytes] = {}
    for length, ends_with in asked:
        body = (b"x" * length)[:-1] + bytes([ends_with]) if length else b""
        assert tagged.setdefault(tag(body), body) == body
        assert tag(copied(body)) == tag(body)
    assert len(tagged) == len(set(tagged.values()))
    assert all(each.startswith('W/"') and each.endswith('"') and each.count('"') == 2 for each in tagged)


def test_what_is_remembered_has_a_bound_and_changes_no_tag() -> None:
    bodies = [b"y" * length for length in range(5000, 5000 + 3 * tags._KEPT)]
    before = [tag(each) for each in bodies]
    assert len(tags._given) <= tags._KEPT
    assert all(len(body) <= tags._KEPT_LENGTH for body, _ in tags._given.values())
    assert [tag(copied(each)) for each in bodies] == before
