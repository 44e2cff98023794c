"""Labels where they stand among other words."""

import pytest

from icosa.catalogue.naming import in_a_sentence


@pytest.mark.parametrize(
    ("label", "among_words"),
    [
        ("Calendar Events", "calendar events"), ("API Keys", "API keys"), ("ICP", "ICP"), ("External Bot ID", "external bot ID"),
        ("iCal UID", "iCal UID"), ("WorkflowAutomatedTriggers", "workflow automated triggers"), ("Body V 2", "body v 2"), ("", ""),
    ],
)  # fmt: skip
def test_capitals_of_an_abbreviation_stay_and_those_of_words_go(label: str, among_words: str) -> None:
    assert in_a_sentence(label) == among_words
