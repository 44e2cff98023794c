"""A text that prints masked, so that no error, log or traceback shows it by accident."""

from typing import Final, NoReturn

MASK: Final = "********"
_SHORTEST_SCRUBBED = 4  # a shorter text stands in many others by chance


class Secret:
    """A key or token.  However it is printed or formatted, it shows as asterisks; only `reveal` opens it.

    It is no `str` on purpose: whatever joins, slices or serialises texts would take it for one.
    """

    __slots__ = ("_text",)

    def __init__(self, text: "str | Secret") -> None:
        self._text: str = text.reveal() if isinstance(text, Secret) else text

    def reveal(self) -> str:
        """The text itself.  Call it where it leaves for its destination, and nowhere else."""
        return self._text

    def scrub(self, text: str) -> str:
        """Another text without this one in it, for texts that came from elsewhere and are shown."""
        return text.replace(self._text, MASK) if len(self._text) >= _SHORTEST_SCRUBBED else text

    def __repr__(self) -> str:
        return f"Secret({MASK!r})"

    def __str__(self) -> str:
        return MASK

    def __format__(self, spec: str) -> str:
        return format(MASK, spec)

    def __bool__(self) -> bool:
        return bool(self._text)

    def __eq__(self, other: object) -> bool:
        import hmac  # here: it loads OpenSSL, and keys are seldom compared

        return isinstance(other, Secret) and hmac.compare_digest(self._text.encode(), other._text.encode())

    def __hash__(self) -> int:
        return hash(self._text)

    def __reduce__(self) -> NoReturn:
        raise TypeError("a Secret is not pickled: it would be written in the clear; reveal() it where that is wanted")
