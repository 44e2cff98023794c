"""Many records at once: planned, applied, undone, and written to files.

from icosa import bulk

plan = bulk.plan_import(crm, "people", "people.csv", key="emails.primaryEmail")
plan = bulk.plan_import(crm, bulk.read_recipe("contacts.toml"), "contacts.csv")
applied = bulk.apply(crm, plan)
bulk.undo(crm, applied.run)
bulk.export(crm, "people", "people.parquet")
"""

from icosa.exports.export import Exported, Selection, export
from icosa.exports.frames import to_arrow
from icosa.imports.importing import Imported, import_rows, plan_import
from icosa.imports.problems import problems, write_bad_rows
from icosa.imports.reasons import Reason, reasons
from icosa.imports.recipes.drafting import save_recipe
from icosa.imports.recipes.reading import read_recipe, recipe_of
from icosa.imports.recipes.recipe import Recipe
from icosa.imports.shaping import Conventions
from icosa.journal.reading import runs
from icosa.plans.accounts import Accounts, accounts
from icosa.plans.apply import Applied, apply
from icosa.plans.plan import PlanFile, read_plan
from icosa.plans.undo import undo

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
