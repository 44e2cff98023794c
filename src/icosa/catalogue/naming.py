"""One place for names: how a camelCase name is labelled, capitalised, and written in Python and the shell."""

import re
from functools import lru_cache

_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9]*")
_IN_CAPITALS = re.compile(r"[A-Z]{2}")
_JOINT = re.compile(r"(?<=[a-z]{2})(?=[A-Z])")
_IDENTIFIER_WORDS = re.compile(r"[A-Z]+(?![a-z])[0-9]*|[A-Z]?[a-z]+[0-9]*|[0-9]+")


LONGEST = 63
"""What a database keeps of a name."""


def is_name(text: object) -> bool:
    """Whether a text can be the name of an object or a field: a letter, then letters and digits, all of ASCII, and
    no more than `LONGEST` of them.  Everything that is made from names counts on it: no quote is in one, nor an
    underscore, which joins them."""
    return isinstance(text, str) and len(text) <= LONGEST and _NAME.fullmatch(text) is not None


def words(name: str) -> list[str]:
    """The words of a name: "iCalUID" -> i, Cal, UID; "bodyV2" -> body, V, 2; "order_by" -> order, by."""
    return _WORDS.findall(name)


@lru_cache(maxsize=4096)
def label(name: str) -> str:
    """A name as a form shows it: "accountOwnerId" -> "Account Owner Id", "iCalUID" -> "I Cal UID"."""
    return " ".join(word[0].upper() + word[1:] for word in words(name))


def name_of(label: str) -> str:
    """The name that a label makes: "Made widgets" -> "madeWidgets"; letters and digits of ASCII alone are in it."""
    return uncapitalised("".join(capitalised("".join(filter(str.isascii, filter(str.isalnum, word)))) for word in label.split()))


def in_a_sentence(label: str) -> str:
    """A label where it stands among other words: "Calendar Events" -> "calendar events".  What is written in capitals stays so, as
    in "API Keys" -> "API keys", and words written as one are several: "WorkflowRun" -> "workflow run"."""
    return " ".join(word if word[:1].islower() or _IN_CAPITALS.search(word) else _JOINT.sub(" ", word).lower() for word in label.split(" "))


def capitalised(name: str) -> str:
    """Only the first letter raised, as in schema names and envelope keys: "apiKey" -> "ApiKey"."""
    return name[:1].upper() + name[1:]


def uncapitalised(name: str) -> str:
    """The other way: "ApiKey" -> "apiKey"."""
    return name[:1].lower() + name[1:]


def snake_case(name: str) -> str:
    """A name in Python: "connectedAccounts" -> "connected_accounts", "bodyV2" -> "body_v2"."""
    return "_".join(word.lower() for word in _IDENTIFIER_WORDS.findall(name))


def kebab_case(name: str) -> str:
    """A name in the shell: "connectedAccounts" -> "connected-accounts"."""
    return snake_case(name).replace("_", "-")
