"""The forms of a field: what they send, as the body that makes or changes it, or what is wrong with it, box by box."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from icosa.catalogue import naming
from icosa.client.metadata import Json
from icosa.surfaces.console.objects import typed_default, typed_options
from icosa.surfaces.console.objects.kinds import CHOICES, KINDS, FieldKind
from icosa.surfaces.console.objects.known import MetadataField, MetadataObject

NEW: Final = {"label": "", "name": "", "description": "", "options": "", "default": "", "target": "", "called": ""}
"""The boxes of the form of a new field, empty."""
NAMES: Final = {
    "label": "label", "name": "name", "description": "description", "options": "options", "default": "defaultValue",
    "target": "targetObjectMetadataId", "called": "targetFieldLabel",
}  # fmt: skip
"""What the body calls what stands in a box."""

_NAME: Final = re.compile(r"[a-z][A-Za-z0-9]*").fullmatch
_ICON: Final = "IconListDetails"


@dataclass
class FieldForm:
    """What a form of a field sent; `wrong` is what has to be mended, by box, and `body` what is to be sent where that is nothing."""

    kind: FieldKind
    sent: Mapping[str, str]
    body: Json = field(default_factory=dict)
    wrong: dict[str, str] = field(default_factory=dict)


def new_field(kind: FieldKind, of: MetadataObject, known: Mapping[str, MetadataObject], sent: Mapping[str, str]) -> FieldForm:
    """The body of a field that is to be made."""
    form = FieldForm(kind, sent)
    name = sent["name"] or naming.name_of(sent["label"])
    if not sent["label"]:
        form.wrong["label"] = "Say what people call the field"
    elif problem := name_problem(name):
        form.wrong["name"] = problem
    form.body = {"objectMetadataId": of.id, "type": kind.type, "name": name, "label": sent["label"]}
    if sent["description"]:
        form.body["description"] = sent["description"]
    _with_values(form, ())
    if form.body.get("defaultValue") is None:
        form.body.pop("defaultValue", None)
    if kind.type == "RELATION":
        _with_target(form, of, known)
    return form


def changed_field(kind: FieldKind, was: MetadataField, sent: Mapping[str, str]) -> FieldForm:
    """The body of what is changed of one that is there; empty where nothing is."""
    form = FieldForm(kind, sent)
    if not sent["label"]:
        form.wrong["label"] = "Say what people call the field"
    form.body = {"label": sent["label"], "description": sent["description"]}
    _with_values(form, was.options)
    default = was.default if typed_default.as_text(was.default) else None  # an empty text is what there is without a default
    before = {"label": was.label, "description": was.description, "options": list(was.options), "defaultValue": default}
    form.body = {name: value for name, value in form.body.items() if value != before.get(name)}
    return form


def name_problem(name: str) -> str:
    """What is wrong with a name for programs; "" where nothing is."""
    if not name:
        return "The label makes no name for programs: type one, of the letters a to z and digits, such as nickname"
    if not _NAME(name):
        return f"“{name}” cannot be a name: it begins with a small letter, and has letters of A to Z and digits alone, as in dueDate"
    return f"It has {len(name)} letters; at most {naming.LONGEST} are kept" if len(name) > naming.LONGEST else ""


def _with_values(form: FieldForm, before: Sequence[Mapping[str, Any]]) -> None:
    """Adds the options and the default, where the type has them."""
    options: Any = ()
    if form.kind.type in CHOICES:
        options = _tried(form, "options", lambda: typed_options.options_of(form.sent["options"], before)) or ()
        form.body["options"] = options
    if form.kind.default and "options" not in form.wrong:
        form.body["defaultValue"] = _tried(form, "default", lambda: typed_default.default_of(form.kind, form.sent["default"], options))


def _with_target(form: FieldForm, of: MetadataObject, known: Mapping[str, MetadataObject]) -> None:
    target = known.get(form.sent["target"])
    if target is None:
        form.wrong["target"] = "Say to records of which object it leads"
        return
    called = form.sent["called"] or of.label_plural
    if naming.name_of(called) in target.members:
        form.wrong["called"] = (
            f"“{called}” is something of {target.label_plural} already: say another, such as “More {naming.in_a_sentence(called)}”"
        )
    form.body["relationCreationPayload"] = {
        "type": "MANY_TO_ONE", "targetObjectMetadataId": target.id, "targetFieldLabel": called, "targetFieldIcon": _ICON,
    }  # fmt: skip


def _tried(form: FieldForm, box: str, read: Callable[[], Any]) -> Any:
    try:
        return read()
    except ValueError as error:
        form.wrong[box] = str(error)
        return None


def kind_of(type_name: str) -> FieldKind:
    """The type in words; one that nobody makes is called as the wire calls it."""
    return KINDS.get(type_name) or FieldKind(type_name, type_name, "")
