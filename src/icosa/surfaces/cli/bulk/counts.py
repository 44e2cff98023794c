"""How many records of which object: of a plan, and of what came of one."""

from typing import TYPE_CHECKING

from icosa.catalogue import naming
from icosa.surfaces.cli import output

if TYPE_CHECKING:
    from icosa.plans.outcome import Counts

_WORDS = {
    "create": "to create", "change": "to change", "delete": "to delete", "restore": "to bring back",
    "skip": "as they should be", "conflict": "in conflict", "bad": "bad rows", "left": "left out",
    "created": "created", "changed": "changed", "deleted": "deleted", "restored": "brought back",
    "unchanged": "as they should be", "conflicts": "in conflict",
}  # fmt: skip


def show(counts: "Counts", title: str, no_color: bool) -> None:
    """A table: a line for each object and what there is to say of it."""
    rows = [
        {"count": count, "object": naming.label(of), "what": _WORDS[name]}
        for of, by_name in counts.items()
        for name, count in by_name.items()
        if count
    ]
    output.print_rows(rows, {"count": "Records", "object": "Of", "what": title}, False, no_color)


def summed_up(counts: "Counts") -> str:
    """Counts in a line: "Companies: 4 to create; People: 2,641 to create, 116 in conflict, 245 bad rows"."""
    texts = {of: ", ".join(f"{count:,} {_WORDS[name]}" for name, count in each.items() if count) for of, each in counts.items()}
    return "; ".join(f"{naming.label(of)}: {words}" for of, words in texts.items())
