"""The objects of Twenty 2.19 and one of somebody's own that has a field of every type."""

from icosa.catalogue import fields as f
from icosa.catalogue.model import BelongsTo, Field, Object
from icosa.catalogue.standard_2_19 import STANDARD_2_19
from icosa.catalogue.standard_2_19.revision import SYSTEM, revised

_PLAIN = Object(
    "widget",
    "widgets",
    "A thing of ours.",
    (
        f.Text("name", "Its name."),
        f.Text("text", "A text."),
        Field("code", "TEXT", "A text of its own.", "Code", unique=True),
        f.Number("count", "A number.", nullable=True),
        f.Number("ratio", "A fraction.", nullable=True),
        f.Boolean("flag", "Yes or no.", default=False),
        f.Date("day", "A day.", nullable=True),
        f.DateTime("moment", "A moment.", nullable=True),
        f.Select("kind", "One of three.", ["GAMMA", "ALPHA", "BETA"], nullable=True),
        f.MultiSelect("tags", "Some of three.", ["RED", "GREEN", "BLUE"], nullable=True),
        Field("stars", "RATING", "How good it is.", "Stars", nullable=True, options=tuple(f"RATING_{each}" for each in range(1, 6))),
        f.Currency("price", "What it costs."),
        f.Address("place", "Where it is."),
        f.Links("site", "Its page."),
        f.Emails("mails", "Whom to write to."),
        f.Phones("tels", "Whom to call."),
        f.FullName("who", "Who made it."),
        f.Array("words", "Words.", nullable=True),
        f.RawJson("blob", "Anything.", nullable=True),
        Field("story", "RICH_TEXT_V2", "What it is for.", "Story"),
        f.Uuid("ref", "An id elsewhere.", nullable=True),
        f.Files("papers", "Files.", nullable=True),
        Field("doer", "ACTOR", "Who did it.", "Doer"),
        BelongsTo("maker", "company", "madeWidgets", "Who makes it."),
    ),
    custom=True,
)
WIDGET = revised(_PLAIN, _PLAIN.members, SYSTEM)
WIDGETS = STANDARD_2_19.with_objects(WIDGET)
