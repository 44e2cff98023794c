"""A note's Markdown, as people read it, and nothing else that somebody may have written in it."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from icosa.catalogue.standard import STANDARD
from icosa.surfaces.console.showing import Looking, of_field
from icosa.surfaces.console.showing.markdown import markdown
from icosa.surfaces.console.showing.simple import LONGEST_RICH
from tests.searched import AT_LENGTH

BODY = STANDARD.by_plural["notes"].field_by_name["bodyV2"]
ELEMENTS = frozenset(
    {
        "div", "p", "br", "hr", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "code", "em", "strong", "s", "a", "span",
        "table", "thead", "tbody", "tr", "th", "td",
    }
)  # fmt: skip
ATTRIBUTES = {"div": {"class", "hx-ignore"}, "a": {"href", "rel"}, "ol": {"start"}, "span": {"class"}}
TRICKS = [
    "<script>", "<b hx-get='/x'>", "[a](javascript:x)", "[a](//example.com)", '[a](https://example.com/ "t")', "![p](https://example.com/p)",
    "[r]: data:text/html,x\n[r]", '<https://example.com/?">', "|a|\n|-:|\n|b|\n", '~~~ js" onload=x\n', "&lt;&#60;", "7. a\n", "# h\n",
]  # fmt: skip
MARKS = st.lists(st.text("#*_`~[]()<>!|\\&-+:\"'=\n \tab1\u202e") | st.sampled_from(TRICKS)).map("".join)


class _Elements(HTMLParser):
    def __init__(self, markup: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("# Call *Ada*", "<h3>Call <em>Ada</em></h3>"),
        ("###### deep", "<h6>deep</h6>"),
        ("- [Acme](https://example.com/a)", '<a href="https://example.com/a" rel="noreferrer">Acme</a>'),
        ("[write](mailto:ada@example.com)", '<a href="mailto:ada@example.com" rel="noreferrer">write</a>'),
        ("one\ntwo", "<p>one<br />\ntwo</p>"),
        ("![a chart](https://example.com/c.png)", '<p><a href="https://example.com/c.png" rel="noreferrer">a chart</a></p>'),
        ("[![a chart](https://example.com/c.png)](https://example.com/)", '<a href="https://example.com/" rel="noreferrer">a chart</a>'),
        ("`x < y`", "<code>x &lt; y</code>"),
        ("~~~ js\nx < y\n~~~", "<pre><code>x &lt; y\n</code></pre>"),
        ("| a |\n|--:|\n| 1 |", "<td>1</td>"),
        ("<b onclick='x'>bold</b>", "<p>&lt;b onclick=&#x27;x&#x27;&gt;bold&lt;/b&gt;</p>"),
        ("<div>\n<script>x</script>\n</div>", "&lt;script&gt;x&lt;/script&gt;"),
        ("[go](javascript:alert(1))", "<p>[go](javascript:alert(1))</p>"),
        ("[go](/sign-out)", "<p>[go](/sign-out)</p>"),
        ("a\u202eb", '<span class="v-ghost">U+202E</span>'),
    ],
)
def test_a_mark_is_read_and_all_else_is_text(typed: str, shown: str) -> None:
    assert shown in markdown(typed)


@AT_LENGTH
@given(MARKS)
def test_whatever_is_written_only_these_elements_come_of_it(typed: str) -> None:
    for tag, attributes in _Elements(markdown(typed)).found:
        assert tag in ELEMENTS
        assert attributes.keys() <= ATTRIBUTES.get(tag, set())
        assert (attributes.get("href") or "https:").lower().startswith(("https:", "http:", "mailto:", "tel:"))


def test_a_long_text_is_folded_and_a_very_long_one_stays_as_it_was_typed() -> None:
    folded = of_field(BODY, {"markdown": "**a** " * 1_000}, Looking()).__html__()
    assert folded.startswith("<details")
    assert "<strong>a</strong>" in folded
    typed = of_field(BODY, {"markdown": "**a** " + "w" * LONGEST_RICH}, Looking()).__html__()
    assert "<strong>" not in typed
    assert "**a** www" in typed


def test_in_a_cell_and_aloud_it_is_what_was_typed() -> None:
    value = {"markdown": "# Call **Ada**\n"}
    assert of_field(BODY, value, Looking(brief=True)).__html__() == "<bdi># Call **Ada**</bdi>"
    assert str(of_field(BODY, value, Looking())) == "# Call **Ada**"
