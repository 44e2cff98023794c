"""An import as somebody does it page by page, without script."""

import re
from dataclasses import dataclass
from html import unescape
from typing import Any

from httpx2 import Response
from starlette.testclient import TestClient

PEOPLE = """E-mail,First name,Last name,Company,City
ada@engines.example.com,Ada,Lovelace,Analytical Engines,London
grace@navy.example.com,Grace,Hopper,Navy,Arlington
broken@@example,No,Body,Nowhere,Nowhere
"""


@dataclass
class Importing:
    """An upload of somebody's; `path` is where its pages are."""

    client: TestClient
    path: str

    def page(self, name: str = "") -> str:
        answer = self.client.get(f"{self.path}{name}")
        assert answer.status_code == 200, text_of(answer)
        return answer.text

    def map(self, **chosen: Any) -> Response:
        """Sends the form of the columns as it is, but for what is chosen."""
        sent = {"do": "plan", "create_links": "on", **selected(self.page("/map")), **chosen}
        return self.client.post(f"{self.path}/map", data=sent, follow_redirects=False)

    def column(self, name: str) -> str:
        """What the select of a column is called."""
        return unescape(re.findall(rf'<label for="(c\d+)">{re.escape(name)}</label>', self.page("/map"))[0])

    def apply(self, **chosen: str) -> Response:
        return self.client.post(f"{self.path}/apply", data=chosen, follow_redirects=False)


def upload(client: TestClient, content: str | bytes, name: str = "people.csv", resource: str = "people", **files: Any) -> Importing:
    """Uploads a file that is taken."""
    answer = send(client, content, name, resource, **files)
    assert answer.status_code == 303, text_of(answer)
    return Importing(client, answer.headers["location"].removesuffix("/map"))


def send(client: TestClient, content: str | bytes, name: str = "people.csv", resource: str = "people", **files: Any) -> Response:
    held = content.encode() if isinstance(content, str) else content
    sent = {"file": (name, held), **{box: ("recipe.toml", each) for box, each in files.items()}}
    return client.post("/imports", files=sent, data={"resource": resource}, follow_redirects=False)


def selected(page: str) -> dict[str, str]:
    """What the selects of a page have chosen, the first option where none is said to be."""
    found = {}
    for name, options in re.findall(r'<select[^>]* name="([^"]+)"[^>]*>(.*?)</select>', page, re.DOTALL):
        values = re.findall(r'<option(?: value="([^"]*)")?( selected)?>', options)
        chosen = next((value for value, is_chosen in values if is_chosen), values[0][0])
        found[unescape(name)] = unescape(chosen)
    return found


def text_of(answer: Response) -> str:
    """What a page says in its main part."""
    main = answer.text.partition("<main")[2].partition("</main>")[0]
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main)))
