"""Bodies that a web form sends."""

from contextlib import suppress
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icosa.errors import MalformedJson
from icosa.wire.message import Request
from icosa.wire.rest.form import MOST_VALUES, read_body, read_form
from icosa.wire.version import TWENTY_1_0_3, TWENTY_2_19


@pytest.mark.parametrize(
    ("sent", "meant"),
    [
        (b"name=Acme+Mills%21", {"name": "Acme Mills!"}),
        (b"name=", {"name": ""}),
        (b"name", {"name": ""}),
        (b"address[addressCity]=Paris&address%5BaddressCountry%5D=FR", {"address": {"addressCity": "Paris", "addressCountry": "FR"}}),
        (b"a[b][c][d]=1", {"a": {"b": {"c": {"d": "1"}}}}),
        (b"tags[]=A&tags[]=B", {"tags": ["A", "B"]}),
        (b"tags=A&tags=B&tags=C", {"tags": ["A", "B", "C"]}),
        (b"a=1&a[b]=2", {"a": {"b": "2"}}),
        (b"[]=1&a]=2&b[=3", {"[]": "1", "a]": "2", "b[": "3"}),
        (b"a[b][c][d][e][f][g]=1", {"a[b][c][d][e][f][g]": "1"}),
        (b"", {}),
    ],
)
def test_names_say_where_values_go(sent: bytes, meant: object) -> None:
    assert read_form(sent) == meant


@given(st.dictionaries(st.text(st.characters(exclude_characters="[]", codec="utf-8"), min_size=1), st.text(st.characters(codec="utf-8"))))
def test_plain_names_come_back_as_they_were_sent(values: dict[str, str]) -> None:
    assert read_form(urlencode(values).encode()) == values


@given(st.binary())
def test_whatever_comes_is_read_or_refused(body: bytes) -> None:
    with suppress(MalformedJson):
        assert isinstance(read_form(body), dict)


def test_there_is_a_limit_to_how_much_one_can_hold() -> None:
    with pytest.raises(MalformedJson, match="at most 1000 values"):
        read_form(b"&".join(b"a[]=1" for _ in range(MOST_VALUES + 1)))


def test_a_version_that_reads_none_takes_every_body_for_json() -> None:
    form = Request("POST", "/rest/companies", body=b"name=x", form=True)
    assert read_body(form, TWENTY_2_19) == {"name": "x"}
    assert read_body(Request("POST", "/rest/companies", body=b" ", form=True), TWENTY_2_19, {}) == {}
    assert read_body(form._replace(body=b'{"a":1}'), TWENTY_1_0_3) == {"a": 1}
    with pytest.raises(MalformedJson):
        read_body(form, TWENTY_1_0_3)
