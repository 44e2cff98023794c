"""What became of a client's calls, and why those that did not work did not."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

GRAPHQL = "asks by GraphQL, which Icosa does not speak"
UNEXPLAINED = "NOT EXPLAINED"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A call of a client by its own name for it; `error` is what the client made of it, None where it worked."""

    call: str
    error: str | None

    @classmethod
    def read(cls, line: dict[str, Any]) -> "Outcome":
        """Of a line that a driver printed: {"call", "error"}."""
        return cls(line["call"], line["error"])


@dataclass(frozen=True, slots=True)
class Reason:
    """Why calls do not work: those whose name and error these patterns are found in, of workspaces of these versions."""

    why: str
    call: str
    error: str
    versions: Sequence[str] = ("1.0.3", "2.19")

    def explains(self, version: str, outcome: Outcome) -> bool:
        found = re.search(self.call, outcome.call) and re.search(self.error, outcome.error or "", re.DOTALL)
        return version in self.versions and bool(found)


def row(client: str, client_version: str, version: str, outcomes: Sequence[Outcome], reasons: Iterable[Reason]) -> list[str]:
    """The lines of one client and one workspace: its calls by REST counted, then each reason with its calls.  A reason that
    nothing is known of is UNEXPLAINED."""
    known = list(reasons)
    failed = [(each, _why(version, each, known)) for each in outcomes if each.error is not None]
    by_rest = len(outcomes) - sum(why == GRAPHQL for _, why in failed)
    lines = [f"| {client} | {client_version} | {version} | {by_rest - sum(why != GRAPHQL for _, why in failed)} of {by_rest} | |"]
    for why, count in Counter(why for _, why in failed).most_common():
        names = [each.call for each, other in failed if other == why]
        shown = ", ".join(names[:4]) + (f" and {len(names) - 4} more" if len(names) > 4 else "")
        lines.append(f"| | | | {count} not | {why}: {shown} |")
        if why == UNEXPLAINED:
            lines += [f"| | | | | {each.call}: {_short(each.error)} |" for each, other in failed if other == why]
    return lines


def _why(version: str, outcome: Outcome, reasons: list[Reason]) -> str:
    return next((each.why for each in reasons if each.explains(version, outcome)), UNEXPLAINED)


def _short(text: str | None) -> str:
    return " ".join((text or "").split()).replace("|", "/")[:400]
