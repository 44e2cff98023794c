"""Names as they are compared."""

import unicodedata

from icosa.catalogue.characters import visible


def folded(text: str) -> str:
    """A name by its letters, its digits and the marks on them, in either case: "E-Mail (work)" is "emailwork".
    Marks are letters in many scripts: without the vowel signs of Hindi, Togo would be Tonga."""
    if text.isascii():
        return "".join(filter(str.isalnum, text)).lower()
    plain = unicodedata.normalize("NFC", visible(text)).casefold()
    return "".join(each for each in unicodedata.normalize("NFC", plain) if unicodedata.category(each)[0] in "LMN")
