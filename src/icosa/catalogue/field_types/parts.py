"""Composite types whose parts are independent of each other."""

from icosa.catalogue.field_types.about import About, Look
from icosa.catalogue.field_types.type import PARTS_HINT, Part, Values, composite
from icosa.catalogue.kinds import Kind

FULL_NAME = composite(
    "FULL_NAME",
    Part(
        "firstName",
        Kind.TEXT,
        default="",
        unique=True,
        short=("first",),
        words="firstname givenname forename vorname prénom first",
    ),
    Part(
        "lastName",
        Kind.TEXT,
        default="",
        unique=True,
        short=("last",),
        words="lastname surname familyname nachname familienname nomdefamille last",
    ),
    about=About(
        example={"firstName": "Ada", "lastName": "Lovelace"},
        hint=PARTS_HINT,
        whole=("firstName", "lastName"),
        searched=("firstName", "lastName"),
        words="name fullname contactname personname contact vollständigername ansprechpartner nom nomcomplet nometprénom",
        name=True,
        any_text=True,
    ),
)

ADDRESS = composite(
    "ADDRESS",
    Part(
        "addressStreet1",
        Kind.TEXT,
        default="",
        short=("street1", "street"),
        words="address street streetaddress address1 addressline1 street1 straße anschrift adresse rue",
    ),
    Part(
        "addressStreet2",
        Kind.TEXT,
        default="",
        short=("street2",),
        words="address2 addressline2 street2 adresszusatz adresse2 complémentdadresse",
    ),
    Part("addressCity", Kind.TEXT, default="", short=("city",), words="city town ort stadt wohnort ville"),
    Part(
        "addressPostcode",
        Kind.TEXT,
        default="",
        short=("postcode",),
        words="postcode postalcode zip zipcode plz zippostalcode billingcode shippingcode mailingcode postleitzahl codepostal",
        label="postcode",
    ),
    Part(
        "addressState",
        Kind.TEXT,
        default="",
        short=("state",),
        words="state province region county stateprovince stateregion bundesland kanton canton département",
    ),
    Part("addressCountry", Kind.TEXT, default="", short=("country",), words="country countryregion land pays"),
    Part("addressLat", Kind.NUMERIC, short=("lat",), words="lat latitude"),
    Part("addressLng", Kind.NUMERIC, short=("lng",), words="lng lon long longitude"),
    about=About(
        example={"addressStreet1": "1 Example Street", "addressCity": "Paris", "addressPostcode": "75001", "addressCountry": "France"},
        hint=PARTS_HINT,
        whole=("addressStreet1",),
        any_text=True,
    ),
)

CURRENCY = composite(
    "CURRENCY",
    Part("amountMicros", Kind.NUMERIC, short=("micros",), words="amountmicros", in_units="amount"),
    Part("currencyCode", Kind.TEXT, default="", short=("currency",), words="currency currencycode currencyofvalue währung devise"),
    together=("amountMicros", "currencyCode"),
    about=About(
        example={"amountMicros": 5000000000, "currencyCode": "EUR"},
        hint=PARTS_HINT,
        whole=("amountMicros",),
        look=Look(worth="sought", whole=True, right=True, fact=3),
    ),
)

SOURCES = ("EMAIL", "CALENDAR", "WORKFLOW", "API", "IMPORT", "MANUAL", "SYSTEM", "WEBHOOK")


def _actor(values: Values, path: str) -> Values:
    """A record always has a source and a name, so that null says nothing about them."""
    return {name: value for name, value in values.items() if value is not None or name in ("workspaceMemberId", "context")}


ACTOR = composite(
    "ACTOR",
    Part("source", Kind.OPTION, default="MANUAL", options=SOURCES, nullable=False),
    Part("workspaceMemberId", Kind.UUID, response_only=True),
    Part("name", Kind.TEXT, default="System", nullable=False, response_only=True),
    Part("context", Kind.JSON, default={}, hidden=True),
    read=_actor,
    about=About(example={"source": "IMPORT"}, hint=PARTS_HINT, kept=True, look=Look(worth="seldom")),
)
