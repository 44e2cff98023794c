"""The chains of a workspace as its visitors share them: whose file one is now, and what may be kept there by whom."""

import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import icosa
from icosa.chains import Chain, Fault, chain_folder, chain_in, save, saved_chains
from icosa.chains.chain import ENV
from icosa.chains.references import references
from icosa.chains.saved import SUFFIX, chain_path, delete
from icosa.errors import InvalidInput, InvalidValue
from icosa.surfaces.console.problems import NotThere
from icosa.surfaces.console.site import Visitor

TAKEN: Final = ("new",)
"""Names that are pages of their own."""


@dataclass(frozen=True, slots=True)
class Shelved:
    """A file of a chain.  `chain` is None where it cannot be read, and `problem` says why; `version` tells its text from
    any other."""

    name: str
    text: str = field(repr=False)
    version: str
    chain: Chain | None
    problem: str = ""


class ChainChanged(Exception):
    """Somebody has saved the chain meanwhile; `now` is the version that is there, "" for none."""

    def __init__(self, now: str) -> None:
        super().__init__(now)
        self.now = now


def folder_of(crm: icosa.Client) -> Path:
    """Where the chains of a workspace lie."""
    return chain_folder(crm.address)


def shelf(crm: icosa.Client) -> Iterator[Shelved]:
    """Every chain, by name."""
    folder = folder_of(crm)
    return (found for name in saved_chains(folder) if (found := _shelved(folder, name)) is not None)


def taken_down(crm: icosa.Client, name: str) -> Shelved:
    """The chain of that name.  Raises NotThere where there is none."""
    found = _shelved(folder_of(crm), name) if name in saved_chains(folder_of(crm)) else None
    if found is None:
        how = "It may have been renamed or deleted; the page of all chains has those there are."
        raise NotThere("chain", f"There is no chain called “{name}”. {how}")
    return found


def put(crm: icosa.Client, visitor: Visitor, chain: Chain, *, before: str = "", version: str = "") -> None:
    """Keep a chain, in the place of the one called `before`, if it is still of that version; else raises ChainChanged.

    Raises InvalidValue for a name that cannot be or is taken, and for a secret, or a variable that the visitor may not name.
    """
    folder = folder_of(crm)
    now = _shelved(folder, before) if before and before in saved_chains(folder) else None
    if before and (now.version if now else "") != version:
        raise ChainChanged(now.version if now else "")
    _refuse_name(chain.name)
    for each in variables_in(chain, visitor):
        raise InvalidValue(f"step {each.step}, {each.property}", each.problem)
    save(folder, chain, crm.catalogue, offers=crm.offers, replaces=chain.name == before)
    if before and chain.name != before:
        delete(folder, before)


def free_name(crm: icosa.Client, name: str) -> str:
    """The name, or one like it that no chain has."""
    taken = {each.casefold() for each in (*saved_chains(folder_of(crm)), *TAKEN)}
    return next(each for each in (name, *(f"{name} {at}" for at in range(2, len(taken) + 3))) if each.casefold() not in taken)


def environment(visitor: Visitor) -> Mapping[str, str]:
    """The variables that a visitor's chains may name: those of the server are for its owner alone."""
    return os.environ if is_owner(visitor) else MappingProxyType({})


def is_owner(visitor: Visitor) -> bool:
    """Whether it is who started this process, rather than somebody with a key to the workspace."""
    return visitor.key_id is None and visitor.may_write


def variables_in(chain: Chain, visitor: Visitor) -> tuple[Fault, ...]:
    """What a chain names of the server's environment, where the visitor is not its owner."""
    if is_owner(visitor):
        return ()
    return tuple(
        Fault(step.name, "with", name, _FOREIGN) for step in chain.steps for name, value in step.properties.items() if _has_variable(value)
    )


def version_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _shelved(folder: Path, name: str) -> Shelved | None:
    try:
        text = chain_path(folder, name).read_text("utf-8-sig")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError):
        return Shelved(name, "", "", None, "The file cannot be read as text in UTF-8")
    try:
        return Shelved(name, text, version_of(text), replace(chain_in(text, f"{name}{SUFFIX}"), name=name))
    except InvalidInput as error:
        return Shelved(name, text, version_of(text), None, error.message)


def _refuse_name(name: str) -> None:
    if name in TAKEN or "/" in name:
        raise InvalidValue("name", "has a slash in it, or is the address of another page; give the chain another name")


def _has_variable(value: Any) -> bool:
    try:
        return any(each.source == ENV for each in references(value))
    except InvalidInput:
        return False


_FOREIGN: Final = (
    "names a variable of the server's environment, which is for the owner alone, who signs in by the link that the server prints; "
    "take the value from an item"
)
