"""LIKE as one would define it, slow and plain: what the matchers of the stores are compared with."""


def tokens(pattern: str) -> list[tuple[str, bool]]:
    """(character, whether it stands for others)."""
    found, characters = [], iter(pattern)
    for character in characters:
        if character == "\\":
            found.append((next(characters, "\\"), False))
        else:
            found.append((character, character in "%_"))
    return found


def like(text: str, pattern: str) -> bool:
    """Token by token: all places of the text at which what was read of the pattern so far can end."""
    places = {0}
    for character, stands in tokens(pattern):
        if stands and character == "%":
            places = set(range(min(places), len(text) + 1)) if places else places
        else:
            places = {at + 1 for at in places if at < len(text) and (stands or text[at] == character)}
    return len(text) in places


def ilike(text: str, pattern: str) -> bool:
    return like("".join(map(folded, text)), "".join(map(folded, pattern)))


def folded(character: str) -> str:
    """Lower case, where that is one character, and beyond ASCII stays beyond it; the two small sigmas are one."""
    lower = character.lower()
    if len(lower) != 1 or (lower.isascii() and not character.isascii()):
        return character
    return "σ" if lower == "ς" else lower
