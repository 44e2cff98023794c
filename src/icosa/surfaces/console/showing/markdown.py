"""Markdown as people read it: the headings, lists, links and code of a note or a task.

HTML in it is text, as all else is that Markdown has no mark for.  A picture is a link to it, for a page loads nothing from elsewhere;
a link leads to the web, to an address or to a telephone, and what leads anywhere else stays as it was typed.  The headings stand
below those of the page, which are two deep where there is a text.
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import Any, Final

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from icosa.surfaces.console.showing.shown import escaped, text

_DEEPEST: Final = 20
_BELOW: Final = 2
_LAST_HEADING: Final = 6
_LEADS: Final = re.compile(r"https?://[^\s/]|mailto:|tel:", re.IGNORECASE)


def markdown(value: str) -> str:
    """A text in Markdown as markup, which takes no attributes from it but where a link leads and at which number a list begins."""
    made: str = _reader().render(value)
    return f'<div class="v-md" hx-ignore>{made}</div>'


@cache
def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False, "breaks": True, "maxNesting": _DEEPEST}, renderer_cls=_Renderer)
    reader.validateLink = lambda url: _LEADS.match(url) is not None  # type: ignore[method-assign]
    return reader.enable(["table", "strikethrough"])


class _Renderer(RendererHTML):
    """Writes what the reader has found; its methods are called by the kinds of tokens."""

    def renderToken(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:  # noqa: N802 - the library's name
        token = tokens[idx]
        if token.tag[:1] == "h" and token.tag[1:].isdigit():
            token.tag = f"h{min(int(token.tag[1:]) + _BELOW, _LAST_HEADING)}"
        token.attrs = {name: value for name, value in token.attrs.items() if name in ("href", "start")}
        if "href" in token.attrs:
            token.attrs["rel"] = "noreferrer"
        return super().renderToken(tokens, idx, options, env)

    def text(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        return text(tokens[idx].content)

    def code_inline(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        return f"<code>{text(tokens[idx].content)}</code>"

    def code_block(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        return f"<pre><code>{text(tokens[idx].content)}</code></pre>\n"

    fence = code_block

    def image(self, tokens: Sequence[Token], idx: int, options: Any, env: Any) -> str:
        token = tokens[idx]
        called = text(self.renderInlineAsText(token.children or [], options, env) or "a picture")
        if sum(each.nesting for each in tokens[:idx] if each.tag == "a"):  # within a link, which is all that one can click on
            return called
        return f'<a href="{escaped(str(token.attrs["src"]))}" rel="noreferrer">{called}</a>'
