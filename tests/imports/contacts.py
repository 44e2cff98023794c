"""An export of contacts as an older program wrote it, in German: companies, people, deals and notes in one table."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from icosa.client.blocking import Client
from icosa.imports.recipes.reading import recipe_of
from icosa.imports.recipes.recipe import Recipe
from icosa.plans.plan import PlanFile
from icosa.plans.step import Step
from tests.imports.importers import held

HEADINGS: Final = (
    "Nr.", "Status", "Firma", "Webseite", "Vorname", "Nachname", "E-Mail", "Telefon", "Ort", "Phase", "Betrag", "Abschluss", "Notiz",
)  # fmt: skip

RECIPE: Final = """\
version = 1
ignore = ["Nr."]

[file]
head = 3
encoding = "cp1252"

[conventions]
date-order = "dmy"
decimal = ","
currency = "EUR"
region = "DE"
empty = ["Keine", "-"]

[column."Phase".map]
"Angebot" = "PROPOSAL"
"Gewonnen" = "CUSTOMER"
"Verloren" = "SCREENING"

[companies]
key = ["domainName", "name"]
only = { column = "Firma", is = "set" }

[companies.columns]
"Firma" = "name"
"Webseite" = "domainName"
"Ort" = "address.addressCity"

[people]
key = ["emails.primaryEmail", "name + company"]

[people.columns]
"Vorname" = "name.firstName"
"Nachname" = "name.lastName"
"E-Mail" = "emails.primaryEmail"
"Telefon" = "phones.primaryPhoneNumber"

[opportunities]
key = "name + company"
only = { column = "Status", one-of = ["aktiv", "neu"] }

[opportunities.columns]
"Phase" = "stage"
"Betrag" = "amount"
"Abschluss" = "closeDate"

[opportunities.values]
name = "Auftrag {Firma}"

[opportunities.defaults]
stage = "NEW"

[notes]
attach = ["people", "companies"]
key = "title"

[notes.columns]
"Notiz" = "bodyV2.markdown"

[notes.values]
title = "{Notiz}"
"""

TABLES: Final = ("companies", "people", "opportunities", "notes")
WRITTEN: Final = (*TABLES, "noteTargets")

ROWS: Final = (
    "1;aktiv;Müller GmbH;mueller.example.com/;Jörg;Müller;j@m.example.com;030 1234567;Berlin;Angebot;1.234,50 €;31.12.2026;Ruft zurück",
    "2;aktiv;Müller GmbH;mueller.example.com;Anna;Weiß;anna@mueller.example.com;Keine;Keine;;;;Mag Tee",
    "3;aktiv;Müller GmbH;;Jörg;Müller;J@m.example.com;;;;;;Ruft zurück",
    "4;aktiv;Schmidt AG;-;Paul;Schmidt;-;;Hamburg;Gewonnen;50.000 €;15.01.2026;Keine",
    "5;alt;Alt KG;;;;;;;Verloren;7;;",
    "6;neu;;;Solo;Person;solo@example.com;;;;;;",
    "7;neu;Kaputt;;Bad;Mail;keine-mail;;;Angebot;12;;",
    "8;neu;Nur Firma;nur.example.com;;;;;;;;;Firmennotiz",
    "9;neu;Schmidt AG;schmidt.example.com;Paul;Schmidt;paul@schmidt.example.com;;Bremen;;;;",
    "10;neu;Keine;Keine;;;;;;;;;",
)


def recipe(text: str = RECIPE, *, repeats: str = "merge") -> Recipe:
    return recipe_of(text.replace("\nkey =", f'\nrepeats = "{repeats}"\nkey ='), "contacts.toml")


def write_contacts(path: Path, rows: Sequence[str] = ROWS) -> Path:
    """The export: two rows of titles, then the headings, in the encoding of its time."""
    path.write_bytes("\r\n".join(["Kontakte;;", "Stand 01.03.2026;;", ";".join(HEADINGS), *rows, ""]).encode("cp1252"))
    return path


def by_row(plan: PlanFile, row: int) -> Mapping[str, Step]:
    """What becomes of a row, by object."""
    return {each.object: each for each in plan.steps() if each.row == row}


def everything(crm: Client) -> dict[str, object]:
    return {name: held(crm, name) for name in WRITTEN}
