"""What Twenty 2.19 does otherwise with a filter."""

from collections.abc import Iterator
from dataclasses import replace

from icosa.catalogue.model import Catalogue, Object
from icosa.doctor.finding import Finding, Severity
from icosa.doctor.names import is_spelt_so, member_meant
from icosa.doctor.uses import comparisons
from icosa.errors import InvalidQuery
from icosa.forms.text import unread
from icosa.wire.language import typed
from icosa.wire.language.filter import parse, write
from icosa.wire.language.filter_tree import Comparator, Comparison


def of_filter(at: Finding, new: Catalogue, of: Object, text: str) -> Iterator[Finding]:
    """What of a filter is refused there, or finds something else.  Fields and options that are gone are seen elsewhere, as
    are texts that are no filter."""
    try:
        tree = parse(text)
    except InvalidQuery:
        return
    for each in comparisons(tree):
        if each.comparator is Comparator.STARTS_WITH and isinstance(each.value, str) and each.value.endswith("%"):
            what = f"{write(each)} finds texts that begin with the sign % itself there"
            mend = "leave the % out, or write like for startsWith"
            yield replace(at, severity=Severity.DANGEROUS, member=each.path, what=what, mend=mend)
        elif not _unread(each):
            yield from _refused(at, new, of, each)


def _refused(at: Finding, new: Catalogue, of: Object, each: Comparison) -> Iterator[Finding]:
    known = member_meant(new, of, each.path)
    if known is None or not is_spelt_so(new, of, each.path):  # such as job_title, which is said in Python and sent as jobTitle
        return
    field = known[0].field_by_name.get(known[1])
    if field is not None and field.options and not field.type.composite and each.comparator is not Comparator.IS:
        allowed = each.value if isinstance(each.value, tuple) else (each.value,)
        if not set(allowed) <= set(field.options):
            return
    try:
        typed.bind(each, of, new)
    except InvalidQuery as error:
        yield replace(at, member=each.path, what=f"{write(each)} is refused there with 400", mend=error.message)


def _unread(each: Comparison) -> bool:
    return unread(each.path) or unread(list(each.value) if isinstance(each.value, tuple) else each.value)
