"""Command lines are read as a shell reads them, and as the commands of `icosa` do."""

import json
import shutil
import subprocess
from collections.abc import Mapping
from types import MappingProxyType

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from icosa.call.extensions import offered
from icosa.catalogue.model import Object
from icosa.catalogue.naming import kebab_case
from icosa.catalogue.standard import STANDARD
from icosa.errors import IcosaError, InvalidInput
from icosa.forms import call_of, read_call, written
from icosa.forms.call import method_name
from icosa.forms.names import ALONE, WITH_VALUE
from icosa.forms.shell import taken
from icosa.forms.text import variable
from icosa.forms.words import line, quoted, split
from icosa.surfaces.cli.options import CommonOption, common_options, instead_options, journal_options, looking_options, properties_of
from icosa.surfaces.cli.properties import properties
from icosa.surfaces.cli.resources import ActionCommand
from icosa.surfaces.cli.sources import Sources
from icosa.wire.actions import Action, Operation
from tests.forms.calls import ACTIONS, AWKWARD, example, texts
from tests.searched import AS_A_WHOLE

SHELLS = [each for each in ("dash", "bash", "zsh", "busybox") if shutil.which(each)]
SHOW = 'for word in "$@"; do printf "%s\\0" "$word"; done'
words = st.lists(texts, min_size=1, max_size=5)


def as_a_shell_reads(shell: str, text: str, variables: Mapping[str, str] = MappingProxyType({"A": "value of A"})) -> list[str]:
    """The words of a command line as a real shell hands them to a program."""
    run = subprocess.run([shell, "-c", f"set -- {text}\n{SHOW}"], capture_output=True, check=True, env=dict(variables))
    return run.stdout.decode().split("\0")[:-1]


@given(words)
def test_words_are_read_back_as_they_were_written(said: list[str]) -> None:
    assert split(line(said)) == said


@pytest.mark.parametrize("shell", SHELLS)
@AS_A_WHOLE
@given(words)
def test_a_shell_reads_them_so_too(shell: str, said: list[str]) -> None:
    assert as_a_shell_reads(shell, line(said)) == said


@pytest.mark.parametrize(
    "text",
    [
        r"""one 'two three' "four five" six\ seven ''""",
        r'''"a \"b\" \\ \$A \x \` c" a"b"'c'\d''',
        "one \\\n  two \\\n  three",
        'x # a comment\n',
        "x#no-comment 'a'#b",
        "a=b --c=d {e} [f] % ~g",
    ],
)  # fmt: skip
@pytest.mark.parametrize("shell", SHELLS)
def test_command_lines_are_read_as_a_shell_reads_them(shell: str, text: str) -> None:
    assert split(text) == as_a_shell_reads(shell, text)


@pytest.mark.parametrize("text", ['"$A"', "${A}b", '"x${A}y"', "'q'\"$A\"", '"$A-$A"'])
@pytest.mark.parametrize("shell", SHELLS)
def test_variables_stand_where_a_shell_puts_their_values(shell: str, text: str) -> None:
    (word,) = split(text)
    assert [word.replace(variable("A"), "value of A")] == as_a_shell_reads(
        shell, f'"{text}"' if '"' not in text and "'" not in text else text
    )
    assert split(quoted(word)) == [word]


def test_escapes_of_bash_are_read() -> None:
    assert split(r"$'it\'s\n\x41\u00e9' $'\t'") == ["it's\nAé", "\t"]


@pytest.mark.parametrize(
    ("text", "message"), [("icosa 'x", "is not closed"), ("a | b", "2 commands"), ("a; b", "2 commands"), ("", "0 commands")]
)
def test_what_is_not_one_command_is_refused(text: str, message: str) -> None:
    with pytest.raises(InvalidInput, match=message):
        split(text)


@pytest.mark.parametrize("of", STANDARD.objects, ids=lambda each: each.plural)
def test_the_commands_themselves_read_the_same(of: Object) -> None:
    for action in offered(of).values():
        reads_the_same(action)


def reads_the_same(action: Action) -> None:
    call = call_of(STANDARD, action, example(action))
    said = split(written("cli", STANDARD, call, show_secrets=True))
    command = ActionCommand(STANDARD, action, method_name(action))
    given_ = properties(action, command.make_context("icosa", said[3:]).params, Sources())
    assert call_of(STANDARD, action, given_) == call
    assert json.dumps(call_of(STANDARD, action, given_).properties) == json.dumps(call.properties)


@given(texts, texts)
def test_any_texts_go_through_the_command(title: str, city: str) -> None:
    action = next(each for each in ACTIONS if each.label == "Create One Person")
    call = call_of(STANDARD, action, {"jobTitle": title, "city": city})
    said = split(written("cli", STANDARD, call))
    values = ActionCommand(STANDARD, action, "create-one").make_context("icosa", said[3:]).params
    assert call_of(STANDARD, action, properties(action, values, Sources())) == call


def test_every_option_of_every_command_is_known() -> None:
    options = [(action, each) for action in ACTIONS for each in properties_of(action) if isinstance(each, click.Option)]
    options += [(action, each) for action in ACTIONS if action.operation is Operation.FIND_MANY for each in looking_options()]  # type: ignore[misc]
    for action, option in options:
        for name in option.opts:
            taken(action, [name] if option.is_flag else [name, "1"])  # which raises for an option that it does not know


def test_the_options_that_every_action_has_are_known() -> None:
    have = {
        name: option.is_flag
        for option in [*common_options(), *journal_options(), *instead_options()]
        if isinstance(option, CommonOption)
        for name in (*option.opts, *option.secondary_opts)
    }
    assert {name for name, alone in have.items() if not alone} == set(WITH_VALUE)
    assert {name for name, alone in have.items() if alone} | {"--help", "-h"} == set(ALONE)


@pytest.mark.parametrize("form", ["cli", "curl"])
@pytest.mark.parametrize("shell", SHELLS)
def test_a_shell_reads_what_is_printed_as_it_is_read_here(shell: str, form: str) -> None:
    for label in ("Update One Person", "Create Many Webhooks", "Find Many Companies", "Create One Connected Account"):
        action = next(each for each in ACTIONS if each.label == label)
        call = call_of(STANDARD, action, example(action))
        text = written(form, STANDARD, call, "https://crm.example.com", show_secrets=True)  # type: ignore[arg-type]
        unset = ["" if "ICOSA_TOKEN" in each else each for each in split(text)]
        assert ["" if each.startswith("Authorization") else each for each in as_a_shell_reads(shell, text)] == unset
        assert AWKWARD in " ".join(unset) or label != "Update One Person" or form == "curl"


def test_kebab_case_names_lead_back_to_their_properties() -> None:
    for action in ACTIONS:
        names = [kebab_case(each.name) for each in action.properties]
        assert len(set(names)) == len(names)


def test_what_lies_in_a_file_is_not_known() -> None:
    for said in ("create-one --data @company.json", "create-many --data -", "create-one --data -"):
        with pytest.raises(IcosaError, match="write the value itself into the call"):
            read_call(f"icosa companies {said}", STANDARD)
