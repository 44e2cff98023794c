"""Chains that are kept under their names: files in a folder, one for each workspace."""

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Final
from urllib.parse import quote, unquote

from icosa.call.extensions import PLAIN
from icosa.catalogue.kinds import shown
from icosa.catalogue.model import Catalogue
from icosa.chains.chain import Chain
from icosa.chains.checking import Fault, action_of
from icosa.chains.filling import misplaced
from icosa.chains.reading import read_chain
from icosa.chains.writing import chain_text
from icosa.errors import InvalidInput, InvalidValue
from icosa.exports.writers.atomic_file import whole_file
from icosa.toml.faults import not_there
from icosa.wire.openapi.reading import Offers

SUFFIX: Final = ".toml"
_LONGEST: Final = 200  # bytes of a file's name, with room for its suffix and for the one it has until it is whole


def chain_folder(address: str) -> Path:
    """Where the chains of a workspace lie: in the user's data directory."""
    from platformdirs import user_data_path

    return user_data_path("icosa", appauthor=False) / "chains" / hashlib.sha256(address.encode()).hexdigest()[:32]


def saved_chains(folder: Path) -> list[str]:
    """The names of the chains in a folder, in order."""
    return sorted((unquote(each.stem) for each in folder.glob(f"[!.]*{SUFFIX}")), key=lambda name: (name.casefold(), name))


def load(folder: Path, name: str) -> Chain:
    """The chain of that name.  Raises InvalidValue where there is none, and as `read_chain` does."""
    path = chain_path(folder, name)
    if not path.is_file():
        raise InvalidValue("chain", not_there("chain", name, saved_chains(folder)))
    return replace(read_chain(path), name=name)


def save(folder: Path, chain: Chain, catalogue: Catalogue, *, offers: Offers = PLAIN, replaces: bool = True) -> Path:
    """Keep a chain under its name, in the place of one that has it; its file.  The file is whole or not there at all, and only
    its owner can read it.  A chain with faults may be kept, one in which a secret stands is refused: raises InvalidValue,
    also for a name that cannot be, and for one that is taken unless it `replaces` that."""
    path = chain_path(folder, chain.name)
    refuse_secrets(chain, catalogue, offers)
    text = chain_text(chain).encode()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not replaces and path.exists():
        raise InvalidValue("name", f"a chain called {shown(chain.name)} is there already; give this one another name")
    with whole_file(path, "chain", "see to it that its folder can be written to") as file:
        file.write(text)
    return path


def delete(folder: Path, name: str) -> None:
    """Remove the chain of that name.  Raises InvalidValue where there is none."""
    try:
        chain_path(folder, name).unlink()
    except FileNotFoundError:
        raise InvalidValue("chain", not_there("chain", name, saved_chains(folder))) from None


def refuse_secrets(chain: Chain, catalogue: Catalogue, offers: Offers = PLAIN) -> None:
    """Raises InvalidValue where the value of a secret property stands in a chain."""
    for each in secrets_in(chain, catalogue, offers):
        raise InvalidValue(f"step {each.step}, {each.property}", each.problem)


def secrets_in(chain: Chain, catalogue: Catalogue, offers: Offers = PLAIN) -> Sequence[Fault]:
    """The properties in which a secret stands, or a variable where no secret does."""
    found: list[Fault] = []
    for step in chain.steps:
        with suppress(InvalidInput):
            of = action_of(step, catalogue, offers).object
            problems = ((name, misplaced(of, name, value)) for name, value in step.properties.items())
            found += [Fault(step.name, "with", name, problem) for name, problem in problems if problem]
    return found


def chain_path(folder: Path, name: str) -> Path:
    """The file of the chain of that name.  Raises InvalidValue for a name that cannot be."""
    file = quote(name, safe=" ()+,")
    if not name.strip() or name != name.strip() or name.startswith(".") or len(file) > _LONGEST:
        raise InvalidValue("name", f"{shown(name)} is no name of a chain; give one of some words, without blanks around it")
    return folder / f"{file}{SUFFIX}"
