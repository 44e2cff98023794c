"""Who may know whom.  An import that goes against the design is a failure, not a matter of taste."""

import re
from collections.abc import Iterable

from tests.architecture.imports import Import, files, imports

# The package's own front is the area `icosa`.
FRONT = ("icosa", "icosa.__main__", "icosa.bulk", "icosa.standard", "icosa.testing")

# What everything that asks may know.
BELOW = {"wire", "catalogue", "extras", "errors", "secret", "durations", "unwritten"}

# An area may import itself and these.
KNOWS = {
    "errors": set(),
    "secret": set(),
    "extras": {"errors"},
    "durations": set(),
    "unwritten": set(),
    "toml": {"errors"},
    "catalogue": {"errors"},
    "wire": {"catalogue", "errors"},
    "workspace": {"wire", "catalogue", "errors", "secret"},
    "call": BELOW,
    "journal": BELOW,
    "forms": {"call"} | BELOW,
    "client": {"forms", "journal", "call"} | BELOW,
    "plans": {"client", "journal", "call"} | BELOW,
    "exports": {"client", "call"} | BELOW,
    "imports": {"plans", "exports", "client", "call", "toml"} | BELOW,
    "mirror": {"plans", "client", "call"} | BELOW,
    "doctor": {"plans", "forms", "call"} | BELOW,
    "chains": {"imports", "exports", "client", "forms", "call", "toml"} | BELOW,
    "sample": set(),
    "stubs": {"icosa", "client"} | BELOW,
    "surfaces": {"icosa", "stubs", "sample", "doctor", "mirror", "imports", "exports", "plans", "client", "forms", "journal", "call"}
    | {"chains"}
    | BELOW,
    "icosa": {"surfaces", "doctor", "mirror", "imports", "exports", "plans", "client", "forms", "journal", "call"} | BELOW,
}

# The doors: modules that may reach an area against the arrows, inside a function only, and why.
DOORS = {
    ("icosa.client.transport.blocking", "workspace"): "the embedded workspace; who only calls servers never loads a database",
    ("icosa.mirror.target", "workspace"): "a mirror, which is written past the actions",
    ("icosa.workspace.opening", "workspace"): "PostgreSQL, whose driver is an extra and slow to load",
    ("icosa.workspace.moving.databases", "workspace"): "the same",
}

# Commands that run a workspace themselves.  They may know it, because nothing loads them but their command.
COMMANDS = {
    "icosa.surfaces.cli.backup": "a backup is of the database itself",
    "icosa.surfaces.cli.copy": "both databases are read and written as a whole",
    "icosa.surfaces.cli.demo": "makes the sample workspace",
    "icosa.surfaces.cli.keys": "keys are made by who has the database",
    "icosa.surfaces.cli.login": "what a workspace in a file answers as stands there",
    "icosa.surfaces.cli.serve": "serves a workspace over HTTP",
    "icosa.surfaces.console.at_once": "asks the one that is served in the event loop",
    "icosa.surfaces.console.keys.stored": "keys and sessions lie in its database",
    "icosa.surfaces.console.opening": "shows one that is not served",
    "icosa.surfaces.console.served": "shows the one that is served",
    "icosa.surfaces.console.serving": "is a part of the server",
    "icosa.surfaces.console.signing_in.stored": "sessions lie in its database, for all processes of the server",
}

# Commands that start another surface, and know of it no more than that.
STARTS = {
    ("icosa.surfaces.cli.console", "icosa.surfaces.console.opening"),
    ("icosa.surfaces.cli.serve", "icosa.surfaces.console.serving"),
}

# What runs a workspace for a test: it is shown with its time, its keys and its fields in the test's hands, which no
# client could do.  Nothing loads these modules but `icosa.testing`, and the plugin when a test asks for a fixture.
TESTING = "icosa.surfaces.testing."

# The rooms of the wire, and which others each knows; every one may know the files that lie beside them.
WIRE = {"language": set(), "actions": set(), "rest": {"language", "actions"}, "openapi": {"rest", "actions"}}

# The rooms of the workspace, each knowing those before it; its own files stand between events and http.
ROOMS = ("store", "access", "planning", "metadata", "agents", "rules", "events", "workspace", "http")

# Pairs of which one names the other for a type checker alone.  All other imports for types may make no circle either.
TYPES = {("icosa", "icosa.standard"), ("icosa.workspace.http.connection", "icosa.workspace.http.front")}

# What may be loaded late because it is slow to load, or because it is not always installed.
LATE = {"apsw", "cryptography", "httpx2", "importlib", "keyring", "multiprocessing", "phonenumbers", "platformdirs", "rich", "tempfile"} | {
    "asyncio",
    "concurrent",
    "difflib",
    "email",
    "hashlib",
    "hmac",
    "secrets",
    "zoneinfo",
}

# Doors within an area: modules that are loaded late, because a short command or the start of a server does without them and all that
# they load (test_startup holds that), and who needs them.
LATER = {
    "icosa.catalogue.field_types.dialling": "who writes a phone number",
    "icosa.client.attaching": "who attaches notes and tasks",
    "icosa.client.cursors": "who asks for the page after another one",
    "icosa.client.operations": "who calls methods",
    "icosa.client.resource": "the same",
    "icosa.client.sending.log": "who has anything to say, or somebody listens",
    "icosa.client.sending.pace": "who asks a server",
    "icosa.client.sending.settling": "who writes",
    "icosa.client.transport.over_http": "who asks a server",
    "icosa.client.writes": "who writes",
    "icosa.client.lookup": "who looks a record up by what it is known by",
    "icosa.client.several": "who changes many records at once",
    "icosa.client.upsert": "who upserts",
    "icosa.journal.journal_file": "who keeps a journal",
    "icosa.journal.recording": "the same",
    "icosa.wire.language.filter": "who asks with a filter",
    "icosa.wire.language.naive": "who asks a server with a filter",
    "icosa.wire.openapi.document": "who asks for a document, or for what there is beyond 1.0.3",
    "icosa.wire.openapi.reading.objects": "who reads the document of a server",
    "icosa.wire.openapi.reading.offered": "the same",
    "icosa.wire.openapi.reading.parts": "the same",
    "icosa.workspace.http.access_log": "whose server writes a log",
    "icosa.workspace.http.metrics": "whose server keeps numbers",
    "icosa.workspace.http.workers": "whose server has several workers",
    "icosa.workspace.rate_limit": "whose server has a limit",
    "icosa.workspace.beside": "who asks a workspace for anything beside records",
    "icosa.wire.language.typed": "who speaks as 2.19",
    "icosa.wire.language.unescaped": "the same",
    "icosa.workspace.performing": "who writes",
    "icosa.workspace.planning.grouping": "who groups records",
    "icosa.workspace.planning.writes": "who writes",
    "icosa.workspace.store.grouping": "who groups records",
    "icosa.workspace.store.postgres.grouping": "the same",
    "icosa.workspace.store.sqlite.grouping": "the same",
    "icosa.workspace.rules.permitted": "the same",
    "icosa.workspace.store.postgres.database": "whose records are not in a file",
    "icosa.workspace.store.sqlite.loops": "an event loop",
    "icosa.workspace.store.sqlite.tables": "whose tables are not the standard ones, or are to be made",
    "icosa.workspace.store.sqlite.writer": "who writes",
    "icosa.workspace.store.sqlite.owed_lines": "who finds lines of history owed that nobody can make now",
}

NAMES_THAT_SAY_NOTHING = {"common", "helper", "helpers", "manager", "managers", "misc", "util", "utils"}


def area(module: str) -> str:
    return [*module.split("."), "icosa"][1] if module not in FRONT else "icosa"


def inside() -> Iterable[Import]:
    return (each for each in imports() if each.target.split(".")[0] == "icosa")


def test_every_area_is_drawn() -> None:
    assert {area(module) for module in files()} == set(KNOWS)


def test_arrows_go_from_later_to_earlier_only() -> None:
    wrong = [
        str(each)
        for each in inside()
        if area(each.target) not in {area(each.module), *KNOWS[area(each.module)]}
        and not (each.when != "top" and (each.module, area(each.target)) in DOORS)
        and not (each.module in COMMANDS and area(each.target) == "workspace")
        and not (each.module.startswith(TESTING) and area(each.target) == "workspace")
    ]
    assert wrong == []


def test_a_chain_knows_of_imports_how_rows_are_read_and_no_more() -> None:
    reached = {each.target for each in inside() if area(each.module) == "chains" and area(each.target) == "imports"}
    assert {each for each in reached if not each.startswith("icosa.imports.rows")} == set()
    assert reached


def test_every_door_is_used() -> None:
    used = {(each.module, area(each.target)) for each in inside()}
    assert set(DOORS) <= used
    assert {(command, "workspace") for command in COMMANDS} <= used


def test_commands_that_run_a_workspace_are_loaded_by_nothing_else() -> None:
    loaders = [str(each) for each in inside() if each.target in COMMANDS and each.when == "top" and each.module not in COMMANDS]
    assert loaders == []


def test_what_runs_a_workspace_for_a_test_is_loaded_by_nothing_else() -> None:
    loaders = [each for each in inside() if each.target.startswith(TESTING) and not each.module.startswith(TESTING) and each.when == "top"]
    assert {each.module for each in loaders} == {"icosa.testing"}
    assert [str(each) for each in inside() if each.module == f"{TESTING}plugin" and each.when == "top"] == []


def test_surfaces_do_not_know_each_other() -> None:
    wrong = [
        str(each)
        for each in inside()
        if area(each.module) == area(each.target) == "surfaces"
        and each.module.split(".")[2:3] != each.target.split(".")[2:3]
        and not (each.when == "lazy" and (each.module, each.target) in STARTS)
    ]
    assert wrong == []


def test_rooms_of_the_wire_know_only_what_is_drawn() -> None:
    def room(module: str) -> str:
        return next(iter(set(module.split(".")[2:3]) & set(WIRE)), "")

    both = [each for each in inside() if area(each.module) == area(each.target) == "wire"]
    known = {"": {""}} | {name: {"", name, *others} for name, others in WIRE.items()}
    assert [str(each) for each in both if room(each.target) not in known[room(each.module)]] == []


def test_rooms_of_the_workspace_know_only_those_before_them() -> None:
    def room(module: str) -> int:
        name = [*module.split("."), "workspace"][2]
        return ROOMS.index(name if name in ROOMS else "workspace")

    both = [each for each in inside() if area(each.module) == area(each.target) == "workspace"]
    assert [str(each) for each in both if room(each.target) > room(each.module)] == []


def test_no_modules_import_each_other_in_a_circle() -> None:
    graph: dict[str, set[str]] = {module: set() for module in files()}
    for each in inside():
        if (each.module, each.target) not in TYPES:
            graph[each.module].add(each.target)

    def circle(module: str, path: tuple[str, ...]) -> tuple[str, ...] | None:
        if module in path:
            return (*path[path.index(module) :], module)
        if module in free:
            return None
        found = next((ring for target in sorted(graph.get(module, ())) if (ring := circle(target, (*path, module)))), None)
        free.add(module)
        return found

    free: set[str] = set()
    rings = [ring for module in graph if (ring := circle(module, ()))]
    assert rings == []


def test_imports_stand_at_the_top_unless_what_they_load_is_slow() -> None:
    wrong = [
        str(each)
        for each in imports()
        if each.when == "lazy"
        and each.target.split(".")[0] not in LATE
        and each.target not in LATER
        and area(each.module) not in ("surfaces", "icosa")
        and (each.module, area(each.target)) not in DOORS
    ]
    assert wrong == []


def test_what_is_loaded_later_is_loaded_late_somewhere() -> None:
    assert set(LATER) <= {each.target for each in imports() if each.when == "lazy"}


def test_names_say_what_is_inside() -> None:
    empty = {module for module in files() if set(re.split(r"[._]", module)) & NAMES_THAT_SAY_NOTHING}
    assert empty == set()
