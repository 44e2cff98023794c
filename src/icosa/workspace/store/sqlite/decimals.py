"""Exact decimals, with as many digits as PostgreSQL's `numeric` has in the same place."""

from decimal import ROUND_HALF_UP, Context, Decimal

_EXACT = Context(prec=1000)
_SIGNIFICANT = 16
_BASE_DIGITS = 4  # it computes with digits of ten thousand


def added(one: Decimal, other: Decimal) -> Decimal:
    return _EXACT.add(one, other)


def written(value: Decimal) -> str:
    return f"{value:f}"


def quotient(dividend: Decimal, divisor: Decimal) -> Decimal:
    """At least 16 digits that say something, rounded as at school."""
    weight = _weight(dividend) - _weight(divisor)
    if _first(dividend) <= _first(divisor):
        weight -= 1
    places = max(_SIGNIFICANT - weight * _BASE_DIGITS, _places(dividend), _places(divisor), 0)
    found = _EXACT.divide(dividend, divisor)
    return found.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP, context=_EXACT)


def _weight(value: Decimal) -> int:
    return value.adjusted() // _BASE_DIGITS if value else 0


def _first(value: Decimal) -> int:
    """The first digit of ten thousand."""
    return int(abs(value).scaleb(-_weight(value) * _BASE_DIGITS, context=_EXACT))


def _places(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)
    return max(-exponent, 0)
