"""Where a sealed value lies, as what it is sealed with ties it to that place: moved elsewhere it does not open."""

from icosa.catalogue.columns import Column
from icosa.catalogue.model import Object


def place(of: Object, column: Column, id_: str) -> str:
    return f"{of.singular}/{column.name}/{id_}"
