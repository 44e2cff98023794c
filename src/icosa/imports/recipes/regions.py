"""What an export shows about itself as a whole: in which language its headings are, and of which country its numbers."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from icosa.catalogue.folding import unmarked
from icosa.errors import InvalidInput
from icosa.extras import library
from icosa.imports.values.conventions import Conventions
from icosa.imports.values.countries import code_of
from icosa.imports.values.phones import COUNTRY, NUMBER, completed

_HEADINGS: Final = MappingProxyType(
    {
        "German": "firma vorname nachname telefon ort stadt plz strasse straße land bemerkung bemerkungen notiz notizen betrag webseite "
        "anrede unternehmen abschluss kunde ansprechpartner mobil handy auftragswert umsatz",
        "French": "societe entreprise prenom telephone ville codepostal rue pays remarque remarques montant siteweb etape courriel "
        "civilite fonction nom",
    }
)
_SPOKEN_IN: Final = MappingProxyType({"German": ("DE", "AT", "CH"), "French": ("FR", "BE", "CH")})
_LOCALES: Final = (None, "de_DE", "fr_FR")
_FEWEST: Final = 2
"""Headings that make a language."""

_MOST_OF: Final = 0.8
"""The share of one country among the numbers that say theirs, for the others to be taken for its own."""


@dataclass(frozen=True, slots=True)
class Region:
    """A country, and why; `sure` is whether the values show it, rather than the headings alone."""

    code: str
    why: str
    sure: bool = True


def language_of(headings: Iterable[str]) -> str:
    """ "German" or "French", "" where the headings are neither."""
    names = set(map(unmarked, headings))
    matches = {language: len(names & set(map(unmarked, words.split()))) for language, words in _HEADINGS.items()}
    best = max(matches, key=lambda each: matches[each])
    return best if matches[best] >= _FEWEST and sum(count == matches[best] for count in matches.values()) == 1 else ""


def region_of(phones: Sequence[str], countries: Sequence[str], language: str) -> Region | None:
    """Of which country the numbers are that do not say it; None where none is such, or nothing shows it.

    `countries` are the countries that stand beside the numbers."""
    counts = Counter(filter(None, map(_country_of, phones)))
    if not any(_country_of(each) is None for each in phones):
        return None
    if counts:
        code, count = counts.most_common(1)[0]
        return (
            Region(code, f"of the numbers that say their country, {count} of {counts.total()} are of {code}")
            if (count >= _MOST_OF * counts.total())
            else None
        )
    beside = {_code_of(each) for each in countries}
    if len(beside) == 1 and (only := beside.pop()):
        return Region(only, f"the country of all rows is {countries[0]}")
    spoken = [each for each in _SPOKEN_IN.get(language, ()) if all(_is_valid(number, each) for number in phones)]
    if not spoken:
        return None
    others = f", and no number of {' or '.join(each for each in _SPOKEN_IN[language] if each != spoken[0])}" if len(spoken) == 1 else ""
    return Region(spoken[0], f"the headings are {language}, and its numbers can be of {' or '.join(spoken)}{others}", len(spoken) == 1)


def _country_of(number: str) -> str | None:
    """The country that a number says itself, "" for that of none, None where it says none."""
    try:
        return str(completed({NUMBER: number}, "", Conventions())[COUNTRY])
    except InvalidInput:
        return None


def _code_of(country: str) -> str | None:
    return next((code for locale in _LOCALES if (code := code_of(country, Conventions(locale=locale)))), None)


def _is_valid(number: str, region: str) -> bool:
    phonenumbers = library("phonenumbers", "phone numbers")
    try:
        return bool(phonenumbers.is_valid_number(phonenumbers.parse(number, region)))
    except phonenumbers.NumberParseException:
        return False
