"""The events that webhooks tell of, as requests that a receiver gets."""

from icosa.catalogue.examples import ID, MOMENT
from icosa.catalogue.model import Catalogue, Object
from icosa.catalogue.naming import capitalised, label
from icosa.wire.openapi.schemas import Schema, reference

_ACTIONS = ("created", "updated", "deleted")
_HEADERS = {
    "Signature": "The HMAC-SHA256 of the timestamp, a colon and the body as it was sent, under the webhook's secret, in "
    "hexadecimal digits. Compute the same and compare; it is missing where the webhook has no secret.",
    "Timestamp": "When the request was signed, in milliseconds since 1970. Refuse what is older than a few minutes.",
    "Nonce": "A text that no other request has. Refuse one that was seen before.",
}


def webhooks(catalogue: Catalogue) -> Schema:
    """One request for each thing that can happen to a record.  Restoring and destroying, which Twenty 1.0.3's
    document does not list either, are told in the same form."""
    return {
        f"{capitalised(each.singular)} {capitalised(action)}": {"post": _event(each, action)} for each in catalogue for action in _ACTIONS
    }


def _event(of: Object, action: str) -> Schema:
    properties: Schema = {
        "targetUrl": {"type": "string", "description": "The address of the webhook.", "example": "https://hooks.example.com/crm"},
        "eventName": {"type": "string", "description": "Object and action.", "example": f"{of.singular}.{action}"},
        "objectMetadata": {
            "type": "object",
            "description": "The object that the record is one of.",
            "properties": {"id": {"type": "string", "example": ID}, "nameSingular": {"type": "string", "enum": [of.singular]}},
        },
        "workspaceId": {"type": "string", "example": ID},
        "webhookId": {"type": "string", "example": ID},
        "eventDate": {"type": "string", "format": "date-time", "example": MOMENT},
        "record": reference(of, "ForResponse"),
    }
    if action == "updated":
        properties["updatedFields"] = {"type": "array", "items": {"type": "string"}, "description": "The properties that the update named."}
    return {
        "tags": [of.plural],
        "summary": f"{label(of.plural)}: a record was {action}",
        "security": [],
        "parameters": [
            {"in": "header", "name": f"X-Twenty-Webhook-{name}", "description": text, "required": False, "schema": {"type": "string"}}
            for name, text in _HEADERS.items()
        ],
        "requestBody": {"content": {"application/json": {"schema": {"type": "object", "properties": properties}}}},
        "responses": {"200": {"description": "Received. Any other status, or none in time, is a failed delivery."}},
    }
