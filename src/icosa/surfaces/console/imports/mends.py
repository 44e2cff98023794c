"""What mends rows that do not go in: where on the page of the columns it is chosen."""

from typing import Final, NamedTuple

from icosa.imports.reasons import Reason
from icosa.surfaces.console.imports.choices import CHOICES
from icosa.surfaces.console.imports.looking_in import Contents
from icosa.surfaces.console.imports.mapping import box_of
from icosa.surfaces.console.imports.upload import Upload

_LABELS: Final = {each.name: each.label for each in CHOICES}


class Mend(NamedTuple):
    """A link to what mends a reason."""

    text: str
    href: str


def mends(upload: Upload, contents: Contents, reason: Reason) -> list[Mend]:
    """With which choices the rows go in as they are."""
    if upload.recipe:
        return [Mend("Say it in the recipe", f"{upload.path}/map#recipe")]
    found = []
    for option in reason.options:
        name = option.partition(" ")[0].removeprefix("--").replace("-", "_")
        if name in _LABELS:
            found.append(Mend(f"Choose: {_LABELS[name]}", f"{upload.path}/map#{name}"))
        elif name == "key":
            found.append(Mend("Choose what rows are matched by", f"{upload.path}/map#key"))
    box = box_of(contents, reason.column)
    if box and not found:
        words = [each for each in reason.repeated if any(map(str.isalpha, each)) and not any(each_.isdigit() for each_ in each)]
        found += [Mend(f"Take “{words[0]}” for not known", f"{upload.path}/map#unknown")] if words else []
        found.append(Mend(f"Send {reason.column} elsewhere, or leave it out", f"{upload.path}/map#{box}"))
    return found
