"""A console over a workspace of a test's own, and browsers to look at it with."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from starlette.applications import Starlette
from starlette.testclient import TestClient

from icosa.surfaces.console.served import Served
from icosa.workspace.access.issue import create_key, revoke_key

NEVER = "9999-12-31T23:59:59.999Z"
OWN: Mapping[str, str] = MappingProxyType({"Sec-Fetch-Site": "same-origin"})
"""What a browser says of a request that a page of the console itself made."""


@dataclass(frozen=True)
class Console:
    """`address` is what people type."""

    app: Starlette
    site: Served
    address: str

    def browser(self, address: str = "") -> TestClient:
        """Somebody who has not signed in."""
        return TestClient(self.app, base_url=address or self.address, follow_redirects=False)

    def key(self, name: str = "Ada") -> str:
        """A new API key."""
        return create_key(self.site.workspace, name, NEVER)[1]

    def revoke(self, name: str = "Ada") -> None:
        revoke_key(self.site.workspace, name)

    def signed_in(self, name: str = "Ada") -> TestClient:
        """Somebody who has signed in with a key of that name."""
        browser = self.browser()
        answer = browser.post("/sign-in", data={"key": self.key(name)}, headers=OWN)
        assert answer.status_code == 303, answer.text
        return browser
