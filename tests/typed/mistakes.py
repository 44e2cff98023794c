"""Ten mistakes, of the kinds that people make, planted in the file that uses all objects rightly."""

from dataclasses import dataclass
from pathlib import Path

RIGHT = Path(__file__).parent / "every_object.py"


@dataclass(frozen=True)
class Mistake:
    """What is written instead of what, and a part of what a checker has to say to it."""

    what: str
    right: str
    wrong: str
    says: str


MISTAKES = (
    Mistake("a field that is not there", 'job_title="Engineer"', 'job_titel="Engineer"', 'did you mean "job_title"?'),
    Mistake("an option that is none", 'stage="MEETING"', 'stage="MET"', "Literal['MET']"),
    Mistake("a depth that is none", '"Lovelace"}}], depth=0', '"Lovelace"}}], depth=3', "find_duplicates"),
    Mistake("a value of another type", "employees=12", 'employees="12"', 'incompatible type "str"; expected "float | None"'),
    Mistake("a required field left out", "object_metadata_id=uuid4(), ", "", 'Missing named argument "object_metadata_id"'),
    Mistake("a resource that is not there", "crm.note_targets.", "crm.notes_targets.", 'maybe "note_targets"'),
    Mistake("a key that no record has", 'again["jobTitle"]', 'again["job_title"]', 'has no key "job_title"'),
    Mistake("a path that no upsert can go by", 'key="emails.primaryEmail"', 'key="emails.primary"', 'Argument "key" to "upsert"'),
    Mistake("a part that a value has not", '{"amountMicros": Decimal', '{"amount": Decimal', 'expected "CurrencyInput | None"'),
    Mistake("a relation of a record that was read alone", 'depth=0)["deletedAt"]', 'depth=0)["company"]', 'has no key "company"'),
)


def with_mistakes() -> str:
    text = RIGHT.read_text("utf-8")
    for each in MISTAKES:
        assert text.count(each.right) == 1, each.what
        text = text.replace(each.right, each.wrong)
    return text


def lines_of_mistakes() -> dict[int, Mistake]:
    """The line of each, from 1; none of them adds a line or takes one away."""
    text = RIGHT.read_text("utf-8")
    return {text.count("\n", 0, text.index(each.right)) + 1: each for each in MISTAKES}
