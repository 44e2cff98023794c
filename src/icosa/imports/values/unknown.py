"""What people and programs write where they do not know a value."""

from collections.abc import Sequence

from icosa.catalogue.folding import caseless

UNKNOWN = frozenset(
    (
        "n/a", "n.a.", "n.a", "n/a.", "n. a.", "n / a", "na", "#n/a", "#na", "<na>", "n/d", "n.d.", "s/o", "s.o.", "s/d", "s.d.",
        "k.a.", "k. a.", "k/a", "b/d", "н/д", "нет данных", "н.д.",
        "null", "(null)", "<null>", "\\n", "nil", "none", "(none)", "<none>", "nan", "nat", "undefined", "(undefined)", "#null!",
        "-", "--", "---", "–", "—", "−", "_", "?", "??", "???", ".", "..", "...", "…", "/", "//", "-/-", "./.",
        "tbd", "t.b.d.", "tba", "tbc", "blank", "(blank)", "empty", "(empty)", "(leer)", "(vide)",
        "unknown", "(unknown)", "not known", "not available", "not applicable", "not specified", "not provided", "not set",
        "unspecified", "no data", "no value", "no answer",
        "unbekannt", "keine angabe", "keine", "nicht bekannt", "nicht vorhanden", "entfällt",
        "inconnu", "inconnue", "non renseigné", "non disponible", "sans objet", "non applicable", "aucun", "aucune",
        "desconocido", "desconocida", "no disponible", "no aplica", "sin datos", "ninguno", "ninguna",
        "desconhecido", "não disponível", "não aplicável", "nenhum",
        "sconosciuto", "sconosciuta", "non noto", "nessuno", "nessuna", "onbekend", "n.v.t.", "nvt", "geen", "okänd", "ukjent", "ukendt",
        "tuntematon", "nieznany", "nieznana", "brak", "brak danych", "neznámý", "neznámé", "неизвестно", "нет", "невідомо", "bilinmiyor",
        "不明", "未知", "不详", "不詳", "なし", "無", "无", "없음", "미상",
    )
)  # fmt: skip
"""In small letters.  A text field keeps them, since there they may be meant: a surname can be Null."""


def is_unknown(text: str, more: Sequence[str] = ()) -> bool:
    """Whether a text says that a value is not known; `more` are further ways to say it."""
    written = caseless(text)
    return written in UNKNOWN or (bool(more) and written in map(str.casefold, more))
