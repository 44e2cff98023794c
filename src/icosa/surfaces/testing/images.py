"""Images of a SQLite file, and the file made what one of them holds."""

import apsw

from icosa.workspace.store.sqlite.connect import connect


class Images:
    """The images of one file.  They lie in memory; the file may be open elsewhere in the process, and who has it
    open sees what it holds after `restore`."""

    def __init__(self, path: str) -> None:
        self._file = connect(path)
        self._file.execute("PRAGMA synchronous = OFF").fetchall()  # nothing here has to outlive the process
        self._images: dict[str, apsw.Connection] = {}
        self._held: tuple[str, int] | None = None

    def __contains__(self, name: str) -> bool:
        return name in self._images

    def keep(self, name: str) -> None:
        """Keeps what the file holds now."""
        self._images[name] = apsw.Connection(":memory:")
        _copy(self._file, self._images[name])

    def restore(self, name: str) -> None:
        """Makes the file what it was; at no cost where nobody has written to it since the last time."""
        if self._held != (name, self._commits()):
            _copy(self._images[name], self._file)
            self._held = (name, self._commits())

    def _commits(self) -> int:
        """A number that changes with every commit of anybody else."""
        return int(str(self._file.execute("PRAGMA data_version").fetchall()[0][0]))

    def close(self) -> None:
        for each in (*self._images.values(), self._file):
            each.close()


def _copy(source: apsw.Connection, target: apsw.Connection) -> None:
    """All pages, in one transaction."""
    with target.backup("main", source, "main") as pages:
        while not pages.done:
            pages.step()
