"""E-mail addresses as programs write them around what they are, and what is more than one."""

import pytest

from icosa.errors import InvalidValue
from icosa.imports.values.emails import read_email


@pytest.mark.parametrize(
    "text",
    [
        "Ada@Example.com",
        "mailto:ada@example.com?subject=Hello",
        "SMTP:ada@example.com",
        "'ada@example.com'",
        '"ada@example.com"',
        "Ada Lovelace <ada@example.com>",
        "'Ada Lovelace' <ada@example.com>",
        '"Lovelace, Ada" <ada@example.com>',
        "ada@example.com (work)",
        " ada@example.com\u200b ",
        "Ada <ada@example.com>, <ADA@example.com>",
        "ada@old.example.com <ada@example.com>",
        "mailto:ada%40example.com",
    ],
)
def test_what_programs_write_around_an_address_is_no_part_of_it(text: str) -> None:
    assert read_email(text, "email") == "ada@example.com"


@pytest.mark.parametrize(
    "text",
    [
        "ada@example.com; bob@example.com",
        "ada@example.com, bob@example.com",
        "ada@example.com / bob@example.com",
        "Ada <ada@example.com>, Bob <bob@example.com>",
        "Ada <ada@example.com> Bob <bob@example.com>",
        "Ada <ada@example.com>; bob@example.com",
        "ada@example.com, Bob <bob@example.com>",
        '"Lovelace, Ada" <ada@example.com>, bob@example.com',
    ],
)
def test_two_addresses_are_refused_as_two(text: str) -> None:
    with pytest.raises(InvalidValue, match="holds 2 addresses; keep one here, and put the others beside it"):
        read_email(text, "email")


@pytest.mark.parametrize("text", ["ada", "ada@example", "ada@@example.com", "'", "(ada@example.com)", "a@b@example.com", "smtp:"])
def test_what_is_no_address_is_refused_as_none(text: str) -> None:
    with pytest.raises(InvalidValue, match="is not an e-mail address"):
        read_email(text, "email")
