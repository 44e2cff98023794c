"""The types that a field of one's own can have, in the words of people."""

from typing import Final, NamedTuple


class FieldKind(NamedTuple):
    """`meaning` is for whom looks for the right one; `default` is how a default is typed: "text", "number", "flag", "option",
    "options", "day", "rating", or "" where it has none here."""

    type: str
    label: str
    meaning: str
    default: str = ""


KINDS: Final = {
    each.type: each
    for each in (
        FieldKind("TEXT", "Text", "A line or several, as they are typed.", "text"),
        FieldKind("NUMBER", "Number", "A count or a measure.", "number"),
        FieldKind("BOOLEAN", "Yes or no", "Something that is so, or is not.", "flag"),
        FieldKind("SELECT", "Choice", "One of a list of your own; records can be shown on a board by it.", "option"),
        FieldKind("MULTI_SELECT", "Several choices", "Any number out of a list of your own.", "options"),
        FieldKind("DATE", "Day", "A day, without an hour."),
        FieldKind("DATE_TIME", "Moment", "A day and an hour."),
        FieldKind("CURRENCY", "Amount of money", "An amount, with its currency."),
        FieldKind("EMAILS", "E-mail addresses", "One that is the first, and more."),
        FieldKind("PHONES", "Phone numbers", "One that is the first, and more."),
        FieldKind("LINKS", "Web addresses", "One that is the first, and more, each with a label."),
        FieldKind("ADDRESS", "Postal address", "Street, city, postcode, state and country."),
        FieldKind("FULL_NAME", "Name of a person", "A first name and a last name."),
        FieldKind("RELATION", "Link to a record", "To one record of another object, which lists what links to it."),
        FieldKind("RATING", "Rating", "One to five stars.", "rating"),
        FieldKind("RICH_TEXT", "Text with headings", "As notes have it: written in Markdown."),
        FieldKind("ARRAY", "List of texts", "Any number of texts, one on each line."),
        FieldKind("FILES", "Files", "Files that are kept with the record."),
        FieldKind("RAW_JSON", "JSON", "Whatever a program keeps there."),
        FieldKind("UUID", "Id", "An id of another system, as a UUID."),
        FieldKind("ACTOR", "Who did it", "Who or what did something: a person, an import, the API."),
    )
}
"""By their names on the wire, those that are wanted most first."""

CHOICES: Final = ("SELECT", "MULTI_SELECT")
RATINGS: Final = tuple(f"RATING_{stars}" for stars in range(1, 6))
