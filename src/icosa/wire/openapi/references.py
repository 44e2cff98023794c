"""What operations of the document refer to: parameters, bodies, and what is answered."""

from icosa.wire.openapi.schemas import Schema

FAULTS = ("400", "401", "403", "404", "500", "503")
FAULTS_WITH_BODY = ("400", "401", "403", "404", "413", "500", "503")


def parameters_named(*names: str) -> list[Schema]:
    return [{"$ref": f"#/components/parameters/{name}"} for name in names]


def body_of(schema: Schema, description: str) -> Schema:
    return {"description": description, "required": True, "content": {"application/json": {"schema": schema}}}


def responses_of(status: str, schema: Schema, description: str, faults: tuple[str, ...] = FAULTS) -> Schema:
    """The answer of an operation that is done, and those of one that is not."""
    answer = {"description": description, "content": {"application/json": {"schema": schema}}}
    return {status: answer, **{each: {"$ref": f"#/components/responses/{each}"} for each in faults}}
