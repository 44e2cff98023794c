"""The recorded conversation with a real Twenty 2.19, sent to a server of ours that answers as it does."""

import re
from collections.abc import Callable
from pathlib import Path

from icosa.wire.version import TWENTY_2_19
from tests.docs.pages import ROOT, table
from tests.recording.test_recording import replayed
from tests.serving import serving
from tests.shared import needs_shared

PAGE = ROOT / "docs" / "compatibility-2.19.md"
EXACT_AT_LEAST = 99.0
_STEP = re.compile(r"^--- (\S+) / (.*): [A-Z]+ /\S*", re.MULTILINE)


def listed() -> set[tuple[str, str]]:
    """The steps whose answers the page says to be others, by group and name."""
    return {(group, step.strip("`")) for group, step, _ in table(PAGE, "Group")}


@needs_shared
def test_every_status_is_the_recorded_one_and_every_answer_but_those_that_are_listed(
    tmp_path: Path, new_database: Callable[..., str]
) -> None:
    with serving(tmp_path, "My api key", new_database(None, TWENTY_2_19), version=TWENTY_2_19) as server:
        report = replayed("wirecheck219.py", "recording-2.19.jsonl", server, "--show", "2000")
    print(report)
    assert set(_STEP.findall(report)) == listed()
    totals = re.search(r"exact ([\d.]+)%\s+shape ([\d.]+)%\s+status ([\d.]+)%", report)
    assert totals, report
    assert float(totals[3]) == 100.0
    assert float(totals[1]) >= EXACT_AT_LEAST
