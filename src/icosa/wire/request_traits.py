"""How a version of the wire reads requests, as one value: what stands in `Version.requests`."""

from typing import NamedTuple


class RequestTraits(NamedTuple):
    """What one version reads otherwise in a request than another.

    `cuts_pages` is whether a page longer than the longest is cut to it and 0 asks for no records, where others refuse the
    one, and take the other for the most there is.  `lists_parameters` is whether a parameter whose name has brackets behind
    it counts as that one, of which nothing can be read.  `reads_forms` is whether a body may be what a web form sends, and
    `bodies_first` whether one that is no JSON is refused whoever sends it.  `bare_prefix` is whether the prefix alone is a
    path of the wrong shape, where it is none in others, and `shown_below` what the examples of its document have behind the
    prefix, and counts for nothing; "" where they have nothing.  `key_in_query` is whether a key may come as the parameter
    `token`, and `jwt_keys` whether the tokens of keys are JWTs.
    """

    cuts_pages: bool
    lists_parameters: bool
    reads_forms: bool
    bodies_first: bool
    bare_prefix: bool
    shown_below: str
    key_in_query: bool
    jwt_keys: bool


AS_1_0_3 = RequestTraits(
    cuts_pages=False,
    lists_parameters=True,
    reads_forms=False,
    bodies_first=False,
    bare_prefix=True,
    shown_below="",
    key_in_query=True,
    jwt_keys=False,
)

AS_2_19 = RequestTraits(
    cuts_pages=True,
    lists_parameters=False,
    reads_forms=True,
    bodies_first=True,
    bare_prefix=False,
    shown_below="core",
    key_in_query=False,
    jwt_keys=True,
)
