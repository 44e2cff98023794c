"""Names of people, written as one."""

import re
from typing import Any

from icosa.catalogue.characters import visible
from icosa.imports.values.texts import read_text

_TITLE_WORDS = (
    "mr mrs ms miss mx messrs madam sir dr prof professor doctor reverend herr frau mme mlle madame monsieur srta señor señora "
    "señorita sigra signor signora dottssa dipling univprof drmed dring"
)
_TITLES = frozenset(_TITLE_WORDS.split())
_ABBREVIATED_WORDS = "rev hon sr sra hr sig dott ing mag dhr mevr mw med phil rer nat jur iur oec habil hc dent vet"
_ABBREVIATED = frozenset(_ABBREVIATED_WORDS.split())
"""Titles, without their full stops and hyphens: no first name.  Those that could be one need their full stop."""

_GENERATIONS = frozenset(("jr", "jnr", "jun", "junior", "sr", "snr", "sen", "senior"))
_NUMERALS = frozenset(("II", "III", "IV", "VI", "VII", "VIII"))
_DEGREE_WORDS = (
    "PhD DPhil EdD PsyD PharmD MD DO DDS DMD DVM DNP JD LLB LLM LLD MBA EMBA MPH MPA MSc MSW MEng MPhil MFA MEd BSc BEng BCom MRes "
    "CPA CFA CFP CISSP PMP PE RN NP CNP FNP RPh PT DPT LCSW LPC Esq Esquire Ret OBE MBE CBE KBE QC KC FRCS FRCP MRCP FACS"
)
_DEGREES = frozenset(_DEGREE_WORDS.split())
_SHORT_DEGREES = frozenset(("MA", "BA", "MS", "BS", "DO", "PE", "PT", "NP", "AM", "AB"))
"""Degrees that are names too (Jack Ma, Anna Do): they are degrees behind a comma alone."""

_AND = frozenset(("&", "+", "and", "und", "et", "y", "e", "en", "og", "och"))
"""What stands between the titles of two people who share a name: Mr & Mrs Smith."""

_REMARK = re.compile(r"(?<=\S)\s*\([^()]*\)$")
"""What somebody notes behind a name: Ada Lovelace (Analytical Engines)."""

_MAILBOX = re.compile(r"(?<=\S)\s*<[^<>\s]+@[^<>\s]+>$")

_BY_CAPITALS = {each.upper(): each for each in _DEGREES}


def read_full_name(value: Any, path: str) -> dict[str, str]:
    """First and last name: "Lovelace, Ada", or what stands last with the small words before it, so that
    "Ludwig van Beethoven" is van Beethoven.  One word alone is a first name.  Titles ("Dr."), degrees ("PhD") and
    what tells a son from his father ("Jr.", "III") are neither: see `affixes`."""
    text = " ".join(visible(read_text(value, path)).split())
    name, _ = _split(text)
    last, comma, first = name.partition(",")
    if comma:
        return {"firstName": first.strip(), "lastName": last.strip()}
    words = name.split()
    begins = max(len(words) - 1, 1)
    while begins > 1 and words[begins - 1].islower():
        begins -= 1
    if begins == 1 == len(words) and _is_title(text.split()[0]) and len(text.split()) > 1:
        begins = 0  # Mr Smith: nobody is called so by the first name
    return {"firstName": " ".join(words[:begins]), "lastName": " ".join(words[begins:])}


def affixes(text: str) -> list[str]:
    """What `read_full_name` takes for no part of a name."""
    return _split(" ".join(visible(text).split()))[1]


def _split(text: str) -> tuple[str, list[str]]:
    """A name without titles, suffixes, degrees and the address of a mailbox, with one comma at most, and those."""
    if mailbox := _MAILBOX.search(text):
        name, left = _split(text[: mailbox.start()].strip('"'))
        return name, [*left, mailbox[0].strip()]
    if remark := _REMARK.search(text):
        name, left = _split(text[: remark.start()])
        return name, [*left, remark[0].strip()]
    first, *more = (each.strip() for each in text.split(","))
    name, left = _without_ends(first)
    kept: list[str] = []
    for each in more:
        if each and all(_is_title(word) or _is_suffix(word, behind_comma=" " in name or bool(kept)) for word in each.split()):
            left += each.split()
        else:
            rest, ends = _without_ends(each, least=1)
            kept.append(rest)
            left += ends
    return ", ".join((name, *kept)) if name and (kept or left or not more) else text, left


def _without_ends(text: str, least: int = 1) -> tuple[str, list[str]]:
    """Words without the titles before and the suffixes behind them, of which there is something left."""
    words = text.split()
    left: list[str] = []
    while len(words) > least and (_is_title(words[0]) or (left and words[0].casefold() in _AND and _is_title(words[1]))):
        left.append(words.pop(0))
    while len(words) > least + 1 and _is_suffix(words[-1], behind_comma=False):
        left.append(words.pop())
    if len(words) == 2 and words[-1].rstrip(".").casefold() in _GENERATIONS - {"junior", "senior"} and words[-1][0].isupper():
        left.append(words.pop())
    return " ".join(words), left


def _is_title(word: str) -> bool:
    plain = re.sub(r"[.\-]", "", word).casefold()
    return plain in _TITLES or (plain in _ABBREVIATED and word.endswith("."))


def _is_suffix(word: str, *, behind_comma: bool) -> bool:
    plain = word.replace(".", "").strip("()")
    if plain.casefold() in _GENERATIONS:
        return behind_comma or plain.casefold() not in ("junior", "senior", "sen", "jun") or word.endswith(".")
    if plain in _NUMERALS:
        return True
    if plain in _SHORT_DEGREES:
        return behind_comma
    return plain in _DEGREES or (plain.isupper() and len(plain) > 1 and plain in _BY_CAPITALS)
