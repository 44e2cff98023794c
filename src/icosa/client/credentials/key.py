"""What can be an API key at all."""

from icosa.errors import InvalidKey
from icosa.secret import Secret


def sound_key(key: str | Secret, called: str) -> Secret:
    """A key as it can travel in a header: visible ASCII, blanks around it removed.  Raises InvalidKey,
    which names the place of what is wrong and shows nothing of the key."""
    text = Secret(key).reveal().strip()
    if text.lower().startswith("bearer "):
        text = text[len("bearer ") :].strip()
    if not text:
        raise InvalidKey(f"{called}: the API key is blank; copy it from where it was created")
    wrong = next((at for at, letter in enumerate(text, 1) if not "!" <= letter <= "~"), None)
    if wrong:
        raise InvalidKey(f"{called}: the API key holds a space, line break or letter at character {wrong} that no key has; copy it again")
    return Secret(text)
