"""The moment in an answer's head is written as HTTP has it, by what loads nothing of e-mail."""

from email.utils import formatdate

from hypothesis import given
from hypothesis import strategies as st

from icosa.workspace.http.exchange import date_text
from tests.searched import AT_LENGTH

YEAR_9999 = 253_402_300_799


@AT_LENGTH
@given(st.integers(0, YEAR_9999))
def test_a_moment_is_written_as_in_an_e_mail(seconds: int) -> None:
    assert date_text(seconds) == formatdate(seconds, usegmt=True)


def test_parts_of_a_second_are_left_out() -> None:
    assert date_text(1_767_577_530.999) == "Mon, 05 Jan 2026 01:45:30 GMT"
