"""The made-up workspace that is measured: companies, people, deals, notes and tasks.

It is written as rows, past the REST API: a million people take minutes and not hours.  Everything follows from
a record's number, so that ids need not be kept, and a bigger workspace begins with the records of a smaller one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from icosa.catalogue.columns import column_by_name, columns
from icosa.catalogue.kinds import wire_moment
from icosa.catalogue.model import Catalogue, Object
from icosa.wire.rest.body import read_record
from icosa.workspace.store.dialect import Dialect
from icosa.workspace.store.names import quoted
from icosa.workspace.store.records import new_columns

VERSION = 1
"""Raised whenever other records would be made than before."""

ROWS_AT_ONCE = 5_000
IDS_SPREAD = 5_000
_BEGIN = datetime(2026, 1, 5, tzinfo=UTC)
_ORDINALS = {"company": 1, "person": 2, "opportunity": 3, "note": 4, "noteTarget": 5, "task": 6, "taskTarget": 7}
_CITIES = ("Lyon", "Oslo", "Porto", "Graz", "Turku", "Ghent", "Split", "Brno", "Cork", "Malmö")
_TITLES = ("Engineer", "Head of Purchasing", "Accountant", "Office Manager", "Owner", "Buyer", "Consultant", "Developer")
_STAGES = ("NEW", "SCREENING", "MEETING", "PROPOSAL", "CUSTOMER")
_ONSETS, _VOWELS, _CODAS = "bdfgklmnprstv", "aeiou", ("n", "r", "l", "s", "nd", "rt", "ck", "m")


@dataclass(frozen=True, slots=True)
class Size:
    """How many records of each object there are, which follows from how many people."""

    people: int

    def of(self, singular: str) -> int:
        part = {"company": 0.2, "person": 1, "opportunity": 0.3, "note": 0.1, "noteTarget": 0.1, "task": 0.1, "taskTarget": 0.1}
        return int(self.people * part[singular])

    def __str__(self) -> str:
        return f"{self.people:,} people, {self.of('company'):,} companies, {self.of('opportunity'):,} opportunities"


def record_id(singular: str, number: int) -> str:
    """The id of a record.  As in ids that the workspace makes, a clock comes first, and the form is that of version 4."""
    clock = int(_BEGIN.timestamp() * 1000) + number
    tail = (number * 0x9E3779B97F4A7C15 + 1) & 0xFFFFFFFFFFFF
    head = f"{clock:012x}"
    return f"{head[:8]}-{head[8:]}-4{_ORDINALS[singular]:03x}-8000-{tail:012x}"


def spread_ids(singular: str, size: Size) -> list[str]:
    """Ids of records from all over the database."""
    count = size.of(singular)
    return [record_id(singular, number * 7919 % count) for number in range(min(count, IDS_SPREAD))]


def word(number: int) -> str:
    """Eight letters that no other record's e-mail or web address holds."""
    mixed = (number * 0x9E3779B1 + 12345) & 0xFFFFFFFF
    return "".join(chr(97 + (mixed >> shift) % 16) for shift in range(0, 32, 4))


def moment(number: int) -> str:
    """When a record was made: one every ten seconds."""
    return wire_moment(_BEGIN + timedelta(seconds=10 * number))


def batches(catalogue: Catalogue, dialect: Dialect, size: Size) -> Iterator[tuple[str, list[list[Any]]]]:
    """All records of a workspace of this size: INSERTs with the rows that they are run for."""
    for singular in _ORDINALS:
        of, count = catalogue.by_singular[singular], size.of(singular)
        for begin in range(0, count, ROWS_AT_ONCE):
            yield insert_text(of), list(_rows(catalogue, dialect, of, range(begin, min(count, begin + ROWS_AT_ONCE))))


def insert_text(of: Object) -> str:
    """INSERT for one record with all its columns, in the catalogue's order."""
    listed = [quoted(column.name) for column in columns(of)]
    return f"INSERT INTO {quoted(of.table)} ({', '.join(listed)}) VALUES ({', '.join('?' * len(listed))})"


def pattern_row(catalogue: Catalogue, dialect: Dialect, of: Object) -> dict[str, Any]:
    """Stored values by column of a record such as the workspace would make; each record replaces its own of them."""
    sent = read_record(catalogue, of, {name: value for name, value in PATTERNS[of.singular].items() if name in of.field_by_name})
    values = {"position": 0.0, **new_columns(of, sent, record_id(of.singular, 0), moment(0))}
    return {column.name: dialect.value(column, values[column.name]) for column in columns(of)}


# Of fields that a version has under another name, or not at all, each workspace gets those that it has.
PATTERNS: dict[str, dict[str, Any]] = {
    "company": {
        "name": "Company",
        "employees": 12,
        "address": {"addressStreet1": "1 High Street", "addressCity": "Lyon", "addressCountry": "France"},
        "annualRecurringRevenue": {"amountMicros": 5000000, "currencyCode": "EUR"},
        "annualRevenue": {"amountMicros": 5000000, "currencyCode": "EUR"},
        "createdBy": {"source": "IMPORT", "name": "Import"},
    },
    "person": {
        "name": {"firstName": "First", "lastName": "Last"},
        "phones": {"primaryPhoneNumber": "612345678", "primaryPhoneCountryCode": "FR", "primaryPhoneCallingCode": "+33"},
        "createdBy": {"source": "IMPORT", "name": "Import"},
    },
    "opportunity": {"name": "Deal", "createdBy": {"source": "IMPORT", "name": "Import"}},
    "note": {
        "title": "Note",
        "bodyV2": {"markdown": "Met at the fair; wants an offer."},
        "createdBy": {"source": "IMPORT", "name": "Import"},
    },
    "noteTarget": {},
    "task": {"title": "Task", "createdBy": {"source": "IMPORT", "name": "Import"}},
    "taskTarget": {},
}


def _rows(catalogue: Catalogue, dialect: Dialect, of: Object, numbers: range) -> Iterator[list[Any]]:
    pattern, by_name = pattern_row(catalogue, dialect, of), column_by_name(of)
    for number in numbers:
        own = {name: dialect.value(by_name[name], value) for name, value in _own(of.singular, number).items() if name in by_name}
        yield list({**pattern, **own}.values())


def _own(singular: str, number: int) -> dict[str, Any]:
    """The columns in which a record differs from its pattern, by the names of every version.  A company has five people,
    wherever it stands."""
    own: dict[str, Any] = {"id": record_id(singular, number), "createdAt": moment(number), "updatedAt": moment(number)}
    match singular:
        case "company":
            own["name"], own["position"] = f"{_name(number)} {_name(number * 7 + 3)}".title(), float(number)
            own["domainNamePrimaryLinkUrl"] = f"https://{word(number)}.example.com"
            own["addressAddressCity"] = _CITIES[number % len(_CITIES)]
        case "person":
            own["nameFirstName"], own["nameLastName"] = _name(number % 997).title(), _name(number).title()
            own["emailsPrimaryEmail"] = f"{own['nameFirstName'].lower()}.{word(number)}@example.com"
            own["city"], own["jobTitle"] = _CITIES[number % len(_CITIES)], _TITLES[number % len(_TITLES)]
            own["companyId"], own["position"] = record_id("company", number // 5), float(number)
        case "opportunity":
            person = number * 10 // 3
            own["name"], own["stage"], own["position"] = f"Deal {number}", _STAGES[number % len(_STAGES)], float(number)
            own["companyId"], own["pointOfContactId"] = record_id("company", person // 5), record_id("person", person)
            own["closeDate"] = moment(number + 100_000)
        case "note" | "task":
            own["title"], own["position"] = f"{singular.title()} {number}", float(number)
        case _:
            about = singular.removesuffix("Target")
            own[f"{about}Id"] = record_id(about, number)
            own["personId"] = own["targetPersonId"] = record_id("person", number * 10)
    return own


def _name(number: int) -> str:
    """A word of three syllables that can be spoken."""
    mixed = number * 2654435761 % 2**32
    syllables = []
    for _ in range(3):
        mixed, onset = divmod(mixed, len(_ONSETS))
        mixed, vowel = divmod(mixed, len(_VOWELS))
        syllables.append(_ONSETS[onset] + _VOWELS[vowel])
    return "".join(syllables) + _CODAS[mixed % len(_CODAS)]
