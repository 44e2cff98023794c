"""Parts of a value that a change does not name stay as they are, also on a server that writes the value whole."""

import json
from pathlib import Path

import icosa
from icosa.standard import EmailsInput, LinksInput
from tests.cli.conftest import Shell
from tests.newer_server import NewerServer

LINK: LinksInput = {
    "primaryLinkUrl": "https://a.example.com",
    "primaryLinkLabel": "A",
    "secondaryLinks": [{"url": "https://b.example.com", "label": "B"}],
}


def test_a_part_of_a_link_and_of_an_email_field_leaves_the_others(crm: icosa.Client) -> None:
    emails: EmailsInput = {"primaryEmail": "ada@example.com", "additionalEmails": ["a@example.com"]}
    made = crm.people.create_one(linkedin_link=LINK, emails=emails, depth=0)
    changed = crm.people.update_one(made["id"], linkedin_link={"primaryLinkUrl": "https://c.example.com"}, depth=0)
    assert changed["linkedinLink"] == {**LINK, "primaryLinkUrl": "https://c.example.com"}
    changed = crm.people.update_one(made["id"], emails={"additionalEmails": ["b@example.com"]}, depth=0)
    assert changed["emails"] == {"primaryEmail": "ada@example.com", "additionalEmails": ["b@example.com"]}


def test_so_does_the_option_of_a_part(shell: Shell, crm: icosa.Client) -> None:
    emails: EmailsInput = {"primaryEmail": "ada@example.com", "additionalEmails": ["a@example.com"]}
    made = crm.people.create_one(linkedin_link=LINK, emails=emails, name={"firstName": "Ada", "lastName": "Byron"}, depth=0)
    given = ["--linkedin-link.url", "https://c.example.com", "--emails.additional", "b@example.com", "--name.last", "Lovelace"]
    changed = shell("people", "update-one", made["id"], *given, "--depth", "0").json
    assert changed["linkedinLink"] == {**LINK, "primaryLinkUrl": "https://c.example.com"}
    assert changed["emails"] == {"primaryEmail": "ada@example.com", "additionalEmails": ["b@example.com"]}
    assert changed["name"] == {"firstName": "Ada", "lastName": "Lovelace"}


def test_a_whole_value_takes_no_look(server: NewerServer, crm: icosa.Client) -> None:
    made = crm.people.create_one(linkedin_link=LINK, depth=0)
    crm.people.update_one(made["id"], linkedin_link=LINK, emails={"primaryEmail": "a@example.com"}, job_title="x", depth=0)
    assert [each.method for each in server.asked] == ["POST", "PATCH"]


def test_so_it_is_in_bulk_without_another_look(server: NewerServer, shell: Shell, tmp_path: Path, crm: icosa.Client) -> None:
    crm.people.create_one(linkedin_link=LINK, emails={"primaryEmail": "ada@example.com"}, depth=0)
    rows = tmp_path / "rows.csv"
    rows.write_text("Email,linkedinLink.primaryLinkUrl\nada@example.com,https://c.example.com\n")
    asked = len(server.asked)
    assert shell("import", str(rows), "--to", "people", "--key", "emails.primaryEmail", "--yes").json["changed"] == 1
    (person,) = crm.people.find_many(depth=0)
    assert person["linkedinLink"] == {**LINK, "primaryLinkUrl": "https://c.example.com"}
    assert not [each for each in server.asked[asked:] if each.method == "GET" and "/people/" in each.path]
    assert shell("undo", "last", "--yes").json["changed"] == 1
    assert crm.people.find_one(person["id"], depth=0)["linkedinLink"] == LINK


def test_a_pushed_mirror_clears_keeps_and_is_undone(server: NewerServer, shell: Shell, tmp_path: Path, crm: icosa.Client) -> None:
    made = crm.companies.create_one(name="Kept", address={"addressCity": "Rome"}, domain_name=LINK, depth=0)
    gone = crm.companies.create_one(name="Gone", depth=0)
    mirror, plan = str(tmp_path / "crm.db"), str(tmp_path / "push.plan")
    assert shell("pull", server.url, "--into", mirror).code == 0
    with icosa.connect(f"sqlite:///{mirror}") as mine:
        mine.companies.update_one(made["id"], address=None, domain_name={"primaryLinkLabel": "New"}, depth=0)
        mine.companies.delete_one(gone["id"])
    assert shell("push", mirror, "--to", server.url, "--plan", plan).code == 0
    done = shell("apply", plan).json
    assert (done["changed"], done["deleted"], done["bad"]) == (1, 1, 0)
    now = crm.companies.find_one(made["id"], depth=0)
    assert (now["address"]["addressCity"], now["domainName"]) == ("", {**LINK, "primaryLinkLabel": "New"})
    undone = json.loads(shell("undo", "last", "--yes").out)
    assert (undone["changed"], undone["restored"], undone["bad"]) == (1, 1, 0)
    now = crm.companies.find_one(made["id"], depth=0)
    assert (now["address"]["addressCity"], now["domainName"]) == ("Rome", LINK)
    assert crm.companies.find_many(depth=0).total_count == 2
