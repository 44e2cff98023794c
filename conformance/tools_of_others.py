"""What servers of tools are asked to do, by the names of their own tools."""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from conformance.outcomes import Outcome
from conformance.stdio_tools import ToolFailed, Tools

Do = Callable[[str, str, Mapping[str, Any]], Any]
NOBODY = "00000000-0000-4000-8000-000000000000"


def _doing(tools: Tools, outcomes: list[Outcome]) -> Do:
    """A function that calls a tool under a name of its own for the table, notes what became of it, and gives the JSON that it
    answers; None where it failed."""

    def do(call: str, tool: str, arguments: Mapping[str, Any]) -> Any:
        try:
            text = tools.call(tool, arguments)
            answer = _json(text)
            error = text if isinstance(answer, dict) and answer.keys() & {"error", "errors"} else None
        except ToolFailed as failed:
            answer, error = None, str(failed)
        outcomes.append(Outcome(call, error))
        return None if error else answer

    return do


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def twenty_mcp(tools: Tools) -> list[Outcome]:
    """One tool for records, one for metadata: each takes the name of an action, and JSON as text."""
    outcomes: list[Outcome] = []
    do = _doing(tools, outcomes)

    def crm(action: str, **params: Any) -> Any:
        return do(action, "twenty_mcp_crm", {"action": action, "params_json": json.dumps(params)})

    def metadata(action: str, **params: Any) -> Any:
        return do(action, "twenty_mcp_metadata", {"action": action, "params_json": json.dumps(params)})

    for singular, plural, values in (
        ("person", "people", {"first_name": "Ada", "last_name": "Lovelace"}),
        ("company", "companies", {"name": "Analytical Engines"}),
        ("opportunity", "opportunities", {"name": "Looms"}),
    ):
        crm(f"create_{singular}", **values)
        made = crm("create_record", object_name=plural, data={"position": 1})
        key = {f"{singular}_id": made["data"][f"create{singular.capitalize()}"]["id"] if made else NOBODY}
        crm(f"get_{plural}", params={"limit": 2})
        crm(f"get_{singular}", **key)
        crm(f"update_{singular}", **key, data={"position": 2})
        crm("find_records", object_name=plural, filter="position[gte]:0", order_by="position", limit=2, depth=1)
        crm("find_duplicates", object_name=plural, ids=list(key.values()))
        crm(f"delete_{singular}", **key)
    crm("batch_create_records", object_name="companies", records=[{"name": "A"}, {"name": "B"}])
    crm("batch_update_records", object_name="companies", records=[{"id": NOBODY, "name": "C"}])
    crm("batch_delete_records", object_name="companies", record_ids=[NOBODY])
    crm("execute_gql", query="{ companies { totalCount } }")
    do("twenty_graphql", "twenty_graphql", {"query": "{ companies { totalCount } }"})
    _metadata(metadata)
    return outcomes


def _metadata(metadata: Callable[..., Any]) -> None:
    metadata("get_metadata")
    metadata("get_metadata_objects")
    metadata("get_metadata_object", object_name_or_id="companies")
    metadata("get_metadata_fields")
    names = {"nameSingular": "rocket", "namePlural": "rockets", "labelSingular": "Rocket", "labelPlural": "Rockets"}
    made = metadata("create_metadata_object", data=names)
    rocket = made["id"] if made and "id" in made else NOBODY
    field = {"objectMetadataId": rocket, "type": "NUMBER", "name": "thrust", "label": "Thrust"}
    added = metadata("create_metadata_field", data=field)
    thrust = added["id"] if added and "id" in added else NOBODY
    metadata("get_metadata_field", field_id=thrust)
    metadata("update_metadata_field", field_id=thrust, data={"isActive": False})
    metadata("delete_metadata_field", field_id=thrust)
    metadata("update_metadata_object", object_id=rocket, data={"isActive": False})
    metadata("delete_metadata_object", object_id=rocket)
    metadata("get_metadata_relations")


def twenty_crm_mcp_server(tools: Tools) -> list[Outcome]:
    """A tool for each operation; all ask by GraphQL."""
    outcomes: list[Outcome] = []
    do = _doing(tools, outcomes)
    for name in tools.names:
        if name.startswith("list_"):
            do(name, name, {})
    do("create_company", "create_company", {"name": "Analytical Engines"})
    do("create_note", "create_note", {"title": "Called"})
    return outcomes


def openapi_mcp_server(tools: Tools) -> list[Outcome]:
    """The tools that it makes of the workspace's own OpenAPI document: every list, and all that there is for three objects."""
    outcomes: list[Outcome] = []
    do = _doing(tools, outcomes)
    for name in tools.names:
        if name.startswith("find-many-"):
            do(name, name, {"limit": 2, "depth": 1})
    for singular, plural, values in (
        ("company", "companies", {"name": "Analytical Engines"}),
        ("person", "people", {"jobTitle": "Analyst"}),
        ("note", "notes", {"title": "Called"}),
    ):
        for name, arguments in _life(do, singular, plural, values):
            if name in tools.names:
                do(name, name, arguments)
    return outcomes


def _life(do: Do, singular: str, plural: str, values: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    made = do(f"create-one-{singular}", f"create-one-{singular}", values)
    again = do(f"create-one-{singular}, again", f"create-one-{singular}", values)
    one, other = (each["data"][f"create{singular.capitalize()}"]["id"] if each else NOBODY for each in (made, again))
    among = f"id[eq]:{other}"
    yield f"create-many-{plural}", {"body": [values, values]}
    yield f"find-one-{singular}", {"id": one, "depth": 1}
    yield f"update-one-{singular}", {"id": one, **values}
    yield f"find-{singular}-duplicates", {"ids": [one]}
    yield f"update-many-{plural}", {"filter": among, **values}
    yield f"group-by-{plural}", {"group_by": '[{"createdAt":{"granularity":"DAY","timeZone":"UTC"}}]'}
    yield f"delete-one-{singular}", {"id": one, "soft_delete": True}
    yield f"restore-one-{singular}", {"id": one}
    yield f"delete-many-{plural}", {"filter": among, "soft_delete": True}
    yield f"restore-many-{plural}", {"filter": among}
    yield f"merge-many-{plural}", {"ids": [one, other], "conflictPriorityIndex": 0}
