"""How the text of a stub is laid out: lines of at most 120 characters, whatever words a workspace has for its fields."""

import json
import re
import textwrap
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass

from icosa.stubs.names import sayable

MARK = "# Made by `icosa stubs`"
"""How a file begins that may be made anew."""

HEAD = f"""\
{MARK}; what is changed by hand is lost when it is made again.
# ruff: noqa
# fmt: off
"""

BUILT_IN = dict.fromkeys(("bool", "dict", "float", "list", "str"), "builtins") | dict.fromkeys(("date", "datetime"), "datetime")
"""Types that a field could be called like, and where they are from; they are also known with an underscore before them."""

WIDTH = 120
INDENT = "    "


@dataclass(frozen=True, slots=True)
class TypedKey:
    """A key of a typed dict: its name, the type of its value, and what it means, which may be blank."""

    name: str
    type: str
    doc: str = ""


def quoted(text: str) -> str:
    """A text as Python writes it, in double quotes."""
    return json.dumps(text, ensure_ascii=False)


def doc(text: str, indent: str = INDENT) -> Iterator[str]:
    """A docstring.  The words may be anybody's, so that nothing in them may end it or lead out of it."""
    plain = " ".join("".join(each if each.isprintable() else " " for each in text).split())
    safe = plain.replace("\\", "\\\\").replace('"""', "'''")
    safe = safe[:-1] + '\\"' if safe.endswith('"') else safe
    lines = textwrap.wrap(safe, WIDTH - len(indent) - 6, break_on_hyphens=False) or [""]
    if len(lines) == 1:
        yield f'{indent}"""{lines[0]}"""'
    else:
        yield f'{indent}"""{lines[0]}'
        yield from (f"{indent}{line}" for line in lines[1:])
        yield f'{indent}"""'


def typed_dict(
    name: str, about: str, keys: Iterable[TypedKey], *, total: bool, base: str = "TypedDict", inherited: Iterable[TypedKey] = ()
) -> Iterator[str]:
    """A typed dict, of which `inherited` are the keys that its `base` has.  One with a key that is no name in Python
    (`from`) has to be written as a call."""
    keys = list(keys)
    setting = "" if total else ", total=False"
    if not all(sayable(each.name) for each in keys):
        yield f"{name} = TypedDict("
        yield f"{INDENT}{quoted(name)},"
        yield f"{INDENT}{{"
        yield from (f"{INDENT * 2}{quoted(each.name)}: {each.type}," for each in (*inherited, *keys))
        yield f"{INDENT}}}{setting},"
        yield ")"
        yield from doc(about, "")
        return
    hidden = BUILT_IN.keys() & {each.name for each in keys}
    yield f"class {name}({base}{setting}):"
    yield from doc(about)
    yield ""
    for each in keys:
        yield f"{INDENT}{each.name}: {_unhidden(each.type, hidden)}"
        if each.doc:
            yield from doc(each.doc)


def _unhidden(type_: str, hidden: Set[str]) -> str:
    """A type that is meant although a key of the same class has its name: after `date: str`, `date` is that key."""
    return re.sub(rf"\b({'|'.join(hidden)})\b", r"_\1", type_) if hidden else type_


def literal(name: str, texts: Iterable[str]) -> Iterator[str]:
    """A type whose values are these texts."""
    written = [quoted(each) for each in texts]
    line = f"{name} = Literal[{', '.join(written)}]"
    if len(line) <= WIDTH:
        yield line
        return
    yield f"{name} = Literal["
    line = ""
    for each in written:  # and not by textwrap, to which a blank within an option is one like any other
        if line and len(f"{INDENT}{line} {each},") > WIDTH:
            yield INDENT + line
            line = ""
        line += f"{' ' if line else ''}{each},"
    yield INDENT + line
    yield "]"


def call(opening: str, parameters: Iterable[str], gives: str, indent: str = INDENT) -> Iterator[str]:
    """The head of a method, on one line or with a line for each parameter."""
    parameters = list(parameters)
    line = f"{indent}{opening}({', '.join(parameters)}) -> {gives}: ..."
    if len(line) <= WIDTH:
        yield line
        return
    yield f"{indent}{opening}("
    yield from (f"{indent}{INDENT}{each}," for each in parameters)
    yield f"{indent}) -> {gives}: ..."
