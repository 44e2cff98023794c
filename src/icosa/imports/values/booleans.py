"""Yes and no."""

from decimal import Decimal
from typing import Any

from icosa.catalogue.characters import visible
from icosa.catalogue.kinds import shown
from icosa.errors import InvalidValue

YES = (
    "true", "yes", "y", "t", "on", "1", "1.0", "x", "✓", "✔", "☑", "✅", "wahr", "ja", "vrai", "oui", "verdadero",
    "sí", "si", "verdadeiro", "sim", "vero", "sì", "waar", "sant", "sann", "sand", "tosi", "kyllä", "prawda",
    "tak", "pravda", "ano", "да", "истина", "evet", "doğru", "はい", "是", "예",
)  # fmt: skip
NO = (
    "false", "no", "n", "f", "off", "0", "0.0", "-", "✗", "✘", "☐", "❌", "falsch", "nein", "faux", "non", "falso",
    "não", "onwaar", "nee", "falskt", "usann", "falsk", "nej", "nei", "epätosi", "ei", "fałsz", "nie", "nepravda",
    "нет", "ложь", "hayır", "yanlış", "いいえ", "否", "아니요",
)  # fmt: skip
"""In small letters, of languages that do not say the other with the same word: "ne" is no in Czech, and yes in Greek."""


def read_boolean(value: Any, path: str) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float | Decimal) and value in (0, 1):
        return bool(value)
    if isinstance(value, str):
        text = visible(value).strip("\ufe0f \t\r\n\u00a0").casefold()
        if text in YES or text in NO:
            return text in YES
    raise InvalidValue(path, f"{shown(value)} is neither yes nor no; write yes, no, true, false, y, n, on, off, x, 1 or 0")
