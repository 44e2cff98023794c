"""Which version of the wire it is stands in its value: who wants to know something asks for that, and not what it is called."""

import ast
from collections.abc import Iterator

from tests.architecture.imports import files

# Who may name the newest version or its objects, and why.
NAMES_IT = {
    "icosa.wire.version_2_19": "it is made there",
    "icosa.wire.version": "names it to who asks for it there, and does not load it",
    "icosa.catalogue.standard_2_19": "so are its objects",
    "icosa.doctor.asking": "says what breaks when a workspace moves to it",
    "icosa.doctor.moved": "the same, of its objects",
    "icosa.surfaces.cli.doctor": "the same, as a command",
    "icosa.surfaces.testing.faults": "some faults are those of one real server, and a test of another is told so",
}

# Who may ask what a version is called, and why.
ASKS_ITS_NAME = {
    "icosa.wire.openapi.document": "tells it to readers",
    "icosa.wire.openapi.metadata": "the same",
    "icosa.workspace.store.sqlite.tables": "keeps it in the database",
    "icosa.workspace.store.sqlite.standard_tables": "knows the tables of its standard objects",
    "icosa.workspace.store.postgres.connect": "the same",
    "icosa.workspace.store.stored_catalogue": "the same",
    "icosa.workspace.store.stored_version": "the same",
    "icosa.surfaces.cli.login": "shows it",
    "icosa.surfaces.cli.doctor": "the same",
    "icosa.surfaces.testing.server": "the name of the usual one stands where none is given",
    "icosa.surfaces.testing.session": "the same",
    "icosa.surfaces.testing.stage": "the same",
    "icosa.surfaces.testing.workspace": "the same",
}

# Who may hold a version against one that has a name, and why.
COMPARES = {
    "icosa.workspace.store.sqlite.tables": "the usual one is not kept in the database",
    "icosa.workspace.store.postgres.connect": "the same",
    "icosa.surfaces.testing.faults": "as above",
    "icosa.surfaces.testing.rules": "a server of 1.0.3 has no limit of its own, and so no words for it",
    "icosa.surfaces.testing.server": "a client that was told nothing takes its server for that of 1.0.3",
}


def nodes() -> Iterator[tuple[str, ast.AST]]:
    for module, path in files().items():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            yield module, node


def last(node: ast.AST) -> str:
    """What a name or an attribute is called."""
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def is_named(node: ast.AST) -> bool:
    """Whether it is one of the versions that have a name, or several of them."""
    return any(last(each).startswith("TWENTY_") for each in (node, *getattr(node, "elts", ())))


def test_2_19_is_named_by_what_is_about_it_alone() -> None:
    naming = {module for module, node in nodes() if isinstance(node, ast.Name) and node.id in ("TWENTY_2_19", "STANDARD_2_19")}
    assert naming == set(NAMES_IT)


def test_what_a_version_is_called_is_only_shown_and_kept() -> None:
    versions = {"version", "_version", "speaks", "TWENTY_1_0_3", "TWENTY_2_19"}
    asking = {
        module for module, node in nodes() if isinstance(node, ast.Attribute) and node.attr == "name" and last(node.value) in versions
    }
    assert asking == set(ASKS_ITS_NAME)


def test_no_version_is_held_against_one_that_has_a_name() -> None:
    comparing = {module for module, node in nodes() if isinstance(node, ast.Compare) and any(map(is_named, (node.left, *node.comparators)))}
    assert comparing == set(COMPARES)
