"""A word has one meaning: no two rooms have a class of the same name, and a callback is not called by what it is told."""

import ast
import io
import tokenize
from collections import defaultdict

from tests.architecture.imports import files

TWICE = {
    "Conflict": "a step of a plan that is in conflict, and the error",
    "ExpiredKey": "the error, and the rule of `icosa.testing` that raises it",
    "RateLimited": "the error, and the rule of `icosa.testing` that raises it",
    "Workspace": "what answers, what is needed of it to issue keys, and the one in a test suite",
}
"""Names that stand for two sides of one thing, with what these are."""

METAPHORS = frozenset({"told", "said", "hears", "hearing", "meant"})
"""Words that stood for twenty things; those of the field are progress, explicit, error, text, settings, described, expected,
suggestion, matching."""

OF_ONE_ROOM = {"meant": "icosa.imports"}
"""A word that stands for one thing alone in one room: the record that a row means."""

PARTICIPLES = frozenset({"given", "held", "kept", "known", "named"})
"""Words that were names of functions about different things: what is given, by whom and to what, says `sent_values`, `with_options`."""

PLAIN_IN_THEIR_PLACE = {
    "icosa.catalogue.standard_2_19.revision.kept",
    "icosa.client.sending.log.held",
    "icosa.surfaces.cli.known_workspace.known",
    "icosa.surfaces.cli.last_page.kept",
}
"""Those that are read beside the name of their module, or in lists of what an object keeps."""


def test_no_two_rooms_have_a_class_of_the_same_name() -> None:
    found: dict[str, list[str]] = defaultdict(list)
    for module, path in files().items():
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                found[node.name].append(module)
    assert {name: modules for name, modules in found.items() if len(modules) > 1 and name not in TWICE} == {}


def test_no_value_is_called_by_what_somebody_did_with_it() -> None:
    found = [
        f"{module}:{token.start[0]} {token.string}"
        for module, path in files().items()
        for token in tokenize.generate_tokens(io.StringIO(path.read_text("utf-8")).readline)
        if token.type == tokenize.NAME
        and (word := token.string.lower().strip("_")) in METAPHORS
        and not module.startswith(OF_ONE_ROOM.get(word, "nowhere"))
    ]
    assert found == []


def test_no_function_of_a_module_is_a_participle_that_could_be_of_anything() -> None:
    found = {
        f"{module}.{node.name}"
        for module, path in files().items()
        for node in ast.parse(path.read_text("utf-8")).body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name in PARTICIPLES
    }
    assert found == PLAIN_IN_THEIR_PLACE
