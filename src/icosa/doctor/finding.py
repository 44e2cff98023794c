"""What the doctor finds."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any


class Severity(StrEnum):
    """What a difference means to what was made for the old catalogue."""

    DANGEROUS = "dangerous"  # it goes through without an error, and destroys, loses or misses records
    BREAKS = "breaks"  # it fails, or does something else
    NEW = "new"  # it goes on as before, and could do more
    SAFE = "safe"  # it goes on as before


class FindingKind(StrEnum):
    """What is different."""

    GONE = "gone"
    NEW = "new"
    TYPE = "type"
    OPTION = "option"
    REQUIRED = "required"
    NAME = "name"
    REQUEST = "request"  # what is asked so is done otherwise by another version
    MISTAKE = "mistake"  # it would not have worked before either


@dataclass(frozen=True, slots=True)
class Finding:
    """A difference, or a use that does not work.

    `object` is a plural as in paths, `member` a field or a relation of it, "" where the object itself is
    meant, and `option` the one that it is about.  `what` says it in a sentence and `mend` what to do; `file` and
    `line`, from 1, say where it is used, "" and 0 where no place is known.
    """

    severity: Severity
    kind: FindingKind
    object: str
    member: str
    what: str
    mend: str = ""
    option: str = ""
    file: str = ""
    line: int = 0

    @property
    def subject(self) -> str:
        """ "people.jobTitle"."""
        return f"{self.object}.{self.member}" if self.member else self.object

    @property
    def place(self) -> str:
        """ "import.py:12"; "" where no place is known."""
        return f"{self.file}:{self.line}" if self.line else self.file

    def as_json(self) -> dict[str, Any]:
        """The finding as JSON values; what is not known is left out."""
        return {name: str(value) if isinstance(value, StrEnum) else value for name, value in asdict(self).items() if value not in ("", 0)}


def worst_first(findings: Iterable[Finding]) -> list[Finding]:
    """Each once: what becomes dangerous, then what breaks, then what is new, then what is safe; in each, by place and else as they were."""
    order = list(Severity)
    return sorted(dict.fromkeys(findings), key=lambda each: (order.index(each.severity), each.file, each.line))
