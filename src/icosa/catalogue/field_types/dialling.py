"""The number in a text: "Tel. +49 30 1234567 (work)" says a number and two words.

libphonenumber reads letters as the digits of a keypad, so that "work" would become 9675.  Letters are digits only
where they make the number whole, as in 1-800-FLOWERS; all other words are taken out, or the text is refused.
"""

import re

from icosa.catalogue.characters import visible
from icosa.catalogue.kinds import brief, shown
from icosa.errors import InvalidValue

_PLAIN = re.compile(r"\+?[\d -]+", re.ASCII)  # a number and nothing else, as most are
_FLOAT = re.compile(r"(\+?[\d\s]{5,})\.0", re.ASCII)
_BLANKS = re.compile(r"[^\S\n]+")  # many of them make the patterns below look at each again and again
_KNOWN_EXTENSION = r"ext(?:ensi[oó]n)?n?|xtn?|x|int|anexo|доб"  # as libphonenumber knows them
_EXTENSION = re.compile(
    rf"(?:(?:\b|(?<=\d))(?:(?P<known>{_KNOWN_EXTENSION})|dw|durchwahl|nst|nebenstelle|app|apparat|interno|poste|ramal|wew|klapka|tlw|вн)"
    r"|(?P<hash>#))\s*[.:=]?\s*(?P<digits>\d{1,8})(?=\D*$)",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(r"\(\d{1,5}\)\s*$")
_REMARK = re.compile(r"[(\[（][^()\[\]（）]*[^\W\d_][^()\[\]（）]*[)\]）]")  # in brackets, with a letter in it
_WORD = re.compile(r"[^\W\d_]+(?:[.'’-]?[^\W\d_]+)*")
_SEVERAL = re.compile(r"\s*(?:[;,|\n]|:::|\s/\s|\s(?:or|oder|ou|und|and|&)\s|(?<=\d)\s*/?\s*(?=\+))\s*", re.IGNORECASE)
_LABEL_WORDS = (
    "work home mobile mob cell cellular office fax telefax tel telephone phone ph direct main private business company switchboard "
    "landline landlines personal other primary whatsapp sms pager assistant reception voicemail arbeit privat geschäftlich büro "
    "mobil handy telefon zentrale bureau travail domicile maison portable fixe tél téléphone casa trabajo oficina móvil movil "
    "celular fijo teléfono lavoro ufficio cellulare telefono werk thuis mobiel kantoor telefoon hem arbete mobiltelefon praca dom "
    "komórka tlf tfn hp m h w t p c f a d e"
)
_LABELS = frozenset(_LABEL_WORDS.split())
"""Words that say what a number is for, which are never letters to be dialled."""

_LEAST = 5  # digits of a number that stands beside another

LONGEST = 250
"""Characters that are looked at, as many as libphonenumber reads.  Looking for words and numbers takes longer than a text
is long."""


def number_in(text: str, country: str, path: str) -> str:
    """The number that a text says, without the words around it, for libphonenumber to read; an extension that it
    knows stays.  `country` is of which country the number is where it does not say so, or "".

    Raises InvalidValue for a text that is too long, for several numbers, for an extension in words that libphonenumber
    does not know, and for letters or digits of which nobody can tell what they are.
    """
    text = _readable(text, path).replace("＋", "+")
    if _PLAIN.fullmatch(text):
        return text
    if found := _FLOAT.fullmatch(text):
        return found[1]  # a spreadsheet or a data frame had it as a number
    if text[:4].lower() == "tel:" and "+" in text:
        return text
    if found := _EXTENSION.search(text):
        number = text[: found.start()]
        if _digits(number) >= _LEAST - 1:
            if not (found["known"] or found["hash"]):
                raise _refused(text, path, f"{shown(text)} has an extension, which a phone field cannot hold; put it somewhere else")
            return f"{number_in(number, country, path)} ext. {found['digits']}"
    several = [each for each in _SEVERAL.split(text) if _digits(each) >= _LEAST]
    if len(several) > 1 and (_digits(several[0]) > _LEAST or not _is_number(text, country, valid=True)):
        raise _refused(text, path, f"{shown(text)} holds {len(several)} numbers; keep one here, and put the others beside it")
    return _without_words(text, country, path) if _digits(text) and any(map(str.isalpha, text)) else text


def _readable(text: str, path: str) -> str:
    """The text without what nobody sees, and with single blanks.  Raises InvalidValue where it is longer than any number is written."""
    text = visible(text).strip()
    if len(text) > LONGEST:
        raise _refused(brief(text), path, f"{shown(text)} is too long for a phone number; keep the number alone here")
    return _BLANKS.sub(" ", text)


def has_extension(text: str) -> bool:
    """Whether a text says after its number what is to be dialled inside a house."""
    if len(text) > LONGEST or _PLAIN.fullmatch(text):
        return False
    found = _EXTENSION.search(visible(text)) or _IN_BRACKETS.search(text)
    return found is not None and _digits(text[: found.start()]) >= _LEAST - 1


def _without_words(text: str, country: str, path: str) -> str:
    unclear = _refused(text, path, f"{shown(text)} holds more than a phone number; keep the number alone here")
    bare = _REMARK.sub(" ", text).strip()
    if _digits(text) - _digits(bare) >= _LEAST:
        raise unclear
    words = list(_WORD.finditer(bare))
    numbers = [each for each in _WORD.split(bare) if _digits(each)]
    if len(numbers) != 1:
        raise unclear
    number = numbers[0].strip(" \t,;:-–—/|.")
    if all(_is_label(each[0]) for each in words):
        return number
    is_whole = _is_number(number, country, valid=False)
    if _is_vanity(bare, country):
        capitals = all(each[0].isupper() for each in words)
        if not is_whole or (capitals and not _is_number(number, country, valid=True)):
            return bare
        if any(each[0].isupper() for each in words):
            raise _refused(text, path, f"{shown(text)} ends in letters to be dialled, or in a word; write it in digits alone")
    if any(len(each[0]) == 1 or _touches_digit(bare, each) for each in words if not _is_label(each[0])):
        raise unclear  # a letter O for a nought, an l for a one
    return number


def _is_label(word: str) -> bool:
    return word.casefold().rstrip(".") in _LABELS


def _touches_digit(text: str, word: re.Match[str]) -> bool:
    return text[: word.start()][-1:].isdecimal() or text[word.end() :][:1].isdecimal()


def _is_vanity(text: str, country: str) -> bool:
    """Whether letters are digits of it: they come last, and with them it is a number that is given to somebody."""
    written = re.sub(r"[\s.\-–/()]", "", text)
    return bool(re.fullmatch(r"\+?\d+[A-Za-z]{3,}", written)) and _is_number(text, country, valid=True)


def _is_number(text: str, country: str, *, valid: bool) -> bool:
    """Whether it has as many digits as a number can have, or is `valid`: given to somebody."""
    import phonenumbers  # loaded late: start-up pays for it only where words stand beside a number

    try:
        read = phonenumbers.parse(text, country or None)
    except phonenumbers.NumberParseException:
        return False
    if valid:
        return bool(phonenumbers.is_valid_number(read))
    return bool(phonenumbers.is_possible_number_with_reason(read) == phonenumbers.ValidationResult.IS_POSSIBLE)


def _digits(text: str) -> int:
    return sum(map(str.isdecimal, text))


def _refused(text: str, path: str, problem: str) -> InvalidValue:
    return InvalidValue(path, problem, legacy=f"Provided phone number is invalid {text}")
