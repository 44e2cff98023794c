"""A record takes memory a few times its length while it is written, and not once for each of its fields."""

from collections.abc import Callable

import apsw
import pytest

from icosa.catalogue.columns import Column, columns
from icosa.catalogue.model import Object
from icosa.catalogue.standard import STANDARD
from icosa.workspace.store.doc import doc, printed
from icosa.workspace.store.names import quoted
from icosa.workspace.store.sqlite.dialect import json_of

MB = 1024 * 1024
LONG = "x" * (2 * MB)


@pytest.mark.parametrize("made", [doc, printed])
@pytest.mark.parametrize("of", STANDARD.objects, ids=lambda each: each.singular)
def test_making_the_json_of_a_row_takes_few_copies(of: Object, made: Callable[[Object, Callable[[Column], str]], str]) -> None:
    connection = apsw.Connection(":memory:")
    names = [each.name for each in columns(of)]
    connection.execute(f"CREATE TABLE row ({', '.join(map(quoted, names))}, doc GENERATED ALWAYS AS ({made(of, json_of)}) STORED)")
    values = [LONG if at == 1 else "" for at in range(len(names))]
    before = apsw.memory_used()
    apsw.memory_high_water(True)
    connection.execute(f"INSERT INTO row VALUES ({', '.join('?' * len(names))})", values)
    assert apsw.memory_high_water() - before < 14 * len(LONG)
