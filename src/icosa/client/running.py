"""Running a call that is written in any of its forms."""

from collections.abc import Mapping
from typing import Any

from icosa.client.blocking import connect
from icosa.client.calls import Item
from icosa.client.credentials.text_address import check_addressed
from icosa.client.transport.limit import TIMEOUT_SECONDS
from icosa.forms.call import Call
from icosa.forms.reading import read_addressed_call
from icosa.secret import Secret


def run(
    call: str | Mapping[str, Any] | Call,
    url: str | None = None,
    token: str | Secret | None = None,
    *,
    timeout: float = TIMEOUT_SECONDS,
) -> list[Item]:
    """Run a call that is written as Python, as a command line of curl or of icosa, or as JSON.

        icosa.run("icosa companies create-one --name 'Analytical Engines'")
        icosa.run('crm.companies.find_many(limit=1)', "https://crm.example.com", token="…")

    Nothing of it is handed to a shell or to Python: it is read, checked and sent like any other call.
    Gives its one item.  Where it goes is what `connect` says, never what the text does: without `url`, a
    text that names another workspace is refused.  Raises InvalidInput before anything is sent, and any
    other IcosaError after.
    """
    with connect(url, token, timeout=timeout) as crm:
        found = read_addressed_call(call, crm.catalogue, offers=crm.offers)
        if url is None:
            check_addressed(found.address, crm.address)
        return crm.run(found.call)
