"""Characters that nobody sees: zero-width spaces and joiners, soft hyphens, byte order marks, marks of direction.

They come along when text is copied from a web page or a document.  In a text they may have a sense; in an address,
a number, a date or a key they have none, and would make two of what is the same to everybody who reads it.
"""

import unicodedata


def visible(text: str) -> str:
    """A text without its format characters (Unicode's category Cf)."""
    if text.isascii():
        return text
    return "".join(each for each in text if unicodedata.category(each) != "Cf")
