"""Whatever a workspace calls its objects and whatever it says of them, the files are sound Python."""

import ast
import keyword
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from icosa.catalogue.field_types import FIELD_TYPES
from icosa.catalogue.kinds import Kind
from icosa.catalogue.model import BASE_FIELDS, BelongsTo, Catalogue, Field, Object
from icosa.catalogue.naming import capitalised, snake_case
from icosa.catalogue.standard import STANDARD
from icosa.catalogue.standard_2_19 import STANDARD_2_19
from icosa.stubs import module, stub
from icosa.stubs.names import RESERVED
from tests.typed.reading_stubs import Stub
from tests.typed.workspace_of_its_own import ABOUT, ADDRESS, CATALOGUE

_words = st.text() | st.sampled_from(['"""', '\\"""', "\\", 'ends with "', "\nimport os\n", "a\0b", "\x85", "\u2028"])
_names = st.from_regex(r"[a-z][A-Za-z0-9]{0,6}", fullmatch=True) | st.sampled_from(
    sorted(
        each[0].lower() + each[1:]
        for each in (*RESERVED, *keyword.kwlist, "personInput", "personDepth1", "person", "people", "asyncPeople")
    )
)
_member_names = _names.filter(lambda name: name not in {each.name for each in BASE_FIELDS})


@st.composite
def catalogues(draw: st.DrawFn) -> Catalogue:
    names = draw(
        st.lists(st.tuples(_names, _names), min_size=1, max_size=4, unique_by=(lambda pair: pair[0].lower(), lambda pair: pair[1]))
    )
    objects = []
    for at, (singular, plural) in enumerate(names):
        members: list[Field | BelongsTo] = [_field(draw, name) for name in draw(st.lists(_member_names, max_size=5, unique_by=str.lower))]
        taken = {each.name.lower() for each in members}
        link = draw(_member_names)
        if link.lower() not in taken and f"{link}id".lower() not in taken:
            members.append(BelongsTo(link, names[0][0], f"zInverse{at}", draw(_words)))
        objects.append(Object(singular, plural, draw(_words), tuple(members), custom=True))
    return Catalogue(tuple(objects))


def _field(draw: st.DrawFn, name: str) -> Field:
    type_ = FIELD_TYPES[draw(st.sampled_from(sorted(FIELD_TYPES)))]
    chosen = not type_.composite and type_.parts[0].kind in (Kind.OPTION, Kind.OPTIONS)
    options = tuple(draw(st.lists(_words.filter(lambda text: "\0" not in text), min_size=1, max_size=30, unique=True))) if chosen else ()
    return Field(name, type_.name, draw(_words), nullable=draw(st.booleans()), required=draw(st.booleans()), options=options)


@given(catalogues(), _words, st.none() | _words)
def test_the_files_are_python_in_which_every_type_has_a_name_of_its_own(catalogue: Catalogue, about: str, address: str | None) -> None:
    stub_text, module_text = stub(catalogue, about), module(catalogue, about, address)
    assert stub_text == stub(catalogue, about)
    tree = ast.parse(stub_text.encode("utf-8", "backslashreplace"))
    made = [each.name for each in tree.body if isinstance(each, ast.ClassDef)]
    made += [each.targets[0].id for each in tree.body if isinstance(each, ast.Assign)]  # type: ignore[attr-defined]
    assert len(made) == len(set(made))
    assert not set(made) & (RESERVED - {"Client", "AsyncClient"})
    ran: dict[str, Any] = {}
    exec(compile(module_text.encode("utf-8", "backslashreplace"), "my_crm.py", "exec"), ran)
    assert ran["ADDRESS"] == address
    assert set(made) - {"Client", "AsyncClient"} <= ran.keys()


def test_decimals_are_numbers_where_answers_have_them_so() -> None:
    older, newer = (stub(each, ABOUT).split() for each in (STANDARD, STANDARD_2_19))
    assert older[older.index("addressLat:") + 1] == "str"
    assert newer[newer.index("addressLat:") + 1] == newer[newer.index("amountMicros:") + 1] == "float"


@given(catalogues())
def test_every_option_is_the_one_that_was_meant(catalogue: Catalogue) -> None:
    told = Stub.of(stub(catalogue, ""))
    meant = {each.options for of in catalogue for each in of.fields if each.options}
    literals = {
        ast.literal_eval(value.slice) if isinstance(value.slice, ast.Tuple) else (ast.literal_eval(value.slice),)
        for value in told.aliases.values()
        if isinstance(value, ast.Subscript)
    }
    assert meant <= literals


def test_objects_that_are_called_like_ours_get_another_type_and_are_found_by_item() -> None:
    told = Stub.of(stub(CATALOGUE, ABOUT))
    assert {"ClientRecord", "AddressRecord", "Address", "Client"} <= told.classes.keys()
    attributes = told.keys("Client")
    assert {"rockets", "clients", "addresses", "people"} <= attributes.keys()
    assert "run" not in attributes  # crm.run is a method; the object goes by crm["run"]


def test_the_files_hold_the_address_and_no_more_of_the_workspace() -> None:
    assert f'ADDRESS = "{ADDRESS}"' in module(CATALOGUE, ABOUT, ADDRESS)
    assert "ADDRESS = None" in module(CATALOGUE, ABOUT, None)


def test_words_that_could_end_a_docstring_do_not() -> None:
    text = stub(CATALOGUE, ABOUT)
    told = next(each for each in ast.parse(text).body if isinstance(each, ast.ClassDef) and each.name == "ClientRecord")
    assert ast.get_docstring(told) == "Goes \"up''' and never \\comes down\""


@given(st.lists(_names | st.sampled_from(["self", "record", "fooBar", "fooBAR"]), unique_by=str.lower, max_size=6))
def test_what_notes_can_hang_on_is_a_keyword_unless_python_has_no_room_for_it(plurals: list[str]) -> None:
    others = [Object(f"other{at}", plural, "", custom=True) for at, plural in enumerate(plurals) if plural not in ("notes", "noteTargets")]
    own = BelongsTo("note", "note", "noteTargets", "")
    links = [BelongsTo(f"target{capitalised(each.singular)}", each.singular, "noteTargets", "") for each in others]
    catalogue = Catalogue((Object("note", "notes", ""), Object("noteTarget", "noteTargets", "", (own, *links)), *others))
    told = Stub.of(stub(catalogue, ABOUT).encode("utf-8", "backslashreplace").decode()).methods("Notes")
    words = {snake_case(each.plural) for each in others}
    there = {name for name, kind in told.get("attach", []) if kind == "keyword only"}
    assert there == {each for each in words if each.isidentifier() and not keyword.iskeyword(each)} - {"self", "record"}
    assert ("attach" in told) == bool(others)
