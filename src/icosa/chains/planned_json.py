"""What a step would send, as JSON: what a dry run prints, and a page of one shows."""

import json
from typing import Any
from urllib.parse import quote

from icosa.call.masking import masked
from icosa.catalogue.model import Catalogue
from icosa.chains.running import Planned


def planned_json(catalogue: Catalogue, planned: Planned, *, show_secrets: bool = False) -> dict[str, Any]:
    """The request, or the properties where not all of them are known yet, or what is wrong; secrets are masked."""
    item, request = planned.item, planned.request
    found: dict[str, Any] = {
        "step": planned.step,
        "action": planned.action.label,
        "from": None if item is None else {"step": item.step, "at": item.at},
    }
    if planned.error is not None:
        return {**found, "error": {"code": planned.error.code, "message": planned.error.message}}
    if request is None:
        properties = dict(planned.properties)
        return {**found, "properties": properties if show_secrets else masked(catalogue, properties)}
    url = quote(request.path, safe="/-._~") + (f"?{request.query}" if request.query else "")
    body = json.loads(request.body) if request.body else None
    return {**found, "method": request.method, "url": url, "body": body if show_secrets else masked(catalogue, body)}
