"""A recipe is checked whole before a row is read, and each fault has its line."""

import pytest

from icosa import bulk
from icosa.catalogue.fields import Text
from icosa.catalogue.model import BelongsTo, Catalogue, Object
from icosa.client.blocking import Client
from icosa.errors import InvalidValue
from icosa.imports.recipes.linking import attachment_of
from icosa.imports.recipes.recipe import Table
from icosa.toml.faults import TomlFaults

GOOD = """\
version = 1
ignore = ["Nr"]

[file]
delimiter = ";"

[conventions]
date-order = "dmy"

[column."Stage".map]
"Offer" = "PROPOSAL"

[companies]
key = ["domainName", "name"]
only = { column = "Firm", is = "set" }
[companies.columns]
"Firm" = "name"
"Site" = "domainName"

[opportunities]
key = "name + company"
[opportunities.columns]
"Stage" = "stage"
[opportunities.values]
name = "Deal {Firm}"
amount.currencyCode = "EUR"
[opportunities.defaults]
stage = "NEW"

[notes]
attach = ["companies"]
[notes.columns]
"Note" = "title"
"""
ROW = {"Nr": "1", "Firm": "Acme", "Site": "acme.example.com", "Stage": "Offer", "Note": "x"}


def said(crm: Client, text: str) -> str:
    with pytest.raises(InvalidValue) as caught:
        bulk.plan_import(crm, bulk.recipe_of(text, "some/where/my.toml"), [ROW])
    assert str(caught.value).startswith("my.toml: ")
    return str(caught.value).removeprefix("my.toml: ")


def test_the_recipe_is_good(crm: Client) -> None:
    assert bulk.plan_import(crm, bulk.recipe_of(GOOD), [ROW]).counts["create"] == 4


@pytest.mark.parametrize(
    ("good", "wrong", "line", "message"),
    [
        ("version = 1", "version = 2", 0, "says version 2"),
        ("version = 1", "", 0, "says none"),
        ("ignore =", "ignor =", 2, "did you mean ignore?"),
        ('ignore = ["Nr"]', "ignore = 7", 2, "is to be a list of texts"),
        ('["Nr"]', '["No"]', 2, "there is no column 'No'"),
        ("delimiter", "delimeter", 5, "did you mean delimiter?"),
        ('delimiter = ";"', 'head = "x"', 5, "is to be a number"),
        ('delimiter = ";"', "head = 0", 5, "rows count from 1"),
        ('key = ["domainName", "name"]', "key = []", 14, "names nothing to match by"),
        ('stage = "NEW"', 'company.name = "Acme"', 28, "is a record of the same row"),
        ('name = "Deal {Firm}"', 'company.name = "Acme"', 25, "is a record of the same row"),
        ("date-order", "date_order", 8, "did you mean date-order?"),
        ('"dmy"', '"dym"', 8, "give one of dmy, mdy, ymd"),
        ('[column."Stage".map]', '[column."Stagee".map]', 10, "did you mean Stage?"),
        ('"Offer" = "PROPOSAL"', '"Offer" = "PROPOSL"', 11, "PROPOSAL"),
        ("[companies]", "[compagnies]", 13, "is no table of a recipe, and no object of the workspace"),
        ('"name"]', '"employees"]', 14, "no column and no value goes to employees"),
        ('is = "set"', 'is = "there"', 15, 'is = "set"'),
        ('column = "Firm", is', 'column = "Frim", is', 15, "did you mean Firm?"),
        ("only =", "onyl =", 15, "did you mean only?"),
        ('"Firm" = "name"', '"Frim" = "name"', 17, "did you mean Firm?"),
        ('"Firm" = "name"', '"Firm" = "nmae"', 17, "did you mean name"),
        ('"Site" = "domainName"', '"Site" = "name"', 18, "both go to name"),
        ('key = "name + company"', 'key = "company"', 21, "has no value of its own"),
        ('"Stage" = "stage"', '"Stage" = "company.name"', 23, "is a record of the same row"),
        ("Deal {Firm}", "Deal {Frim}", 25, "did you mean Firm?"),
        ('"EUR"', '"Moon money"', 26, "Moon money"),
        ('stage = "NEW"', 'stage = "NEWER"', 28, "NEWER"),
        ('attach = ["companies"]', 'attach = ["people"]', 31, "there is no table of this recipe 'people'"),
        ('[companies.columns]', 'repeats = "both"\n[companies.columns]', 16, "merge, first, last, refuse"),
        ('[companies.columns]', 'attach = ["notes"]\n[companies.columns]', 16, "are attached to nothing"),
        ('[companies.columns]', 'link = { accountOwner = "owners" }\n[companies.columns]', 16, "there is no table of this recipe 'owners'"),
        ('[companies.columns]', 'link = { accountOwner = "notes" }\n[companies.columns]', 16, "a workspaceMember, and [notes] has none"),
        ('attach = ["companies"]', 'attach = ["notes"]', 31, "notes cannot be attached to notes"),
        ('[companies.columns]', 'link = { boss = "notes" }\n[companies.columns]', 16, "there is no relation of companies 'boss'"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_line(crm: Client, good: str, wrong: str, line: int, message: str) -> None:
    assert good in GOOD
    found = said(crm, GOOD.replace(good, wrong, 1))
    assert message in found
    assert not line or f"line {line}: " in found


def test_all_faults_are_told_at_once(crm: Client) -> None:
    found = said(crm, GOOD.replace('"Firm" = "name"', '"Frim" = "name"').replace('"Note" = "title"', '"Note" = "titel"'))
    assert found.startswith("has 2 faults:")
    assert found.index("line 17: ") < found.index("line 33: ")


def test_what_is_no_toml_is_told_with_its_line(crm: Client) -> None:
    assert "at line 17" in said(crm, GOOD.replace('"Firm" = "name"', "Firm name"))


def test_a_recipe_without_a_table_says_nothing(crm: Client) -> None:
    assert "such as [people]" in said(crm, "version = 1\n")


def test_what_cannot_be_attached_is_told(crm: Client) -> None:
    assert "notes cannot be attached to notes" in said(crm, GOOD.replace('attach = ["companies"]', 'attach = ["notes"]'))


def test_notes_are_attached_as_the_workspace_itself_attaches_them() -> None:
    """Of two relations to people, the one that is called after them counts, wherever it stands."""
    note, person = Object("note", "notes", "", (Text("title", ""),)), Object("person", "people", "", (Text("name", ""),))
    relations = (
        BelongsTo("author", "person", "written", ""),
        BelongsTo("note", "note", "noteTargets", ""),
        BelongsTo("targetPerson", "person", "noteTargets", ""),
    )
    catalogue = Catalogue((note, person, Object("noteTarget", "noteTargets", "", relations)))
    tables = {"people": (person, Table("people")), "notes": (note, Table("notes", attach=("people",)))}
    attached = attachment_of(TomlFaults("my.toml", ""), catalogue, tables, "notes")
    assert attached is not None
    assert (attached.of.plural, attached.own, attached.to) == ("noteTargets", "noteId", (("people", "targetPersonId"),))
