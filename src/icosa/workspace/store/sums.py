"""What is said of sums that are none, whichever database adds them up."""

from icosa.errors import InvalidQuery


def beyond_numbers() -> InvalidQuery:
    """The error where numbers add up to what is none any more."""
    return InvalidQuery("aggregate: the numbers of a group add up to more than a number can be; ask for their min and max, or filter them")
