"""What every page has that changes objects and fields: who may, whether the server takes it, what is there, and what is said of it
after.  None of it is in a journal: what is done here is put back by hand, and what was deleted by nobody."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

import icosa
from icosa.catalogue.model import Object
from icosa.client.metadata import ChangeRefused, Json, Kind, Wrong, change
from icosa.errors import AccessDenied, IcosaError, NetworkFailure, NotFound, Overloaded, ServerFailure
from icosa.surfaces.console.navigation import forget
from icosa.surfaces.console.objects.in_python import program
from icosa.surfaces.console.objects.known import MetadataField, MetadataObject, known_objects, takes_changes
from icosa.surfaces.console.problems import NotThere
from icosa.surfaces.console.record.writing import refuse_reader
from icosa.surfaces.console.rendering import Toast, go_to, page
from icosa.surfaces.console.submitted import submitted

_PERHAPS = ". It may have been done all the same: look at the objects and fields before you send it again"
_NO_OBJECT = "The workspace has no such object. The list of objects has those that there are."
_NO_FIELD = "The object has no such field. Its page has those that there are."


@dataclass(frozen=True)
class Reshaped:
    """The workspace whose objects are changed, and all that it has, by the names in the singular."""

    request: Request
    crm: icosa.Client
    known: Mapping[str, MetadataObject]

    @property
    def of(self) -> Object:
        """The object of the catalogue that the address names.  Raises NotThere."""
        return object_at(self.request, self.crm)

    @property
    def here(self) -> MetadataObject:
        """The same as metadata has it.  Raises NotThere."""
        found = self.known.get(self.of.singular)
        if found is None:
            raise NotThere("object", _NO_OBJECT)
        return found

    @property
    def member(self) -> MetadataField:
        """The field that the address names.  Raises NotThere."""
        found = self.here.members.get(self.request.path_params["field"])
        if found is None or not found.may_change:
            raise NotThere("field", _NO_FIELD)
        return found

    @property
    def path(self) -> str:
        """The page of the object."""
        return f"/objects/{self.of.plural}"

    def sent(self, **usual: str) -> dict[str, str]:
        """What the form says, its texts without blanks around them; `usual` is what stands in it before anybody typed."""
        form = submitted(self.request)
        return {name: str(form.get(name, "")).strip() for name in usual} if self.request.method == "POST" else usual

    def tried(self, change: Callable[[], Json | ChangeRefused]) -> Json | ChangeRefused:
        """What comes of a change.  Where the server is busy or cannot be reached, that is a refusal as well: the form stays, with what
        was typed.  Raises what says that the visitor may not, or that there is no such thing."""
        try:
            return change()
        except (AccessDenied, NotFound):
            raise
        except IcosaError as error:
            return ChangeRefused((Wrong(f"{error.message}{_PERHAPS if _may_be_done(error) else ''}"),))

    def done(self, path: str, text: str) -> Response:
        """After a change: on to a page that says what was done."""
        self.request.app.state.site.reshaped()
        forget(self.request.app.state)
        return go_to(path, Toast(text))


def switched(on: Reshaped, kind: Kind, id_: str, label: str) -> Response | ChangeRefused:
    """Hides an object or a field, or shows it again, as the form says with active=yes or no.  Raises HTTPException 422 where it says
    neither."""
    active = {"yes": True, "no": False}.get(on.sent(active="")["active"])
    if active is None:
        raise HTTPException(422, "The form says neither that it is to be shown nor that it is to be hidden. Nothing was changed.")
    made = on.tried(lambda: change(on.crm, kind, id_, {"isActive": active}))
    return made if isinstance(made, ChangeRefused) else on.done(on.path, f"{label} {'shown again' if active else 'hidden'}.")


def object_at(request: Request, crm: icosa.Client) -> Object:
    """The object that an address names.  Raises NotThere."""
    found = crm.catalogue.by_plural.get(request.path_params["object"])
    if found is None:
        raise NotThere("object", _NO_OBJECT)
    return found


def reshaping(made: Callable[[Reshaped], Response]) -> Callable[[Request], Response]:
    """A page for who may write, where the server takes changes of objects; where it does not, it says what does."""

    def shown(request: Request) -> Response:
        refuse_reader(request)
        with request.app.state.site.client(request.state.visitor) as crm:
            of = object_at(request, crm) if "object" in request.path_params else None
            if not takes_changes(crm):
                example = program(of, request.app.state.site.name)
                return page(request, "objects/fixed.html", 200 if request.method in ("GET", "HEAD") else 422, of=of, example=example)
            return made(Reshaped(request, crm, known_objects(crm)))

    return shown


def _may_be_done(error: IcosaError) -> bool:
    """Whether it is unknown what became of a change that was answered so."""
    if isinstance(error, NetworkFailure):
        return error.sent
    return isinstance(error, ServerFailure) and not isinstance(error, Overloaded)


def misplaced(refused: ChangeRefused, sent: Mapping[str, str], names: Mapping[str, str]) -> dict[str, str]:
    """What a server finds wrong, at the boxes of a form: `names` are what the body calls what stands in them, by box.  What belongs to
    none stands under ""."""
    found: dict[str, str] = {}
    for each in refused.wrong:
        box = next((box for box, name in names.items() if each.text.startswith((f"{name} ", f"{name}:"))), "")
        if not box and isinstance(each.value, str) and each.value:
            box = next((box for box in names if sent.get(box) == each.value or each.value in sent.get(box, "").splitlines()), "")
        box = box or next((box for word, box in _ABOUT.items() if word in each.text.casefold() and box in names), "")
        found[box] = f"{found[box]}; {each.text}" if box in found else each.text
    return found


_ABOUT = {
    "default value": "default",
    "option": "options",
    "value must": "options",
    "targeted": "target",
    "is there twice": "name",
    "name": "name",
}
"""Words of a refusal that says no more, and the box that it is about."""
