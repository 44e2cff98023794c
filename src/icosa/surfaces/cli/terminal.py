"""Who is at the other end, and what may be shown there."""

import sys
import unicodedata


def is_person(as_json: bool) -> bool:
    """Whether somebody reads the output, rather than something: who has a terminal and did not ask for --json."""
    return not as_json and sys.stdout.isatty()


def remark(text: str) -> None:
    """Something beside the data, on standard error; above the bar, where one shows how far something is."""
    print(harmless(text), file=sys.stderr)  # not by click, which writes around the stream that a bar puts there


def harmless(text: str) -> str:
    """A text that a terminal shows and does not obey: control characters, which a record or a server may
    hold, stand for themselves."""
    return "".join(each if each == "\n" or unicodedata.category(each) != "Cc" else "�" for each in text)
