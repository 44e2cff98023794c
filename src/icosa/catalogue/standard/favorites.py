"""Shortcuts in the side menu."""

from icosa.catalogue.fields import Number, Text
from icosa.catalogue.model import CASCADE, BelongsTo, Object

FAVORITE_FOLDER = Object(
    "favoriteFolder",
    "favoriteFolders",
    "A folder of the side menu in which shortcuts are kept together.",
    (
        Number("position", "Where the folder stands among the folders; the smaller number comes first.", default=0, system=True),
        Text("name", "The folder's title in the menu."),
    ),
    system=True,
)

FAVORITE = Object(
    "favorite",
    "favorites",
    "A shortcut in the side menu that leads to one record or view; exactly one of its targets is set.",
    (
        BelongsTo("view", "view", "favorites", "The view it leads to, if it is one.", CASCADE),
        BelongsTo("note", "note", "favorites", "The note it leads to, if it is one.", CASCADE),
        BelongsTo("workflowRun", "workflowRun", "favorites", "The run of a workflow it leads to, if it is one.", CASCADE, label="Workflow"),
        BelongsTo("task", "task", "favorites", "The task it leads to, if it is one.", CASCADE),
        BelongsTo(
            "workflowVersion",
            "workflowVersion",
            "favorites",
            "The version of a workflow it leads to, if it is one.",
            CASCADE,
            label="Workflow",
        ),
        BelongsTo("workflow", "workflow", "favorites", "The workflow it leads to, if it is one.", CASCADE),
        BelongsTo("opportunity", "opportunity", "favorites", "The deal it leads to, if it is one.", CASCADE),
        BelongsTo("favoriteFolder", "favoriteFolder", "favorites", "The folder it lies in; null for the top of the menu."),
        BelongsTo("company", "company", "favorites", "The company it leads to, if it is one.", CASCADE),
        BelongsTo("person", "person", "favorites", "The person it leads to, if it is one.", CASCADE),
        BelongsTo(
            "forWorkspaceMember",
            "workspaceMember",
            "favorites",
            "The colleague whose menu it is in; null for everybody's.",
            CASCADE,
            label="Workspace Member",
        ),
        Number("position", "Where it stands in its folder or menu; the smaller number comes first.", default=0, system=True),
    ),
    system=True,
)
