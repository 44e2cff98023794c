"""Code pages: which of them a text without UTF-8 is in.

Each has the same bytes for other letters, so that any text can be read in several.  What tells them apart is whether
words come out: letters of one script, of one language, in the case that words have, and no signs between them.  A
file is read where only one reading is left; else it is refused with an example of each.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from unicodedata import category, name

from icosa.errors import InvalidValue

PAGES: Final = {
    "cp1252": "Windows-1252, western Europe",
    "cp1250": "Windows-1250, central Europe",
    "cp1251": "Windows-1251, Cyrillic",
    "cp1253": "Windows-1253, Greek",
    "cp1254": "Windows-1254, Turkish",
    "cp1257": "Windows-1257, Baltic",
    "mac_roman": "Mac Roman",
    "cp850": "DOS, western Europe",
    "cp852": "DOS, central Europe",
    "cp866": "DOS, Cyrillic",
    "iso8859_2": "ISO 8859-2, central Europe",
    "koi8_r": "KOI8-R, Cyrillic",
}
"""What a file is read in where it is no UTF-8, and what it is called."""

_LANGUAGES: Final = tuple(
    map(
        frozenset,
        (
            "äöüß", "àâæçéèêëîïôœùûüÿ", "áéíóúüñ", "áâãàçéêíóôõúü", "àèéìíîòóùú", "áéèëïíóöúü", "æøåéöäü", "åäöéü", "áéíóúýþæðö",
            "àçéèíïóòúü", "ëç", "ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "ăâîşţ", "čćđšž", "çğıöşüâîû",
            "ąčęėįšųūž", "āčēģīķļņšūž", "äöõüšž",
            "абвгдежзийклмнопрстуфхцчшщъыьэюяё", "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя", "абвгдђежзијклљмнњопрстћуфхцчџш",
            "абвгдеёжзійклмнопрстуўфхцчшыьэюя", "αβγδεζηθικλμνξοπρστυφχψωάέήίόύώςϊϋΐΰ",
        ),
    )
)  # fmt: skip
"""The letters beyond ASCII of languages."""

_ALONE: Final = frozenset("àáèéìíòóùúåöæøêôîûввикосуаяеєіїйз")
"""What is a word of one letter in one of them, or stands between blanks in a name."""

_FEWEST: Final = 3
"""Different letters beyond ASCII that are enough for a text in another script than Latin, and the fewest that tell a language."""

_TELLING: Final = 24
"""Words by letters beyond ASCII that tell a language from a mixture of others: six words with four such letters."""

_WIDE: Final = ("gb18030", "big5", "cp949", "shift_jis", "euc_jp")

_MOST_WORDS: Final = 5_000
"""Different words that a code page is found by: a choice.  A language shows within some dozens (`_TELLING`); each
costs a try by every page."""

_MOST_LINES: Final = 1_000
"""Lines that are tried by code pages of two bytes a letter; where one is wrong it shows in the first few."""

_WORD: Final = re.compile(rb"[0-9A-Za-z\x80-\xff]*[\x80-\xff][0-9A-Za-z\x80-\xff]*")


@dataclass(frozen=True, slots=True)
class CodePage:
    """A code page, and how sure it is, in words."""

    name: str
    known: str


def found_page(blocks: Callable[[], Iterator[bytes]], file: str, place: str, how: str) -> CodePage:
    """The code page that a file is in.  Raises InvalidValue, with `how` to mend it, where none fits, or several do."""
    words, lines = _seen(blocks())
    ways: dict[tuple[str, ...], list[str]] = {}
    for page in PAGES:
        if (decoded := _read(words, page)) is not None:
            ways.setdefault(decoded, []).append(page)
    wide = {page: word for page in _WIDE if (word := _read_wide(lines, page))}
    if not ways and not wide:
        raise InvalidValue(file, f"is neither UTF-8 nor Windows-1252 ({place}), nor in any other code page that gives words; {how}")
    chosen = [] if wide else list(ways.items()) if len(ways) == 1 else _likely(ways)
    if len(chosen) != 1:
        examples = [*_examples(ways), *(f"{word} ({page})" for page, word in wide.items())]
        raise InvalidValue(file, f"is no UTF-8 ({place}), and could be read as {' or '.join(examples[:4])}; {how}")
    page = chosen[0][1][0]
    sure = "likely: the letters of one language come out in no other" if len(ways) > 1 else "quite sure: nothing else gives words"
    return CodePage(page, f"{PAGES[page]} ({page}), {sure}. If it is another: --encoding")


def _seen(blocks: Iterator[bytes]) -> tuple[list[bytes], list[bytes]]:
    """The words of a file that are not all ASCII, each once, and lines that hold some."""
    words: dict[bytes, None] = {}
    lines: list[bytes] = []
    for block in blocks:
        words.update(dict.fromkeys(_WORD.findall(block)))
        if len(lines) < _MOST_LINES:
            lines += [each for each in block.splitlines() if not each.isascii()]
        if len(words) >= _MOST_WORDS:
            break
    return list(words)[:_MOST_WORDS], lines[:_MOST_LINES]


def _read(words: list[bytes], page: str) -> tuple[str, ...] | None:
    """The words as a code page has them, None where one of them is none."""
    try:
        decoded = tuple(each.decode(page) for each in words)
    except UnicodeDecodeError:
        return None
    letters = _beyond(decoded)
    few = len(letters) < _FEWEST and any(not name(each, "").startswith("LATIN") for each in letters)
    return decoded if not few and all(map(_is_word, decoded)) else None


def _read_wide(lines: list[bytes], page: str) -> str:
    """A word of what is written with two bytes for a letter, "" where a line is not."""
    first = ""
    for line in lines:
        try:
            text = line.decode(page)
        except UnicodeDecodeError:
            return ""
        if not all(_fits_wide(text, at) for at, each in enumerate(text) if each > "\x7f"):
            return ""
        first = first or next((each for each in _letters(text) if not each.isascii()), "")
    return first


def _fits_wide(text: str, at: int) -> bool:
    if not text[at].isalpha():
        return category(text[at])[0] == "P"
    beside = text[at - 1 : at] + text[at + 1 : at + 2]
    return name(text[at], "").startswith(("CJK", "HIRAGANA", "KATAKANA", "HANGUL")) and not any("A" <= each <= "z" for each in beside)


def _likely(ways: dict[tuple[str, ...], list[str]]) -> list[tuple[tuple[str, ...], list[str]]]:
    """The readings that are of one language, with so many words and letters that no mixture of others gives them."""
    found = [(decoded, pages) for decoded, pages in ways.items() if any(_beyond(decoded) <= letters for letters in _LANGUAGES)]
    if len(found) > 1:
        return found
    return [(decoded, pages) for decoded, pages in found if (many := len(_beyond(decoded))) >= _FEWEST and many * len(decoded) >= _TELLING]


@lru_cache(maxsize=1 << 16)
def _is_word(text: str) -> bool:
    """Whether it is what somebody writes without a blank in it: words, with signs where signs stand."""
    words = _letters(text)
    if any(len(each) == 1 and each > "\x7f" and (len(text) > 1 or each.lower() not in _ALONE) and each not in "ªº" for each in words):
        return False
    return all(_fits(text, at) for at, each in enumerate(text) if each > "\x7f") and all(map(_is_of_a_language, words))


def _fits(text: str, at: int) -> bool:
    """Whether a character can stand where it does."""
    sign, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    match category(sign):
        case "Lu":
            return not (before.islower() or before.isdigit() or after.isdigit())
        case "Ll":
            shouted = at > 1 and text[at - 2 : at].isupper() and text[at - 2 : at].isalpha() and sign != "ß"
            return sign != "µ" and not (shouted or before.isdigit() or after.isdigit())
        case "Pd" | "Pi" | "Pf" | "Ps" | "Pe" | "Po" | "Zs" | "Cf":
            return True
        case "Lo":  # the small letters of 1ª and 2º
            return not after.isalnum()
        case "So" if sign in "©®™":
            return not after.isalnum()
        case "So" | "No" if sign in "°²³":
            return sign == "°" or (not after.isalnum() and (not before.isalpha() or before in "mM"))
        case "Sc" | "So" | "Sm" | "No":
            return not "\u2500" <= sign <= "\u25ff" and not (before.isalpha() or after.isalpha() or max(before, after, "") > "\x7f")
        case _:
            return False


def _letters(text: str) -> list[str]:
    return "".join(each if each.isalpha() else " " for each in text).split()


def _is_of_a_language(word: str) -> bool:
    beyond = _beyond((word,))
    if not beyond:
        return True
    return len({name(each, "?").split()[0] for each in word}) == 1 and any(beyond <= letters for letters in _LANGUAGES)


def _beyond(words: tuple[str, ...]) -> set[str]:
    """The letters beyond ASCII in words, small."""
    found = {each for text in words for each in text if each > "\x7f" and each.isalpha() and each not in "ªº"}
    return {"i" if each == "İ" else each.lower() for each in found} - {"i"}


def _examples(ways: dict[tuple[str, ...], list[str]]) -> Iterator[str]:
    """A word of each that is read otherwise in the first, and in as many of the others as can be."""
    words = list(zip(*ways, strict=True))
    for place, pages in enumerate(ways.values()):
        yield f"{max(words, key=lambda read: _telling(read, place))[place]} ({pages[0]})"


def _telling(read: tuple[str, ...], place: int) -> tuple[bool, int]:
    return read[place] != read[0], sum(other != read[place] for other in read)
