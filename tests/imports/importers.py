"""What tests of imports share: rows of people, and what a workspace has to hold once they are in."""

import csv
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from icosa.client.blocking import Client
from icosa.plans.step import Creation, Step, fields_of, name_of

COLUMNS = ("First name", "Last name", "Email", "Job title", "company.domainName")


def write_people(path: Path, count: int, *, title: str = "Engineer", companies: int = 5, start: int = 0) -> Path:
    """A file of so many people of so many companies."""
    with path.open("w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(COLUMNS)
        for at in range(start, start + count):
            rows.writerow((f"Given{at}", f"Family{at}", f"person{at}@example.com", title, f"company{at % companies}.example.com"))
    return path


def write_csv(path: Path, columns: Sequence[str], *rows: Sequence[str]) -> Path:
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([columns, *rows])
    return path


def held(crm: Client, *resources: str) -> dict[str, dict[str, Any]]:
    """Every record of some resources by its id, but for the moment of its last change."""
    return {
        each["id"]: {name: value for name, value in each.items() if name != "updatedAt"}
        for resource in resources
        for each in crm[resource].iterate(depth=0)
    }


def emails(crm: Client) -> Counter[str]:
    return Counter(each["emails"]["primaryEmail"] for each in crm["people"].iterate(depth=0))


def each_once(crm: Client, count: int, companies: int = 5) -> None:
    """Every person of `write_people` is there exactly once, and belongs to the right company, of which there is one."""
    assert emails(crm) == Counter({f"person{at}@example.com": 1 for at in range(count)})
    domains: Mapping[str, str] = {each["id"]: each["domainName"]["primaryLinkUrl"] for each in crm["companies"].iterate(depth=0)}
    assert sorted(domains.values()) == sorted(f"company{at}.example.com" for at in range(companies))
    for each in crm["people"].iterate(depth=0):
        at = int(each["emails"]["primaryEmail"].removeprefix("person").partition("@")[0])
        assert domains[each["companyId"]] == f"company{at % companies}.example.com"


def described(steps: list[Step]) -> list[Any]:
    """Steps, with new ids by the order in which they come first."""
    new = {step.record["id"]: f"new {at}" for at, step in enumerate(steps) if isinstance(step, Creation)}

    def known(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: known(each) for name, each in value.items()}
        if isinstance(value, tuple):
            return [known(each) for each in value]
        return new.get(value, value) if isinstance(value, str) else value

    return [(name_of(step), known(fields_of(step))) for step in steps]
