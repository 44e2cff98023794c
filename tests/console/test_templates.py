"""No template holds what the pages' policy refuses, or lets a text become markup."""

import re
from pathlib import Path

import pytest
from jinja2 import UndefinedError

from icosa.surfaces.cli.tree import COMMANDS
from icosa.surfaces.console import palette, rendering

FOLDER = Path(rendering.__file__).with_name("templates")
FORBIDDEN = {
    "a script in an attribute": re.compile(r"\bhx-on\b|\bjs:|\bjavascript:|\son[a-z]+="),
    "a filter in a trigger, which is a script": re.compile(r'hx-trigger="[^"]*\['),
    "a text taken for markup": re.compile(r"\|\s*safe\b|autoescape false|\bMarkup\b"),
    "a style in an element": re.compile(r"\sstyle="),
    "a style or a script in the page": re.compile(r"<style|<script(?![^>]*\ssrc=)"),
    "something from elsewhere": re.compile(r'(?:src|href)="(?:https?:)?//'),
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_template_holds(what: str) -> None:
    found = [
        f"{path.relative_to(FOLDER)}:{number}: {line.strip()}"
        for path in sorted(FOLDER.rglob("*.html"))
        for number, line in enumerate(
            re.sub(r"\{#.*?#\}", lambda each: "\n" * each[0].count("\n"), path.read_text("utf-8"), flags=re.DOTALL).splitlines(), 1
        )
        if FORBIDDEN[what].search(line)
    ]
    assert found == []


def test_every_command_that_a_page_names_is_one() -> None:
    text = "".join(path.read_text("utf-8") for path in FOLDER.rglob("*.html"))
    named = set(re.findall(r'(?:["=]|call_line\("", ")(?:[A-Z_]+=\S+ )?icosa ([a-z-]+)', text))
    assert {"keys", "login", "runs"} <= named
    assert named <= set(COMMANDS)


def test_the_pages_at_the_side_are_those_that_ctrl_k_finds() -> None:
    text = (FOLDER / "nav.html").read_text("utf-8")
    beside = set(re.findall(r'(?:to\(|href=)"(/\w+)"', text))
    assert beside | {"/"} == {each.href for each in palette.PAGES}, "templates/nav.html, and PAGES in palette.py"


@pytest.mark.parametrize("template", sorted(str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*.html")))
def test_every_template_is_one(template: str) -> None:
    assert rendering.TEMPLATES.get_template(template).name == template


def test_every_text_is_escaped_and_what_is_missing_is_an_error() -> None:
    text = rendering.TEMPLATES.from_string("{{ text }}")
    assert text.render(text="<b>") == "&lt;b&gt;"
    with pytest.raises(UndefinedError):
        text.render()
