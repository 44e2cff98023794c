"""EMAILS: a first address, kept in lower case, and more of them."""

from collections.abc import Sequence

from icosa.catalogue.characters import visible
from icosa.catalogue.field_types.about import About, Look
from icosa.catalogue.field_types.type import PARTS_HINT, Part, Values, composite
from icosa.catalogue.kinds import Kind, coerce_each, shown
from icosa.errors import InvalidValue


def _read(values: Values, path: str) -> Values:
    if "primaryEmail" in values:
        values["primaryEmail"] = visible(values["primaryEmail"] or "").strip().lower()
    more = values.get("additionalEmails")
    if more is not None:
        where = f"{path}.additionalEmails"
        if not isinstance(more, list):
            raise InvalidValue(where, f'{shown(more)} is not a list; send one such as ["ada@example.com"]')
        values["additionalEmails"] = [visible(each).strip().lower() for each in coerce_each(Kind.TEXT, more, where)]
    return values


def _lower_case(texts: Sequence[str]) -> bool:
    text = "".join(texts)
    return text.isprintable() and " " not in text and text == text.lower()


EMAILS = composite(
    "EMAILS",
    Part(
        "primaryEmail",
        Kind.TEXT,
        default="",
        unique=True,
        short=("primary",),
        words=(
            "email emails mail emailaddress primaryemail workemail businessemail emailprimary emailadresse mailadresse "
            "courriel adresseemail adressemail adressedemessagerie adresseélectronique"
        ),
        further_words="secondaryemail alternateemail alternativeemail otheremail additionalemail",
    ),
    Part(
        "additionalEmails",
        Kind.JSON,
        schema={"type": "array", "items": {"type": "string", "format": "email"}},
        schema_out={"type": ["array", "null"], "items": {"type": "string"}},
        short=("additional",),
        words="additionalemails otheremails secondaryemails moreemails",
    ),
    read=_read,
    as_they_stand={"primaryEmail": _lower_case},
    about=About(
        example={"primaryEmail": "ada@example.com", "additionalEmails": ["ada@example.org"]},
        hint=PARTS_HINT,
        primary="primaryEmail",
        further="additionalEmails",
        searched=("primaryEmail",),
        written_whole=("primaryEmail",),
        look=Look(worth="reach", wide=True, fact=8),
    ),
)
