"""Whether tests reach the code: what was measured by `make coverage`, held to its bars.

    python -m tests.covered

Ends with 1 where all files together, or one alone, are below their bar, and names the lines that no test reaches; with 2 where what
a process of the run measured is not there, of which no percentage tells anything."""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from coverage import Coverage, CoverageData
from coverage.exceptions import CoverageException

from tests.measuring import BEGUN, WRITTEN

TOTAL = 97.0
"""Percent of statements and branches of all files that tests reach, at the least."""
EACH = 90.0
"""Percent of those of any one file."""

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Measured:
    """What was reached of a file, or of all; `missing` says the lines that were not."""

    name: str
    reached: int
    possible: int
    missing: str = ""

    @property
    def percent(self) -> float:
        return 100.0 * self.reached / self.possible if self.possible else 100.0


def findings(files: list[Measured]) -> Iterator[str]:
    """A line for each file below its bar, the worst first, and one for all of them together where they are below theirs."""
    for each in sorted(files, key=lambda file: file.percent):
        if each.percent < EACH:
            yield f"{each.name}: {each.percent:.1f} % is reached, of {EACH:.0f}; not these lines: {each.missing}"
    total = together(files)
    if total.percent < TOTAL:
        yield f"all files: {total.percent:.1f} % is reached, of {TOTAL:.0f}"


def together(files: list[Measured]) -> Measured:
    return Measured("all files", sum(each.reached for each in files), sum(each.possible for each in files))


def gathered(data: Path) -> None:
    """Makes one file of what each process measured beside it.  Raises CoverageException where one that ran tests wrote nothing down."""
    lost, written = list(data.parent.glob(f"{BEGUN}*")), list(data.parent.glob(f"{WRITTEN}*"))
    lost += [word for word in written if not _holds(word.with_name(word.name.removeprefix(WRITTEN)))]
    if lost:
        processes = " and ".join(sorted(word.read_text("utf-8") for word in lost))
        raise CoverageException(f"what {processes} measured is missing; run `make coverage` again")
    if written:
        coverage = _coverage(data)
        coverage.combine()
        coverage.save()
    for word in written:
        word.unlink()


def _holds(file: Path) -> bool:
    """Whether lines that were reached stand in a file."""
    data = CoverageData(str(file))
    try:
        data.read()
        return any(data.lines(each) for each in data.measured_files())
    except CoverageException:
        return False
    finally:
        data.close()


def _coverage(data: Path) -> Coverage:
    return Coverage(data_file=str(data), config_file=str(ROOT / "pyproject.toml"))


def measured(data: Path) -> list[Measured]:
    """All files of Icosa as they were measured.  Raises CoverageException where nothing was."""
    coverage = _coverage(data)
    coverage.load()
    if not coverage.get_data().measured_files():
        raise CoverageException("nothing was measured; `make coverage` does")
    with TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        coverage.json_report(outfile=str(report))
        return [_measured(name, of) for name, of in json.loads(report.read_text("utf-8"))["files"].items()]


def _measured(name: str, of: dict[str, Any]) -> Measured:
    count = of["summary"]
    return Measured(
        Path(name).as_posix(),
        count["covered_lines"] + count["covered_branches"],
        count["num_statements"] + count["num_branches"],
        ", ".join([*_ranges(of["missing_lines"]), *(f"{at}->{to}" for at, to in of["missing_branches"] if at not in of["missing_lines"])]),
    )


def _ranges(lines: list[int]) -> Iterator[str]:
    """[1, 2, 3, 7] as 1-3 and 7."""
    for _, group in groupby(enumerate(lines), lambda numbered: numbered[1] - numbered[0]):
        run = [line for _, line in group]
        yield f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0])


def main(data: Path) -> int:
    try:
        gathered(data)
        files = measured(data)
    except CoverageException as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    below = list(findings(files))
    for line in below:
        print(line)
    print(f"{together(files).percent:.1f} % of {len(files)} files is reached by tests")
    return int(bool(below))


if __name__ == "__main__":
    sys.exit(main(ROOT / "build" / "coverage" / "data"))
