"""Records whose texts try everything that a text can try, and what a page that fell for it would have."""

import re
from html.parser import HTMLParser
from typing import Any, Final
from urllib.parse import urlsplit

import icosa
from icosa.catalogue.examples import example
from icosa.catalogue.model import Field, Object
from icosa.catalogue.naming import label
from icosa.errors import IcosaError

ELEMENT, ATTRIBUTE, SAID = "xq-element", "xq-attribute", "xqSaid"
"""What no page has unless a text became markup; `SAID` is the variable that a script in one would set."""

TEXT: Final = (
    f'<{ELEMENT} onclick="{SAID}=1">\'"/{ATTRIBUTE}=1 {ATTRIBUTE}=2 > <img src=x onerror="{SAID}=1"> <script>{SAID}=1</script> '
    f"</title></textarea></template></script></style>--><{ELEMENT}> &lt;{ELEMENT}&gt; &#60;{ELEMENT}&#62; {{{{ 7*7 }}}} {{% raw %}} "
    f'hx-get="/keys" hx-trigger="load" hx-on:load="{SAID}=1" javascript:{SAID}=1 \u202edlrow\u202c \u200b\u2066\ufeff\u0007'
)
WORD: Final = "W" * 1_000_000
"""One word that is a megabyte long."""

OBJECTS: Final = ("companies", "people", "opportunities", "notes", "tasks", "connectedAccounts", "noteTargets")
"""The objects whose pages are visited: what people have most to do with, one with secrets, and one that only joins others."""

_SCHEMES: Final = frozenset({"", "http", "https", "mailto", "tel", "data"})
_LEADING: Final = frozenset({"href", "src", "action", "formaction", "hx-get", "hx-post", "hx-put", "hx-patch", "hx-delete"})
_COMPOSITE: Final[dict[str, Any]] = {
    "ADDRESS": {"addressStreet1": TEXT, "addressCity": TEXT, "addressCountry": TEXT},
    "ARRAY": [TEXT, TEXT],
    "EMAILS": {"primaryEmail": f'"><{ELEMENT}>@example.com', "additionalEmails": [TEXT]},
    "FULL_NAME": {"firstName": TEXT, "lastName": TEXT},
    "LINKS": {
        "primaryLinkLabel": TEXT, "primaryLinkUrl": "https://example.com/?'\"",
        "secondaryLinks": [{"label": TEXT, "url": "https://example.com/"}],
    },
    "PHONES": {"primaryPhoneNumber": "612345678", "primaryPhoneCallingCode": "+33", "primaryPhoneCountryCode": "FR"},
    "RAW_JSON": {TEXT: [TEXT, None, {"<": TEXT}]},
    "RICH_TEXT_V2": {"markdown": f"# {TEXT}\n[{TEXT}](javascript:{SAID}=1)", "blocknote": None},
    "TEXT": TEXT,
}  # fmt: skip


def fill(crm: icosa.Client) -> None:
    """A record of each object with nothing but such texts, and two in which one word goes on for a megabyte."""
    for of in crm.catalogue:
        _create(crm, of, {each.name: _value(each) for each in of.fields if each.type_name in _COMPOSITE or each.required})
    company = crm.companies.find_many(limit=1)[0]
    crm.people.create_one(name={"firstName": "Ada", "lastName": TEXT}, company_id=company["id"])
    crm.opportunities.create_one(name=TEXT, company_id=company["id"])
    for plural, targets, key in (("notes", "noteTargets", "noteId"), ("tasks", "taskTargets", "taskId")):
        about = crm[plural].create_one({"title": TEXT, "bodyV2": {"markdown": TEXT, "blocknote": None}})
        crm[targets].create_one({key: about["id"], "companyId": company["id"]})
    crm.companies.create_one(name=WORD)
    crm.notes.create_one(title="Long", body_v2={"markdown": WORD, "blocknote": None})


def _create(crm: icosa.Client, of: Object, values: dict[str, Any]) -> None:
    """Creates a record; what the workspace does not take of it is left out."""
    while True:
        try:
            crm[of.plural].create_one(values)
            return
        except IcosaError as error:
            said = [each for each in values if each in str(error) or label(each) in str(error)]
            if not said:
                raise
            del values[max(said, key=len)]


def _value(field: Field) -> Any:
    return _COMPOSITE.get(field.type_name) or example(field)


class Fallen(HTMLParser):
    """Reads a page; `wrong` is what stems from a text of a record's."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.wrong: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == ELEMENT or (tag == "script" and not dict(attrs).get("src")):
            self.wrong.append(f"<{tag}>")
        for name, value in attrs:
            if ATTRIBUTE in name or ELEMENT in name or re.match(r"on[a-z]|hx-on", name):
                self.wrong.append(f"<{tag} {name}>")
            if name in _LEADING and _scheme(value or "") not in _SCHEMES:
                self.wrong.append(f"<{tag} {name}={(value or '')[:80]!r}>")


def _scheme(address: str) -> str:
    try:
        return urlsplit(address).scheme.lower()
    except ValueError:
        return address
