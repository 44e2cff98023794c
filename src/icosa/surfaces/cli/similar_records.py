"""Records that may have been meant, where no record or several go by what was said."""

import re
from collections.abc import Sequence
from functools import reduce
from operator import and_, or_
from typing import Final

from icosa.call.page import Record
from icosa.call.paths import says
from icosa.call.where import F, Where
from icosa.catalogue import naming
from icosa.catalogue.columns import columns
from icosa.catalogue.kinds import Kind
from icosa.client.blocking import Client
from icosa.errors import Conflict, NotFound
from icosa.surfaces.cli.cells import called, in_words
from icosa.surfaces.cli.terminal import harmless

_SHOWN: Final = 5
_WORDS: Final = re.compile(r"[^\W_]{2,}")
_MOST_WORDS: Final = 3


def with_near(crm: Client, resource: str, text: str, error: NotFound | Conflict) -> NotFound | Conflict:
    """The error with a note for each record that is called alike: the command that shows it, its name, its e-mail address."""
    of = crm[resource].object
    words = _WORDS.findall(text.partition("@")[0])[:_MOST_WORDS]
    named = [
        each.path for each in columns(of)
        if each.kind is Kind.TEXT and not each.secret and (each.field == of.label_identifier or each.part == "primaryEmail")
    ]  # fmt: skip
    each_word = [reduce(or_, (F[path].ilike(f"%{word}%") for path in named)) for word in words if named]
    for record in _found(crm, resource, each_word, alike=isinstance(error, Conflict)):
        emails = [
            in_words(record[each.name], brief=True)
            for each in of.fields
            if each.type.about.look.worth == "reach" and says(record.get(each.name))
        ]
        about = " · ".join(dict.fromkeys((called(of, record), *emails)))
        error.add_note(harmless(f"icosa show {naming.kebab_case(of.plural)} {record['id']}  {' '.join(about.split())}"))
    return error


def _found(crm: Client, resource: str, each_word: Sequence[Where], *, alike: bool) -> Sequence[Record]:
    """Those that are called by all of the words, which those that are `alike` are; else by any of them."""
    if not each_word:
        return ()
    both = crm[resource].find_many(where=reduce(and_, each_word), limit=_SHOWN, depth=0)
    if both or alike or len(each_word) == 1:
        return both
    return crm[resource].find_many(where=reduce(or_, each_word), limit=_SHOWN, depth=0)
