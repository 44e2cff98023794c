"""Finding an action by what it is called: what the shell's `icosa actions` and the console's box both do."""

import re
from typing import Final

from icosa.call.extensions import PLAIN
from icosa.catalogue import naming
from icosa.catalogue.model import Catalogue
from icosa.wire.actions import Action, actions
from icosa.wire.openapi.reading import Offers, more_actions

_SYNONYMS: Final = {
    "add": "create",
    "change": "update",
    "dedupe": "duplicates",
    "edit": "update",
    "get": "find",
    "insert": "create",
    "list": "many",
    "new": "create",
    "patch": "update",
    "remove": "delete",
    "search": "find",
    "show": "one",
}
"""What somebody may say, and the word that actions have for it."""


def find_actions(catalogue: Catalogue, words: str, offers: Offers = PLAIN) -> list[Action]:
    """The actions that every one of the words is about, the nearest first; all of them for no words.

    A word is found at the start of a word of the resource or of the operation, in any case and spelling:
    "connectedAccounts upd" finds "Update One Connected Account".  Those that a server has beyond Twenty 1.0.3
    come after the others.
    """
    everything = [*actions(catalogue), *(action for of in catalogue for action in more_actions(of, offers).values())]
    wanted = [word.lower() for word in naming.words(words)]
    if not wanted:
        return everything
    ranked = []
    for at, action in enumerate(everything):
        rank = _rank(action, wanted)
        if rank is not None:
            ranked.append((-rank, len(action.label.split()), at, action))
    return [action for *_, action in sorted(ranked, key=lambda each: each[:3])]


def _rank(action: Action, wanted: list[str]) -> int | None:
    """How many of the words are there in full, or None where one is not there at all, nor in what one record is called."""
    there, one = _words(f"{action.resource} {action.label}"), _words(naming.label(action.object.singular) if action.object else "")
    rank = 0
    for word in wanted:
        spellings = {word, _SYNONYMS.get(word, word)}
        if spellings & there:
            rank += 1
        elif not any(each.startswith(spelling) for each in there | one for spelling in spellings):
            return None
    return rank


def _words(text: str) -> set[str]:
    return {word.lower() for word in re.findall(r"\w+", text)}
