"""The same answer has the same tag, whoever gives it, and another a different one."""

import subprocess
import sys

from hypothesis import given
from hypothesis import strategies as st

from icosa.workspace.planning.tags import tag

LENGTHS = st.sampled_from([0, 1, 240, 241, 4096, 50_000])


@given(st.lists(st.tuples(LENGTHS, st.integers(0, 2)), min_size=1, max_size=12))
def test_a_tag_tells_an_answer_from_others_of_its_length(asked: list[tuple[int, int]]) -> None:
    tagged: dict[str, bytes] = {}
    for length, ends_with in asked:
        body = (b"x" * length)[:-1] + bytes([ends_with]) if length else b""
        assert tagged.setdefault(tag(body), body) == body
        assert tag(bytes(bytearray(body))) == tag(body)
    assert len(tagged) == len(set(tagged.values()))
    assert all(each.startswith('W/"') and each.endswith('"') and each.count('"') == 2 for each in tagged)


def test_another_process_gives_the_same_answer_the_same_tag() -> None:
    program = "from icosa.workspace.planning.tags import tag; print(tag(b'the same'), end='')"
    assert subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout == tag(b"the same")
