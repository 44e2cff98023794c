"""The catalogue that a database keeps beside its records, so that it opens as what it is: with its custom
objects, without being told of them.

A workspace of the standard objects keeps none, and so has those of the Icosa that opens it.
"""

import orjson

from icosa.catalogue.as_json import as_json, from_json
from icosa.catalogue.model import Catalogue
from icosa.catalogue.standard import STANDARD

READ = "SELECT objects FROM icosa_catalogue"
FORGET = "DELETE FROM icosa_catalogue"
KEEP = "INSERT INTO icosa_catalogue (objects) VALUES "
"""What binds the text comes behind it, as each database writes it."""


def text_of(catalogue: Catalogue) -> str | None:
    """What is kept of a catalogue: JSON, or None for the standard one."""
    return None if catalogue == STANDARD else orjson.dumps(as_json(catalogue)).decode()


def catalogue_of(text: str | None) -> Catalogue:
    """The catalogue that a database keeps; `text` is None where it keeps none."""
    return STANDARD if text is None else from_json(orjson.loads(text))
