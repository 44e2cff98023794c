"""Many records at once: planned, applied, undone, and written to files.

from icosa import bulk

plan = bulk.plan_import(crm, "people", "people.csv", key="emails.primaryEmail")
plan = bulk.plan_import(crm, bulk.read_recipe("contacts.toml"), "contacts.csv")
applied = bulk.apply(crm, plan)
bulk.undo(crm, applied.run)
bulk.export(crm, "people", "people.parquet")
"""

from icosa.client.bulk.accounts import Accounts, accounts
from icosa.client.bulk.apply import Applied, apply
from icosa.client.bulk.export import Exported, Selection, export
from icosa.client.bulk.frames import to_arrow
from icosa.client.bulk.importing import Imported, import_rows, plan_import
from icosa.client.bulk.plan import PlanFile, read_plan
from icosa.client.bulk.problems import problems, write_bad_rows
from icosa.client.bulk.reasons import Reason, reasons
from icosa.client.bulk.recipes.drafting import save_recipe
from icosa.client.bulk.recipes.reading import read_recipe, recipe_of
from icosa.client.bulk.recipes.recipe import Recipe
from icosa.client.bulk.shaping import Conventions
from icosa.client.journal.reading import runs
from icosa.client.journal.undo import undo

__all__ = [
    "Accounts",
    "Applied",
    "Conventions",
    "Exported",
    "Imported",
    "PlanFile",
    "Reason",
    "Recipe",
    "Selection",
    "accounts",
    "apply",
    "export",
    "import_rows",
    "plan_import",
    "problems",
    "read_plan",
    "read_recipe",
    "reasons",
    "recipe_of",
    "runs",
    "save_recipe",
    "to_arrow",
    "undo",
    "write_bad_rows",
]
