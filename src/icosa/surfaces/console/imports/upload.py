"""Files that somebody uploaded, on the disk of the server's user: each in a folder of its own, with all that came of it.

What lies there is data of people.  Only the server's user can read it, a visitor sees what that visitor uploaded, and after
`KEPT_DAYS` it is removed, whatever became of it; what was imported stays in the workspace, and its run in the journal.
"""

import hashlib
import json
import os
import re
import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO, Final

from icosa.catalogue.characters import visible
from icosa.errors import InvalidValue
from icosa.imports.rows import SEPARATED, suffix_of
from icosa.journal.lock import is_held
from icosa.surfaces.console.site import Visitor

KEPT_DAYS: Final = 7
LOCK: Final = "lock"
_ID: Final = re.compile(r"[0-9a-f]{32}")
_ABOUT: Final = "upload.json"
_LONGEST_NAME: Final = 100
_BLOCK_BYTES: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was uploaded.  `resource` is the plural of the object that its rows are of, "" where `recipe`, the text of
    one, says of which.  `settings` are what was chosen of how it is read and matched, by the names of the form; `columns` is
    where each column was told to go, "" for nowhere."""

    folder: Path
    name: str
    size: int
    made_at: str
    resource: str = ""
    recipe: str = ""
    settings: Mapping[str, Any] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return self.folder.name

    @property
    def path(self) -> str:
        """Where its pages are."""
        return f"/imports/{self.id}"

    @property
    def source(self) -> Path:
        """The file itself, under its own name."""
        return self.folder / "file" / self.name

    @property
    def plan(self) -> Path:
        return self.folder / "plan.jsonl"

    @property
    def begun(self) -> datetime:
        return datetime.fromisoformat(self.made_at)

    def keep(self) -> "Upload":
        """Writes down what is known of it."""
        write_private(self.folder / _ABOUT, {name: value for name, value in asdict(self).items() if name in _KNOWN})
        return self

    def remove(self) -> None:
        """Takes the file away, and all that came of it."""
        shutil.rmtree(self.folder, ignore_errors=True)


def new_upload(workspace: str, visitor: Visitor, name: str, content: BinaryIO, **about: Any) -> Upload:
    """Keeps a file, block by block.  Raises InvalidValue where there is no room for it, and where it is empty."""
    folder = _folder_of(workspace, visitor) / secrets.token_hex(16)
    upload = Upload(folder, plain_name(name), 0, datetime.now(UTC).isoformat(), **about)
    try:
        _private(upload.source.parent)
        with os.fdopen(os.open(upload.source, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            shutil.copyfileobj(content, file, _BLOCK_BYTES)
            size = file.tell()
        if not size:
            raise InvalidValue("file", f"{upload.name} is empty; choose a file with a heading and rows")
        return replace(upload, size=size).keep()
    except OSError as error:
        upload.remove()
        why = error.strerror or type(error).__name__
        raise InvalidValue("file", f"cannot be kept on the server: {why}. Make room there, or import a smaller file") from None
    except BaseException:
        upload.remove()
        raise


def find_upload(workspace: str, visitor: Visitor, id_: str) -> Upload | None:
    """An upload of this visitor; None for one of somebody else's as for one that is not there."""
    return _read(_folder_of(workspace, visitor) / id_) if _ID.fullmatch(id_) else None


def uploads(workspace: str, visitor: Visitor) -> list[Upload]:
    """What a visitor uploaded, the latest first."""
    found = (_read(each) for each in _folders(_folder_of(workspace, visitor)))
    return sorted((each for each in found if each), key=lambda each: each.made_at, reverse=True)


def remove_old() -> None:
    """Removes what anybody uploaded longer ago than it is kept."""
    for owner in _folders(uploads_folder()):
        for folder in _folders(owner):
            if _age(folder) > timedelta(days=KEPT_DAYS) and not is_running(folder):
                shutil.rmtree(folder, ignore_errors=True)


def uploads_folder() -> Path:
    """Where uploads lie: in the user's state directory, beside journals."""
    from platformdirs import user_state_path  # here, as wherever a folder of the user's is asked for

    return user_state_path("icosa", appauthor=False) / "uploads"


def plain_name(name: str) -> str:
    """The name of a file as it may be one here: without folders and what nobody sees, and not too long."""
    found = visible(re.split(r"[\\/]", name)[-1]).strip().lstrip(".")
    found = re.sub(r"[\x00-\x1f<>:\"|?*]", "_", found) or "file"
    if len(found.encode()) <= _LONGEST_NAME:
        return found
    suffix = "".join(Path(found).suffixes[-2:])[-16:]
    return found.encode()[: _LONGEST_NAME - len(suffix.encode())].decode("utf-8", "ignore") + suffix


def is_text(upload: Upload) -> bool:
    """Whether it is a text file whose encoding and delimiter can be told."""
    return suffix_of(upload.source) in SEPARATED


def is_running(folder: Path) -> bool:
    """Whether some process of this machine plans or applies an upload right now."""
    return is_held(folder / LOCK)


def _age(folder: Path) -> timedelta:
    """How long ago it was uploaded; of what was broken off, how long ago that was."""
    found = _read(folder)
    with suppress(OSError):
        return datetime.now(UTC) - (found.begun if found else datetime.fromtimestamp(folder.stat().st_mtime, UTC))
    return timedelta(0)


def _private(folder: Path) -> None:
    """A folder that its owner alone can enter, as those above it that are made with it."""
    for each in reversed([folder, *folder.parents]):
        if not each.exists():
            each.mkdir(mode=0o700, exist_ok=True)


def _folder_of(workspace: str, visitor: Visitor) -> Path:
    """A visitor's own: nobody can name that of another, and its name tells nothing."""
    owner = hashlib.sha256(f"{workspace}\0{visitor.key_id or ''}".encode()).hexdigest()[:32]
    return uploads_folder() / owner


def _folders(within: Path) -> Iterator[Path]:
    with suppress(OSError):
        yield from [each for each in within.iterdir() if each.is_dir()]


def _read(folder: Path) -> Upload | None:
    try:
        found = json.loads((folder / _ABOUT).read_text("utf-8"))
        return Upload(folder, **{name: value for name, value in found.items() if name in _KNOWN})
    except (OSError, ValueError, TypeError):
        return None  # it was killed as it was kept or removed


_KNOWN: Final = frozenset(each.name for each in fields(Upload)) - {"folder"}


def write_private(path: Path, content: Mapping[str, Any]) -> None:
    """Writes a small file that is there as a whole or as it was, and that its owner alone can read."""
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        json.dump(content, file)
    beside.replace(path)
