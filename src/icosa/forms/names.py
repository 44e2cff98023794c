"""What the forms of a call are called, and what the shell calls the parts of one: no more than help texts need."""

import re
from typing import Final, Literal, get_args

from icosa.catalogue.naming import kebab_case
from icosa.wire.actions import Action, Property

Form = Literal["python", "python-async", "curl", "cli", "json"]
FORMS: Final[tuple[Form, ...]] = get_args(Form)

OPEN_API: Final = "open-api"
WITH_VALUE: Final = ("--url", "--database", "--token-file", "--timeout", "--as")
ALONE: Final = ("--json", "--show-secrets", "--dry-run", "--journal", "--no-journal", "--no-color", "--verbose", "-v", "--help", "-h")
"""Options that every action has, beside its properties: where it goes, and how its answer is shown."""

SEVERAL: Final = ("--all", "--next")
"""Options of find-many that are more, or something else, than the one call that stands there."""


def option_of(action: Action, of: Property) -> str | None:
    """The shell's option for a property; None for the id, which has none, and for a field that is called like
    an option that every command has: --data says it."""
    name = f"--{kebab_case(of.name)}"
    own = {each.name for each in action.properties if each.place != "body"} if action.takes_fields else ()
    taken = action.takes_fields and of.place == "body" and (of.name in own or name in (*WITH_VALUE, *ALONE, "--data", "--clear"))
    return None if taken or of.place == "path" else name


_CAMEL: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def option_spelt(name: str) -> str:
    """An option, or its name, as commands have it, from any spelling of its words: jobTitle and job_title are job-title."""
    return _CAMEL.sub("-", name).replace("_", "-").lower()
