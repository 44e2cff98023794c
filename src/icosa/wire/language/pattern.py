"""Patterns of `like` and `ilike`: `%` stands for any characters, `_` for one, `\\` makes the next literal."""

from icosa.errors import InvalidQuery

LONGEST_PIECE = 256
"""Characters between two `%`, or behind the last.  Databases look for such a piece at every place of a text, so that
without a limit a text of a megabyte would be looked through as often as a pattern has characters."""


def pieces(pattern: str) -> list[list[str | None]]:
    """What stands before, between and behind the `%` of a pattern, character by character; None for `_`.
    A backslash at the end stands for itself."""
    found: list[list[str | None]] = [[]]
    characters = iter(pattern)
    for character in characters:
        if character == "%":
            found.append([])
        elif character == "_":
            found[-1].append(None)
        else:
            found[-1].append(next(characters, "\\") if character == "\\" else character)
    return found


def check(pattern: str, path: str) -> None:
    """Raises InvalidQuery where a piece is too long.  What stands before the first `%` may be of any length: it is
    compared at one place alone."""
    if len(pattern) > LONGEST_PIECE and (longest := max(map(len, pieces(pattern)[1:]), default=0)) > LONGEST_PIECE:
        raise InvalidQuery(
            f"filter: {path}: {longest} characters of the pattern stand behind a % without another one between them; "
            f"write at most {LONGEST_PIECE}, or compare the whole text with [eq]"
        )
