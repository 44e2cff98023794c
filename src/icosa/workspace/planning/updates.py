"""What a body may say of a record that is there, and what of a new one alone."""

from icosa.errors import InvalidBody, InvalidValue
from icosa.wire.rest.body import Sent
from icosa.wire.version import Version


def check_update(sent: Sent, id_: str | None, version: Version) -> None:
    """Raises InvalidInput of some kind for what a creation may say and an update may not: another id, for which there is
    none at all where several records are changed, and an end for a position, unless the version's updates take one."""
    named = sent.get("id", {}).get("", id_)
    if named != id_:
        where = f"the path {id_}" if id_ else "several records are meant"
        raise InvalidBody(f"id: the body names {named}, {where}; an id cannot be changed, so leave it out of the body")
    position = sent.get("position", {}).get("")
    if isinstance(position, str) and not version.writes.places_updates:
        raise InvalidValue(
            "position",
            f'"{position}" is for new records; send a number, below those of the records that it should stand before',
            legacy=f'invalid input syntax for type double precision: "{position}"',
        )
