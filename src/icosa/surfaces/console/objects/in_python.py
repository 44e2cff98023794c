"""How a workspace gets a field or an object whose API makes none: a program for whoever has its database."""

from typing import Final

from icosa.catalogue.model import Object

_FIELD: Final = """from dataclasses import replace

import icosa
from icosa.catalogue.fields import Text

database = "sqlite:///{database}"
with icosa.connect(database) as crm:
    catalogue = crm.catalogue

of = catalogue.by_plural["{plural}"]
nickname = Text("nickname", "What it is called among friends.")
wanted = catalogue.with_objects(replace(of, members=(*of.members, nickname)))
with icosa.connect(database, catalogue=wanted) as crm:
    print([each.name for each in crm.catalogue.by_plural["{plural}"].fields])
"""
_OBJECT: Final = """import icosa
from icosa.catalogue.fields import Text
from icosa.catalogue.model import Object

database = "sqlite:///{database}"
with icosa.connect(database) as crm:
    catalogue = crm.catalogue

rocket = Object(
    "rocket",
    "rockets",
    "Something that flies.",
    (Text("name", "What it is called."),),
    label_identifier="name",
    custom=True,
)
with icosa.connect(database, catalogue=catalogue.with_objects(rocket)) as crm:
    print([each.plural for each in crm.catalogue if each.custom])
"""


def program(of: Object | None, database: str) -> str:
    """Python that makes a field of an object, or an object where none is named, in a database of that name."""
    return _OBJECT.format(database=database) if of is None else _FIELD.format(database=database, plural=of.plural)
