"""Texts that files, spreadsheets and readers of CSV tend to change on their way."""

from collections.abc import Iterator


def awkward_texts() -> list[str]:
    """Two hundred of them and more, each once; all are such as a workspace holds."""
    return list(dict.fromkeys(_all()))


def _all() -> Iterator[str]:
    yield from _SIGNS
    yield from _VALUES
    for sign in ("\r", "\n", "\r\n", "\t", '"', "'", ",", ";", "|", "\\", "\u2028", "\u2029", "\x85", "\x0b", "\x0c", "\ufeff", "\u00a0"):
        yield f"a{sign}b"
        yield f"{sign}a"
        yield f"a{sign}"
        yield f'"{sign}"'
    for at in (*range(1, 9), *range(14, 32), 0x7F, 0x80, 0x9F):  # control characters
        yield f"a{chr(at)}b"
    for sign in "=+-@＝'":
        yield f"{sign}1+1"
        yield f"'{sign}1"
    yield from ("x" * 32_766, "é" * 10_000, "😀" * 16_000, "\n".join("line" for _ in range(2_000)))


_SIGNS = (
    '"', '""', '"""', '","', "a\r\n\r\nb", "\r\r", "a,b;c\td|e", "'", "''", "\\", "\\n", "\\N", "\\u0041", "_x000D_", "_x0041_", "_x005F_",
    "&amp;", "<b>x</b>", "<![CDATA[x]]>", "a\u0301", "á", "\u202eabc\u202c", "a\u200db", "a\u200bb", "a\u00adb",
    "👩‍👩‍👧‍👦", "𝒳", "ﬁ", "ß", "İ", "e\u0301\u0323", "日本語",
    "שלום", "مرحبا", "हिन्दी", "\ufeff", "x\ufeffy", "sep=;", "# comment", "-- x", "icosa_reason", "{{x}}", "${x}", "%s", "%00",
)  # fmt: skip

_VALUES = (
    "0", "00", "007", "01234", "1.0", "1.50", "1e5", "1E400", "-0", "+5", ".5", "5.", "1,234", "1.234,5", "0x1F",
    "12345678901234567890", "0.1234567890123456789", "NaN", "nan", "inf", "-Infinity", "NULL", "null", "None", "nil", "N/A",
    "#N/A", "#REF!", "True", "true", "FALSE", "yes", "2026-02-03", "2026-02-03T04:05:06.789Z", "03/04/2026", "1/2", "Mar 5",
    "12:30", "1900-01-00", "45000", "[]", "{}", "[1]", '["a"]', '{"a": 1}', '"text"', "[", "{", "€ 5", "5 %", "$1", "(12)",
    "a@example.com", "https://example.com/?a=1,2", "mailto:a@example.com", "C:\\x\\y", "a b", "a  b", " a", "a ", " ", "  ", "\t",
    "\n", "\r", "-", "–", "•", "••••", "****", "_", "=", "+", "@",
)  # fmt: skip
