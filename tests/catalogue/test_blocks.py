"""Markdown and the blocks of the editor: each is made of the other, and says the same."""

import re
from collections.abc import Iterator
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from icosa.catalogue.field_types.generation_2.blocks.from_markdown import LONGEST, blocks
from icosa.catalogue.field_types.generation_2.blocks.to_markdown import markdown
from tests.searched import AT_LENGTH
from tests.shared import SHARED, needs_shared


def made(text: str) -> Any:
    return orjson.loads(blocks(text))


def back(text: str) -> str:
    return markdown(made(text))


def kinds(text: str) -> list[str]:
    return [each["type"] for each in made(text)]


def words(value: Any) -> Iterator[str]:
    """Every text in blocks."""
    if isinstance(value, dict):
        if isinstance(value.get("text"), str):
            yield value["text"]
        for each in value.values():
            yield from words(each)
    elif isinstance(value, list):
        for each in value:
            yield from words(each)


SAID_AGAIN = (
    "# Title\n",
    "###### Least\n",
    "A paragraph.\n\nAnother.\n",
    "**bold**, *italic*, ~~gone~~ and `code`\n",
    "***both***\n",
    "a [link](https://example.com/a) and [**bold** one](https://example.com)\n",
    "* one\n* two\n  * below\n    1. numbered\n    2. again\n",
    "* [x] done\n* [ ] to do\n",
    "> said\n",
    "```py\nx = [1]\n\ny = 2\n```\n",
    "| a | b |\n| --- | --- |\n| 1 | **2** |\n",
    "one line\nand one more\n",
    "no \\*style\\* and no \\[link\\]\n",
)


@pytest.mark.parametrize("text", SAID_AGAIN)
def test_what_was_made_blocks_reads_as_it_was(text: str) -> None:
    spaced = text.replace("one line\n", "one line  \n")
    assert back(spaced) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# One\ntext", ["heading", "paragraph"]),
        ("Title\n=====\nUnder\n---", ["heading", "heading"]),
        ("- a\n- b\n\n1. c\n2) d", ["bulletListItem", "bulletListItem", "numberedListItem", "numberedListItem"]),
        ("- [ ] a\n- [X] b", ["checkListItem", "checkListItem"]),
        ("a\n> b\n> c", ["paragraph", "quote"]),
        ("~~~\n# no heading\n~~~\nafter", ["codeBlock", "paragraph"]),
        ("```\nnever closed", ["codeBlock"]),
        ("a\n\n---\n\nb", ["paragraph", "paragraph"]),
        ("#no heading", ["paragraph"]),
        ("a | b\n--|--\n1 | 2", ["table"]),
        ("a | b\nno table", ["paragraph"]),
        ("", []),
    ],
)
def test_blocks_are_of_the_kinds_that_markdown_has(text: str, expected: list[str]) -> None:
    assert kinds(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("snake_case_name", {"snake_case_name": {}}),
        ("2 * 3 * 4", {"2 * 3 * 4": {}}),
        ("**open", {"**open": {}}),
        ("*a **b* c**", {"a **b": {"italic": True}, " c**": {}}),
        ("`*a*`", {"*a*": {"code": True}}),
        ("``a`b``", {"a`b": {"code": True}}),
        ("\\*a\\*", {"*a*": {}}),
        ("[no link]", {"[no link]": {}}),
        ("a\nb", {"a b": {}}),
        ("a\\\nb", {"a\nb": {}}),
    ],
)
def test_styles_are_those_that_something_answers(text: str, expected: dict[str, Any]) -> None:
    (block,) = made(text)
    assert {span["text"]: span["styles"] for span in block["content"]} == expected


def test_a_link_holds_its_own_styles() -> None:
    (block,) = made("see **[the *site*](https://example.com/a_(b) 'Site')** or <https://example.com>")
    before, link, between, address = block["content"]
    assert (before["text"], between["text"]) == ("see ", " or ")
    assert link["href"] == "https://example.com/a_(b)"
    assert [span["styles"] for span in link["content"]] == [{"bold": True}, {"bold": True, "italic": True}]
    assert address["href"] == address["content"][0]["text"] == "https://example.com"


def test_the_same_text_makes_the_same_blocks_each_of_another_id() -> None:
    text = "- a\n- a\n  - a\n\na"
    assert blocks(text) == blocks(text) != blocks(text + "\n")
    ids = re.findall(r'"id":"([0-9a-f-]{36})"', blocks(text))
    assert len(set(ids)) == len(ids) == 4


def test_a_text_that_is_too_long_for_blocks_is_one_paragraph() -> None:
    text = "a line of words, as people write them\n\n" * 5000
    assert len(made(text)) == 5000
    for longer in (text + "b" * LONGEST, "- a\n" * (LONGEST // 4), "*a*b" * (LONGEST // 4)):
        (block,) = made(longer)
        assert block["content"] == [{"type": "text", "text": longer, "styles": {}}]
    assert len(made("- a\n" * 1000)) == 1000


@pytest.mark.parametrize(
    "value",
    [
        [],
        [5, None, "text", {}],
        [{"type": "paragraph", "content": 5, "children": "none", "props": []}],
        [{"type": "table", "content": {"rows": [{"cells": 5}, 7]}}],
        [{"type": "heading", "props": {"level": "high"}, "content": [None, {"type": "link", "content": None}]}],
    ],
)
def test_blocks_that_are_none_are_left_out(value: list[Any]) -> None:
    assert markdown(value).strip(" #|-\n[]()") == ""


def test_blocks_of_other_editors_keep_their_words() -> None:
    value = [
        {"type": "unheard", "content": [{"type": "text", "text": "one"}], "children": [{"type": "paragraph", "content": "two"}]},
        {"type": "image", "props": {"url": "https://example.com/a.png", "caption": "a picture"}},
    ]
    assert markdown(value) == "one\n  two\n\n![a picture](https://example.com/a.png)\n"


TEXTS = st.text(st.sampled_from("ab1 \n\t#*_~`[]()<>!|-+.>\\x"), max_size=60)


@given(TEXTS)
@AT_LENGTH
def test_no_letter_of_a_text_is_lost(text: str) -> None:
    plain = re.sub(r"[(<`~]", "", text)  # addresses and languages stand beside the words
    assert re.sub(r"[^ab]", "", "".join(words(made(plain)))) == re.sub(r"[^ab]", "", plain)


@given(st.text(st.sampled_from("ab *_`[]<\\~#>-+1.)=|"), max_size=30).map(str.strip))
@AT_LENGTH
def test_a_text_without_styles_is_said_again_as_it_is(text: str) -> None:
    span = {"type": "text", "text": text, "styles": {}}
    assert "".join(words(made(markdown([{"type": "paragraph", "content": [span]}])))) == text


@needs_shared
def test_the_blocks_are_those_that_twenty_makes() -> None:
    compared = 0
    for line in (SHARED / "conformance" / "recording-2.19.jsonl").read_text("utf-8").splitlines():
        for text, expected in rich_texts(orjson.loads(line).get("answer")):
            assert re.sub(r'"id":"[0-9a-f-]{36}"', '"id":"<id>"', blocks(text)) == expected
            compared += 1
    assert compared > 100


def rich_texts(value: Any) -> Iterator[tuple[str, str]]:
    """The Markdown, and the blocks that were made of it."""
    if isinstance(value, dict):
        blocknote, text = value.get("blocknote"), value.get("markdown")
        if blocknote and text and '"id":"<id>"' in blocknote:
            yield text, blocknote
        for each in value.values():
            yield from rich_texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from rich_texts(each)
