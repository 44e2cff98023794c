"""Names and texts as they are compared."""

import unicodedata

from icosa.catalogue.characters import visible


def folded(text: str) -> str:
    """A name by its letters, its digits and the marks on them, in either case: "E-Mail (work)" is "emailwork".
    Marks are letters in many scripts: without the vowel signs of Hindi, Togo would be Tonga."""
    if text.isascii():
        return "".join(filter(str.isalnum, text)).lower()
    plain = unicodedata.normalize("NFC", visible(text)).casefold()
    return "".join(each for each in unicodedata.normalize("NFC", plain) if unicodedata.category(each)[0] in "LMN")


def caseless(text: str) -> str:
    """A text in either case, however many blanks are in it and around it: " Ada  Lovelace" is "ada lovelace"."""
    return " ".join(visible(text).split()).casefold()


def unmarked(text: str) -> str:
    """The same without the marks on Latin letters, which some keyboards do not have: "Prénom" is "prenom"."""
    plain = unicodedata.normalize("NFD", folded(text))
    return "".join(each for at, each in enumerate(plain) if not (unicodedata.combining(each) and plain[at - 1].isascii()))


def spellings(word: str) -> tuple[str, ...]:
    """How a word is written, folded: with its marks, without, and with the vowels that stand for umlauts."""
    name = folded(word)
    return tuple(dict.fromkeys((name, unmarked(name), unmarked(name.translate(_UMLAUTS)))))


_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
