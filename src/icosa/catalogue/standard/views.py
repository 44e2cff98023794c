"""Saved ways to look at records: which columns, in which order, and which records.

Views name objects and fields by metadata ids, the ids that a workspace gives them.
"""

from icosa.catalogue.fields import Boolean, Number, Position, Select, Text, Uuid
from icosa.catalogue.model import CASCADE, BelongsTo, Object

AGGREGATES = (
    "AVG",
    "COUNT",
    "MAX",
    "MIN",
    "SUM",
    "COUNT_EMPTY",
    "COUNT_NOT_EMPTY",
    "COUNT_UNIQUE_VALUES",
    "PERCENTAGE_EMPTY",
    "PERCENTAGE_NOT_EMPTY",
    "COUNT_TRUE",
    "COUNT_FALSE",
)

VIEW_FIELD = Object(
    "viewField",
    "viewFields",
    "A column of a view: the field it shows, how wide it is, and where it stands.",
    (
        Boolean("isVisible", "Whether the column is shown; a hidden one keeps its width and place.", label="Visible", default=True),
        Number("size", "The width of the column in pixels.", default=0),
        Uuid("fieldMetadataId", "The id of the field that the column shows; a view has a field once.", required=True),
        BelongsTo("view", "view", "viewFields", "The view in which the column stands.", CASCADE),
        Number("position", "Where the column stands, counted from the left; the smaller number comes first.", default=0, system=True),
        Select(
            "aggregateOperation",
            "What is worked out over the column and shown at its foot; null shows nothing.",
            AGGREGATES,
            label="Aggregate operation",
            nullable=True,
        ),
    ),
    system=True,
    unique_together=(("fieldMetadataId", "viewId"),),
)

VIEW_FILTER_GROUP = Object(
    "viewFilterGroup",
    "viewFilterGroups",
    "A pair of brackets around conditions of a view; groups can lie in each other.",
    (
        BelongsTo("view", "view", "viewFilterGroups", "The view whose conditions are grouped.", CASCADE),
        Uuid("parentViewFilterGroupId", "The id of the group in which this one lies; null for the outermost.", nullable=True),
        Select(
            "logicalOperator",
            "How many of the group's conditions must hold: all (AND), any (OR), or none (NOT).",
            ["AND", "OR", "NOT"],
            default="NOT",
        ),
        Number(
            "positionInViewFilterGroup",
            "Where the group stands inside the one it lies in; the smaller number comes first.",
            label="Position in view filter group",
            nullable=True,
        ),
    ),
    system=True,
)

VIEW_FILTER = Object(
    "viewFilter",
    "viewFilters",
    "A condition that records must meet to be listed by a view: a field, a comparison and a value.",
    (
        Uuid("viewFilterGroupId", "The id of the group in which the condition stands; null if it stands alone.", nullable=True),
        BelongsTo("view", "view", "viewFilters", "The view that the condition narrows.", CASCADE),
        Text(
            "subFieldName",
            "Which part of a composite field is compared, such as addressCity; empty for the whole.",
            label="Sub field name",
            nullable=True,
            default="",
        ),
        Number(
            "positionInViewFilterGroup",
            "Where the condition stands inside its group; the smaller number comes first.",
            label="Position in view filter group",
            nullable=True,
        ),
        Text("displayValue", "The value as people read it, such as the names that belong to ids."),
        Text("value", "What the field is compared with, always as text; several values are a JSON list in text form."),
        Text("operand", "How the field is compared with the value, such as Contains, Is or IsNotEmpty.", default="Contains"),
        Uuid("fieldMetadataId", "The id of the field that is compared.", required=True),
    ),
    system=True,
)

VIEW_GROUP = Object(
    "viewGroup",
    "viewGroups",
    "A section of a view that is grouped by a field, such as one column of a board.",
    (
        Uuid("fieldMetadataId", "The id of the field by whose values the view is grouped.", required=True),
        BelongsTo("view", "view", "viewGroups", "The view in which the section stands.", CASCADE),
        Number("position", "Where the section stands among the others; the smaller number comes first.", default=0, system=True),
        Text("fieldValue", "The value that the records of this section have in common; empty for those without one."),
        Boolean("isVisible", "Whether the section is shown; a hidden one keeps its place.", label="Visible", default=True),
    ),
    system=True,
)

VIEW = Object(
    "view",
    "views",
    "A saved way to look at the records of one object, as a table or a board; its parts are records of their own.",
    (
        Select(
            "kanbanAggregateOperation",
            "What is worked out over each column of a board and shown at its head.",
            AGGREGATES,
            label="Aggregate operation",
            nullable=True,
            default="COUNT",
        ),
        Select(
            "key",
            "INDEX marks the object's main view, which cannot be removed; null is any other.",
            ["INDEX"],
            nullable=True,
            default="INDEX",
        ),
        Text(
            "kanbanFieldMetadataId",
            "The id of the option field whose values are the columns of a board; empty for a table.",
            label="kanbanfieldMetadataId",
        ),
        Position("Where the view stands in the menu of views; the smaller number comes first."),
        Boolean("isCompact", "Whether cards of a board show their title alone.", label="Compact View", default=False),
        Select(
            "openRecordIn",
            "Where a record opens that is clicked: beside the list or on a page of its own.",
            ["SIDE_PANEL", "RECORD_PAGE"],
            default="SIDE_PANEL",
        ),
        Uuid(
            "kanbanAggregateOperationFieldMetadataId",
            "The id of the field that kanbanAggregateOperation is worked out over; null counts records.",
            label="Field metadata used for aggregate operation",
            nullable=True,
        ),
        Uuid("objectMetadataId", "The id of the object whose records the view lists.", required=True),
        Text("name", "The view's title in menus."),
        Text("type", "How records are laid out: table or kanban.", default="table"),
        Text("icon", "The name of the picture beside the title, such as IconBuildingSkyscraper."),
    ),
    label_identifier="name",
    system=True,
)

VIEW_SORT = Object(
    "viewSort",
    "viewSorts",
    "An order that a view puts its records in: by which field, and which way.",
    (
        BelongsTo("view", "view", "viewSorts", "The view that is sorted.", CASCADE),
        Text("direction", "asc puts small before large, desc large before small.", default="asc"),
        Uuid("fieldMetadataId", "The id of the field that is sorted by; a view sorts by a field once.", required=True),
    ),
    system=True,
    unique_together=(("fieldMetadataId", "viewId"),),
)
