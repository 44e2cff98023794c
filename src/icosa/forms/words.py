"""The words of a shell's command line, read and written, with the variables in them.

This is the part of the language that a printed call needs: quotes of both kinds, backslashes, `$NAME` and
`${NAME}`, lines that go on after a backslash, and comments.  Nothing is run: a command in `$(…)` or `` `…` `` is a
value that nobody knows.
"""

import re
import shlex
from collections.abc import Iterator, Sequence

from icosa.errors import InvalidInput
from icosa.forms.text import STANDS_FOR, variable

# In an order that matters: what stands first is tried first.
_PARTS = re.compile(
    r"""
      (?P<blank>(?:[ \t\r]|\\\n)+)
    | (?P<comment>(?<![^\s])\#[^\n]*)
    | (?P<end>[\n;|&<>()]+)
    | '(?P<single>[^']*)'
    | \$'(?P<ansi>(?:[^'\\]|\\.)*)'
    | "(?P<double>(?:[^"\\]|\\.)*)"
    | \\(?P<escaped>.)
    | \$\{?(?P<variable>\w+)\}?
    | (?P<command>\$\((?:[^()]|\([^()]*\))*\)|`[^`]*`)
    | (?P<plain>[^ \t\r\n\\'"$`;|&<>()]+|\$)
    """,
    re.VERBOSE | re.DOTALL,
)
_INSIDE_QUOTES = re.compile(r"""\\(?P<escaped>[\\"$`\n])|\$\{?(?P<variable>\w+)\}?|(?P<command>\$\((?:[^()]|\([^()]*\))*\)|`[^`]*`)""")
_ANSI = {"n": "\n", "t": "\t", "r": "\r", "a": "\a", "b": "\b", "f": "\f", "v": "\v", "e": "\x1b", "E": "\x1b"}
_ANSI_ESCAPE = re.compile(r"\\(?:x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4})|U([0-9a-fA-F]{1,8})|([0-7]{1,3})|(.))", re.DOTALL)


def split(text: str) -> list[str]:
    """The words of the one command that a text holds.

    Raises InvalidInput where a quote is not closed, and where the command goes on into a pipe, a file or another command.
    """
    found = list(commands(text))
    if len(found) != 1:
        raise InvalidInput(f"the text holds {len(found)} commands; give one, without pipes and redirections")
    return found[0][1]


def commands(text: str) -> Iterator[tuple[int, list[str]]]:
    """Every command of a script, as the line on which it begins, from 1, and its words.  Variables stand in
    them as `icosa.forms.text.variable` writes them.  Raises InvalidInput where a quote is not closed, once it is reached."""
    words: list[str] = []
    word: str | None = None
    at, begins = 0, 0
    while at < len(text):
        part = _PARTS.match(text, at)
        if part is None:
            raise InvalidInput(f"line {text.count(chr(10), 0, at) + 1}: the quote that opens here is not closed")
        kind, held = part.lastgroup, part[part.lastgroup or 0]
        if kind in ("blank", "comment", "end"):
            if word is not None:
                words.append(word)
            word = None
            if kind == "end" and words:
                yield text.count("\n", 0, begins) + 1, words
                words = []
        else:
            if word is None and not words:
                begins = at
            word = (word or "") + _unquoted(kind, held)
        at = part.end()
    if word is not None:
        words.append(word)
    if words:
        yield text.count("\n", 0, begins) + 1, words


def _unquoted(kind: str | None, held: str) -> str:
    """What one part of a word says."""
    match kind:
        case "double":
            return _INSIDE_QUOTES.sub(_in_quotes, held)
        case "ansi":
            return _ANSI_ESCAPE.sub(_in_ansi, held)
        case "escaped":
            return "" if held == "\n" else held
        case "variable":
            return variable(held)
        case "command":
            return variable("")
        case _:
            return held


def _in_quotes(part: re.Match[str]) -> str:
    return _unquoted(part.lastgroup, part[part.lastgroup or 0])


def _in_ansi(part: re.Match[str]) -> str:
    for at, base in ((1, 16), (2, 16), (3, 16), (4, 8)):
        if part[at]:
            return chr(int(part[at], base))
    return _ANSI.get(part[5], part[5])


_SAFE_IN_QUOTES = re.compile(r'[^"$`\\!]*')


def quoted(word: str) -> str:
    """A word as the shell reads it back, its variables in double quotes."""
    pieces = STANDS_FOR.split(word)
    if len(pieces) == 1:
        return shlex.quote(word)
    if all(_SAFE_IN_QUOTES.fullmatch(each) for each in pieces):
        return '"' + STANDS_FOR.sub(_braced, word) + '"'
    return "".join(f'"${each}"' if at % 2 else shlex.quote(each) if each else "" for at, each in enumerate(pieces))


def _braced(found: re.Match[str]) -> str:
    """$NAME, or ${NAME} where a letter behind it would be taken for more of the name."""
    more = found.string[found.end() : found.end() + 1]
    return f"${{{found[1]}}}" if more.isalnum() or more == "_" else f"${found[1]}"


def line(words: Sequence[str]) -> str:
    """A command line of these words."""
    return " ".join(map(quoted, words))
