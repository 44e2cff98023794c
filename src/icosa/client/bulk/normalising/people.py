"""Names of people, written as one."""

from typing import Any

from icosa.client.bulk.normalising.texts import read_text


def read_full_name(value: Any, path: str) -> dict[str, str]:
    """First and last name: "Lovelace, Ada", or what stands last with the small words before it, so that
    "Ludwig van Beethoven" is van Beethoven.  One word alone is a first name."""
    text = " ".join(read_text(value, path).split())
    last, comma, first = text.partition(",")
    if comma:
        return {"firstName": first.strip(), "lastName": last.strip()}
    words = text.split()
    begins = max(len(words) - 1, 1)
    while begins > 1 and words[begins - 1].islower():
        begins -= 1
    return {"firstName": " ".join(words[:begins]), "lastName": " ".join(words[begins:])}
