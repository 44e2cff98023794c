"""Runs as a person and a program read them."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from icosa.catalogue import naming
from icosa.client.credentials.text_address import without_password
from icosa.surfaces.cli import output
from icosa.surfaces.cli.cells import in_words
from icosa.surfaces.cli.terminal import is_person

if TYPE_CHECKING:
    from icosa.journal.journal_file import Operation, Run


def print_runs(found: Sequence["Run"], known: Sequence["Run"], as_json: bool, no_color: bool) -> None:
    """Runs, the newest first; `known` are all there are, which tell whether one was put back."""
    rows = [_described(each, known) for each in found]
    if not is_person(as_json):
        output.print_json(rows)
        return
    lines = [
        {
            "id": f"{row['id']}\n{', '.join([moment(row['at']), *_stands(row)])}",
            "what": f"{row['what']}\n{write_counts(row['counts'])}",
            "workspace": at_home(row["workspace"]),
        }
        for row in rows
    ]
    if lines:
        output.print_rows(lines, {"id": "Run", "what": "What it did", "workspace": "Workspace"}, False, no_color)


def described(run: "Run") -> str:
    """A run in a line."""
    from icosa.journal.journal_file import journal_path
    from icosa.journal.reading import tally

    return f"{run.id}, {run.title}, {moment(run.made_at)} ({write_counts(_by_object(tally(journal_path(run.id))))})"


def at_home(address: str) -> str:
    """The address of a workspace as a person knows it: without a password, and a file by its path."""
    shown = without_password(address)
    path = shown.removeprefix("sqlite:///")
    home = str(Path.home())
    return f"~{path[len(home) :]}" if path.startswith(f"{home}/") else path


def write_counts(counts: Mapping[str, "Mapping[Operation, int]"]) -> str:
    """How many writes there were of each kind, object by object."""
    from icosa.journal.reading import DONE

    parts = (f"{_words(of)}: {', '.join(f'{count:,} {DONE[kind]}' for kind, count in kinds.items())}" for of, kinds in counts.items())
    return "; ".join(parts) or "nothing"


def moment(wire: str) -> str:
    """A moment to the minute."""
    return in_words(wire, brief=True)


def _described(run: "Run", known: Sequence["Run"]) -> dict[str, Any]:
    from icosa.journal.journal_file import journal_path
    from icosa.journal.reading import tally
    from icosa.plans.run_state import left_of, state_of, undone_by

    undone, counts = undone_by(run.id, known), tally(journal_path(run.id))
    return {
        "id": run.id,
        "at": run.made_at,
        "what": run.title,
        "workspace": without_password(run.workspace),
        "state": state_of(run).value,
        "writes": counts.total(),
        "counts": _by_object(counts),
        "undoes": run.undoes,
        "undone": undone.id if undone else None,
        "left": left_of(undone) if undone else None,
    }


def _by_object(counts: Any) -> "dict[str, dict[Operation, int]]":
    found: dict[str, dict[Operation, int]] = {}
    for (of, kind), count in sorted(counts.items()):
        found.setdefault(of, {})[kind] = count
    return found


def _stands(row: dict[str, Any]) -> list[str]:
    undone = ["undone in part" if row["left"] else "undone"] if row["undone"] else []
    return undone if row["state"] == "over" else [*undone, row["state"]]


def _words(plural: str) -> str:
    return naming.label(plural).lower()
