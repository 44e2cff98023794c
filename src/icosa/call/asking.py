"""A request in the words of the server that it goes to."""

from urllib.parse import quote, unquote

from icosa.wire.message import Request
from icosa.wire.openapi.reading import Offers


def asked_of(offers: Offers, request: Request) -> Request:
    """The request with a filter that its server reads as it was meant.  Raises InvalidQuery where it cannot be asked so."""
    text = _filter_of(request)
    if offers.icosa or not text:
        return request
    from icosa.wire.language import naive  # here: most requests have no filter, or go to an Icosa

    asked = quote(naive.asked(unquote(text)), safe="")
    return request if asked == text else request._replace(query=request.query.replace(f"filter={text}", f"filter={asked}"))


def means_the_same_everywhere(request: Request) -> bool:
    """Whether it says the same to a server of any kind, so that nobody has to be asked which it is."""
    text = _filter_of(request)
    if not text:
        return True
    from icosa.wire.language import naive  # here: see asked_of

    return naive.is_common(unquote(text))


def _filter_of(request: Request) -> str:
    """The text of its filter as it stands in the query, "" where there is none."""
    if "filter=" not in request.query:
        return ""
    return next((each[7:] for each in request.query.split("&") if each.startswith("filter=")), "")
