"""The form of a page, as a browser without script sends it."""

from html.parser import HTMLParser
from urllib.parse import urlencode

from starlette.testclient import TestClient

FORM = {"content-type": "application/x-www-form-urlencoded"}


class FilledForm(HTMLParser):
    """What stands in the boxes of the first form that sends to `action`."""

    def __init__(self, text: str, action: str) -> None:
        super().__init__()
        self.boxes: list[tuple[str, str]] = []
        self._action, self._inside = action, False
        self._area: tuple[str, str] | None = None
        self._select: str | None = None
        self._options: list[tuple[bool, str]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = held.get("action") == self._action
        if not self._inside:
            return
        if tag == "input" and held.get("name") and held.get("type") not in ("file", "submit"):
            if held.get("type") not in ("checkbox", "radio") or "checked" in held:
                self.boxes.append((held["name"], held.get("value", "on" if held.get("type") == "checkbox" else "")))
        elif tag == "select":
            self._select, self._options = held.get("name"), []
        elif tag == "option" and self._select:
            self._options.append(("selected" in held, held.get("value", "")))
        elif tag == "textarea":
            self._area = (held["name"], "")

    def handle_data(self, data: str) -> None:
        if self._area:
            self._area = (self._area[0], self._area[1] + data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._area:
            self.boxes.append((self._area[0], self._area[1].removeprefix("\n")))
            self._area = None
        if tag == "select" and self._select:
            chosen = [value for is_chosen, value in self._options if is_chosen] or [self._options[0][1]]
            self.boxes.append((self._select, chosen[-1]))
            self._select = None
        if tag == "form":
            self._inside = False


def send(client: TestClient, path: str, shown: str = "", **boxes: str):  # type: ignore[no-untyped-def]
    """The answer to the form of a page at a path, with these boxes filled in; `_` in a name stands for what no name in Python can
    have: `s1__title` is "s1.title", `s1_for` is "s1/for"."""
    text = shown or client.get(path).text
    action = path.partition("?")[0]
    named = {_box(name): value for name, value in boxes.items()}
    held = [(name, value) for name, value in FilledForm(text, action).boxes if name not in named]
    return client.post(action, content=urlencode([*held, *named.items()]), headers=FORM, follow_redirects=False)


def _box(name: str) -> str:
    step, double, rest = name.partition("__")
    if double:
        return f"{step}.{rest}"
    step, single, rest = name.partition("_")
    return f"{step}/{rest}" if single and step[0] == "s" and step[1:].isdigit() else name
