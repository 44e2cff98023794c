"""Composite values are given by their parts: short names, beside JSON, and checked before anything is sent."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from icosa.catalogue.standard import STANDARD
from icosa.forms.parts import dotted
from icosa.surfaces.cli.options import parameters_of
from icosa.wire.actions import Operation, actions
from tests.cli.conftest import Shell
from tests.cli.test_properties import sent

PERSON = ("people", "create-one")


def test_parts_are_given_by_short_names(shell: Shell) -> None:
    given = [
        "--name.first",
        "Ada",
        "--name.last",
        "Lovelace",
        "--emails.primary",
        "ada@example.com",
        "--linkedin-link.url",
        "example.com/ada",
    ]
    assert sent(shell, *PERSON, *given) == {
        "name": {"firstName": "Ada", "lastName": "Lovelace"},
        "linkedinLink": {"primaryLinkUrl": "example.com/ada"},
        "emails": {"primaryEmail": "ada@example.com"},
    }


@pytest.mark.parametrize("option", ["--name.first", "--name.firstName", "--name.first-name", "--name.first_name", "--Name.First"])
def test_a_part_goes_by_all_its_spellings(shell: Shell, option: str) -> None:
    assert sent(shell, *PERSON, option, "Ada") == {"name": {"firstName": "Ada"}}


def test_options_may_be_spelt_as_the_wire_spells_its_names(shell: Shell) -> None:
    assert sent(shell, *PERSON, "--jobTitle", "Engineer") == {"jobTitle": "Engineer"}


def test_lists_are_given_one_by_one_or_as_json(shell: Shell) -> None:
    one_by_one = ["--emails.additional", "a@example.com", "--emails.additional", "b@example.com"]
    expected = {"emails": {"additionalEmails": ["a@example.com", "b@example.com"]}}
    assert sent(shell, *PERSON, *one_by_one) == expected
    assert sent(shell, *PERSON, "--emails.additional", '["a@example.com", "b@example.com"]') == expected


@pytest.mark.parametrize(
    ("amount", "micros"), [("1200", 1_200_000_000), ("1200.50", 1_200_500_000), ("-0.000001", -1), ("0", 0)]
)  # fmt: skip
def test_amounts_are_given_in_whole_units_and_sent_in_millionths(shell: Shell, amount: str, micros: int) -> None:
    body = sent(shell, "opportunities", "create-one", f"--amount.amount={amount}", "--amount.currency", "EUR")
    assert body == {"amount": {"amountMicros": micros, "currencyCode": "EUR"}}


def test_parts_stand_beside_json_and_beside_data(shell: Shell) -> None:
    assert sent(shell, *PERSON, "--name", '{"firstName": "Ada"}', "--name.last", "Lovelace") == {
        "name": {"firstName": "Ada", "lastName": "Lovelace"}
    }
    data = '{"name": {"firstName": "Ada", "lastName": "Byron"}, "city": "London"}'
    assert sent(shell, *PERSON, "--data", data, "--name.last", "Lovelace") == {
        "name": {"firstName": "Ada", "lastName": "Lovelace"},
        "city": "London",
    }


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--name", '{"firstName": "Ada"}', "--name.first", "Ada"], "Name.firstName: is given twice"),
        (["--name", "[]", "--name.first", "Ada"], "Name: [] is not an object"),
        (["--clear", "name", "--name.first", "Ada"], "--clear name: the property is given a value too"),
        (["--name", "Ada"], "Name can be given by its parts too: --name.first, .last"),
        (["--emails.primary", "not-an-address"], 'Emails.primaryEmail: "not-an-address" is not an e-mail address'),
        (["--emails", '{"additionalEmails": ["ada@example.com", "x"]}'], 'Emails.additionalEmails: "x" is not an e-mail address'),
        (["--linkedin-link.url", "ada@example.com"], "is an e-mail address, and no web address"),
    ],
)
def test_what_cannot_be_meant_is_refused_before_anything_is_sent(shell: Shell, arguments: list[str], message: str) -> None:
    ran = shell(*PERSON, *arguments)
    assert (ran.code, ran.out) in ((2, ""), (5, ""))
    assert message in ran.err
    assert shell("people", "find-many").json["totalCount"] == 0


@pytest.mark.parametrize("amount", ["1,200", "1.200,50", "12 EUR", "1e3", "0.0000001", "nan", "١٢"])
def test_an_amount_that_is_none_is_refused(shell: Shell, amount: str) -> None:
    ran = shell("opportunities", "create-one", "--amount.amount", amount)
    assert (ran.code, "is no amount; write digits" in ran.err) == (5, True)


def test_an_address_is_read_as_imports_read_it_and_data_is_sent_as_it_is(shell: Shell) -> None:
    assert sent(shell, *PERSON, "--emails.primary", "Ada <Ada@Example.com>") == {"emails": {"primaryEmail": "ada@example.com"}}
    assert sent(shell, *PERSON, "--data", '{"emails": {"primaryEmail": "odd"}}') == {"emails": {"primaryEmail": "odd"}}
    assert sent(shell, *PERSON, "--emails.primary", "") == {"emails": {"primaryEmail": ""}}


def test_a_change_of_one_part_leaves_the_others_as_they_are(shell: Shell) -> None:
    more = '["b@example.com"]'
    made = shell(*PERSON, "--name.first", "Ada", "--name.last", "Byron", "--emails.primary", "ada@example.com", "--emails.additional", more)
    changed = shell("people", "update-one", made.json["id"], "--name.last", "Lovelace", "--emails.additional", "c@example.com").json
    assert changed["name"] == {"firstName": "Ada", "lastName": "Lovelace"}
    assert changed["emails"] == {"primaryEmail": "ada@example.com", "additionalEmails": ["c@example.com"]}


def test_help_says_in_a_line_that_there_are_parts(shell: Shell) -> None:
    shown = " ".join(shell(*PERSON, "--help").out.split())
    assert "Or by parts: --name.first, .last. --" in shown
    assert shown.count("Or by parts:") == shown.count("Or by parts: --")
    assert "--name.first TEXT" not in shown
    assert "icosa people create-one --name.first Ada --name.last Lovelace" in shown


def test_no_two_options_of_a_command_share_a_name() -> None:
    for action in actions(STANDARD):
        names = [name for each in parameters_of(action) for name in (*each.opts, *each.secondary_opts)]
        assert len(names) == len(set(names)), action.label
        assert bool(dotted(action)) <= (action.operation in (Operation.CREATE_ONE, Operation.UPDATE_ONE))
    assert any(dotted(action) for action in actions(STANDARD) if action.operation is Operation.UPDATE_ONE)


def test_parts_are_completed(home: Path) -> None:
    typed = "icosa people create-one --name."
    environment: dict[str, Any] = {**os.environ, "_ICOSA_COMPLETE": "bash_complete", "COMP_WORDS": typed, "COMP_CWORD": "3"}
    program = "from icosa.surfaces.cli.main import main; main()"
    ran = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=False)
    assert {"plain,--name.first", "plain,--name.last"} <= set(ran.stdout.splitlines()), ran.stderr


def test_a_call_by_parts_is_run_and_printed_in_every_form(shell: Shell) -> None:
    line = f"icosa people update-one {uuid4()} --name.first Ada --emails.primary ada@example.com"
    assert sent(shell, "run", line) == {"name": {"firstName": "Ada"}, "emails": {"primaryEmail": "ada@example.com"}}
    assert 'name={"firstName": "Ada"}' in shell("run", line, "--as", "python").out
