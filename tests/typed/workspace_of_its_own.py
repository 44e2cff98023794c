"""A workspace that makes it hard: objects and fields that are called like types, like words of Python, and like each
other, with words that could end a docstring, and a field of each type."""

from icosa.catalogue.fields import (
    Address,
    Array,
    Boolean,
    CreatedBy,
    Currency,
    Date,
    DateTime,
    Emails,
    FullName,
    Links,
    MultiSelect,
    Number,
    Numeric,
    Phones,
    Position,
    Rating,
    RawJson,
    RichText,
    RichTextV2,
    Select,
    Text,
    Uuid,
)
from icosa.catalogue.model import BelongsTo, Object
from icosa.catalogue.standard import STANDARD

ABOUT = 'The workspace """https://crm.example.com""", typed\\'
ADDRESS = "https://crm.example.com"

ROCKET = Object(
    "rocket",
    "rockets",
    "A custom object with a field of each type.",
    (
        Text("name", "What it is called.", required=True),
        Text("str", "A field called like a type."),
        Date("date", "The same.", nullable=True),
        DateTime("datetime", "The same."),
        Number("float", "The same.", nullable=True),
        Array("list", "The same."),
        RawJson("dict", "The same.", nullable=True),
        Boolean("bool", "The same.", default=False),
        Text("from", "A word of Python's."),
        Text("depth", "A word of the method's own."),
        Numeric("thrust", "In newtons.", nullable=True),
        Uuid("externalId", "Elsewhere.", nullable=True),
        Select("state", "How it does.", ["ON GROUND", 'HE SAID "GO"', "FLIES", *(f"STATE_{each}" for each in range(20))], default="FLIES"),
        MultiSelect("fuels", "What it takes.", ["RP-1", "LH2"], nullable=True),
        Rating("rating", "How good.", nullable=True),
        FullName("builder", "Who.", nullable=True),
        Emails("emails", "Where."),
        Phones("phones", "Where."),
        Links("site", "Where."),
        Address("pad", "Where."),
        Currency("price", "How much.", nullable=True),
        RichText("old", "Retired."),
        RichTextV2("story", "What."),
        Text("code", "Nobody may see it.", secret=True),
        Position("Where it stands."),
        CreatedBy(),
        BelongsTo("class", "client", "rockets", "Whose."),
    ),
    custom=True,
    label_identifier="name",
)
CLIENT = Object(
    "client",
    "clients",
    'Goes "up""" and\nnever \\comes\0 down"',
    (Text("name", "Its name."), BelongsTo("list", "address", "clients", "A relation called like a type.")),
    custom=True,
)
ADDRESS_OBJECT = Object("address", "addresses", "Called like a field type.", (Text("key", "A word of upsert's."),), custom=True)
RUN = Object("run", "run", "Called like a method of the client, one as many.", (Text("name", "Its name."),), custom=True)

CATALOGUE = STANDARD.with_objects(ROCKET, CLIENT, ADDRESS_OBJECT, RUN)
