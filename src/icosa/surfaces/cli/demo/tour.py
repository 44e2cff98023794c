"""The steps of the demo.  The Python line that a step shows is the line it runs."""

from collections import Counter
from typing import Any

from icosa import Client
from icosa.call.masking import masked
from icosa.errors import IcosaError
from icosa.sample import Record, Sample
from icosa.surfaces.cli.demo.page import TourPage
from icosa.wire.actions import OPERATIONS, actions_of

NOBODY = "20202020-0000-4000-8000-000000000000"
"""A well-formed id that the sample does not hold."""


class Tour:
    """The main job, shown on the sample that `crm` holds."""

    def __init__(self, page: TourPage, crm: Client, sample: Sample) -> None:
        self._page = page
        self._crm = crm
        self._sample = sample
        self._names: dict[str, Any] = {"crm": crm}

    def go(self) -> None:
        self._actions()
        self._companies()
        self._person()
        self._account()
        self._mistakes()
        self._several()
        self._duplicates()
        self._deletion()

    def _actions(self) -> None:
        objects = len(self._crm.catalogue.objects)
        self._page.step("What can be done", shell="icosa actions connected account")
        self._page.answer(
            f"{objects} resources x {len(OPERATIONS)} operations = {objects * len(OPERATIONS)} actions. Those of Connected Accounts:"
        )
        listed = actions_of(self._crm.connected_accounts.object)
        self._page.table(("Action", "Request"), [(each.label, f"{each.method} {each.path}") for each in listed])

    def _companies(self) -> None:
        found = self._run(
            "Find records, by filter and order",
            'crm.companies.find_many(filter="idealCustomerProfile[eq]:true,employees[gte]:100",\n'
            '                        order_by="employees[DescNullsLast]", limit=5, depth=0)',
            "icosa companies find-many --filter 'idealCustomerProfile[eq]:true,employees[gte]:100' \\\n"
            "    --order-by 'employees[DescNullsLast]' --limit 5 --depth 0",
        )
        rows = [(each["name"], each["address"]["addressCity"], each["employees"]) for each in found]
        self._page.table(("Name", "City", "Employees"), rows)
        self._page.answer(f"{len(found)} of {found.total_count}; there is {'a' if found.has_next_page else 'no'} next page")

    def _person(self) -> None:
        writers = Counter(each["personId"] for each in self._sample["messageParticipants"] if "personId" in each)
        id_ = writers.most_common(1)[0][0]
        person = self._run(
            "One record with what it is related to",
            f'crm.people.find_one("{id_}", depth=1)',
            f"icosa people find-one {id_} --depth 1",
        )
        collections = [(name, f"{len(value)} of them") for name, value in person.items() if isinstance(value, list) and value]
        own = [
            ("name", _full_name(person)),
            ("jobTitle", person["jobTitle"]),
            ("emails.primaryEmail", person["emails"]["primaryEmail"]),
            ("company.name", person["company"]["name"]),
        ]
        self._page.table(("Field", "Value"), own + collections)

    def _account(self) -> None:
        account = self._sample["connectedAccounts"][-1]["id"]
        items = self._run(
            "Run an action by its labels: a connected account gets a new token",
            'crm.run("Connected Accounts", "Update One Connected Account",\n'
            f'        {{"Id": "{account}",\n'
            '         "Access Token": "sample-renewed", "Scopes": \'["mail.read"]\', "Depth": 0})',
            f"icosa connected-accounts update-one {account} \\\n    --access-token sample-renewed --scopes '[\"mail.read\"]' --depth 0",
        )
        changed = masked(self._crm.catalogue, items[0].json["data"]["updateConnectedAccount"])
        shown = ("handle", "provider", "accessToken", "refreshToken", "scopes", "authFailedAt", "updatedAt")
        self._page.table(("Field", "Value"), [(name, changed[name]) for name in shown])
        self._page.answer("Only what was given was sent. Tokens are encrypted in the file, and masked where they are shown.")

    def _mistakes(self) -> None:
        self._page.step("A mistake is told before anything is sent, with how to mend it")
        account = self._sample["connectedAccounts"][0]["id"]
        for line in (
            'crm.people.find_one("42")',
            f'crm.people.find_one("{NOBODY}", depth=3)',
            f'crm.connected_accounts.update_one("{account}", scopes=\'["mail.read",]\')',
            'crm.opportunities.create_one(name="Big deal", stage="WON")',
        ):
            self._page.python(line)
            try:
                self._evaluate(line)
            except IcosaError as error:
                self._page.answer(f"{type(error).__name__}: {error}")

    def _several(self) -> None:
        first, second = (self._sample["companies"][at]["id"] for at in (0, 5))
        items = self._run(
            "Several items: one that fails does not hold up the others",
            'crm.run("Companies", "Find One Company",\n'
            f'        [{{"Id": "{first}", "Depth": 0}},\n'
            f'         {{"Id": "{NOBODY}", "Depth": 0}},\n'
            f'         {{"Id": "{second}", "Depth": 0}}], on_error="continue")',
        )
        outcomes = [f"{type(each.error).__name__}: {each.error}" if each.error else each.json["data"]["company"]["name"] for each in items]
        self._page.table(("Item", "Outcome"), list(enumerate(outcomes)))

    def _duplicates(self) -> None:
        twin = self._sample["people"][-1]["id"]
        pages = self._run(
            "Duplicates of a person: the same name, profile or address",
            f'crm.people.find_duplicates(ids=["{twin}"], depth=0)',
            f"icosa people find-duplicates --ids '[\"{twin}\"]' --depth 0",
        )
        rows = [(_full_name(each), each["emails"]["primaryEmail"]) for each in pages[0]]
        self._page.table(("Name", "Address"), rows)

    def _deletion(self) -> None:
        company = self._sample["companies"][2]["id"]
        self._run(
            "Delete a record: it is out of sight, and can be brought back",
            f'crm.companies.delete_one("{company}")',
            f"icosa companies delete-one {company}",
        )
        self._ask('crm.companies.find_many(filter="deletedAt[is]:NOT_NULL", depth=0)[0]["name"]')
        self._ask(f'crm.companies.restore_one("{company}", depth=0)["id"]')
        self._ask(f'crm.companies.find_one("{company}", depth=0)["name"]')

    def _run(self, title: str, python: str, shell: str = "") -> Any:
        self._page.step(title, python=python, shell=shell)
        return self._evaluate(python)

    def _ask(self, python: str) -> None:
        self._page.python(python)
        self._page.answer(repr(self._evaluate(python)))

    def _evaluate(self, python: str) -> Any:
        """What a line gives.  It is evaluated, so that what is shown cannot differ from what is done."""
        return eval(python, dict(self._names))


def _full_name(of: Record) -> str:
    return f"{of['name']['firstName']} {of['name']['lastName']}"
