"""What a Python script uses of a workspace, read off its text."""

import ast
from collections.abc import Iterator

from icosa.catalogue.model import Catalogue
from icosa.doctor.names import object_called
from icosa.doctor.requests import in_http_calls
from icosa.doctor.results import reads
from icosa.doctor.uses import Found, Misuse, Spot, Use, uses_of
from icosa.forms.scripts import CONNECTS, parsed_script, sites


def in_python(file: str, text: str, old: Catalogue, new: Catalogue) -> Iterator[Found]:
    """Calls of actions (`crm.people.find_many(…)`, `crm.run("People", …)`), filters, orders, and the values that are
    read from records; requests that are sent without Icosa.  Raises InvalidInput for what is no Python.

    A resource that no catalogue knows counts where it hangs on what `icosa.connect` gave; elsewhere it
    may be anything.
    """
    tree = parsed_script(text)

    def known(name: str) -> bool:
        return bool(object_called(old, name) or object_called(new, name))

    clients = _clients(tree)
    for site in sites(tree):
        if known(site.resource) or site.on in clients:
            yield from uses_of(Spot(file, site.line, site.resource, site.operation, site.given))
            if site.problem:
                yield Misuse(file, site.line, site.resource, site.problem)
    for each in reads(tree):
        if known(each.object):
            yield Use(file, each.line, each.object, each.path, read=True)
    yield from in_http_calls(file, tree, old, new)


def _clients(tree: ast.Module) -> set[str]:
    """The names that hold a client."""
    found = set()
    for node in ast.walk(tree):
        match node:
            case ast.Assign(targets=[target], value=value) if _connects(value):
                found.add(ast.unparse(target))
            case ast.withitem(context_expr=value, optional_vars=ast.expr() as target) if _connects(value):
                found.add(ast.unparse(target))
    return found


def _connects(node: ast.expr) -> bool:
    match node:
        case ast.Await(value=value):
            return _connects(value)
        case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name)):
            return name in CONNECTS
        case _:
            return False
