"""`icosa diff` for a person: what differs, by what records are called; and two workspaces of different objects."""

from pathlib import Path

import icosa
from icosa.catalogue.standard import STANDARD
from icosa.workspace import open_workspace
from tests.cli.conftest import Shell

IDS = [f"20202020-0000-4000-8000-00000000000{each}" for each in "abc"]


def filled(path: Path, city: str, *more: str) -> str:
    with icosa.connect(f"sqlite:///{path}") as crm:
        for id_, name in zip(
            ("20202020-0000-4000-8000-00000000000a", "20202020-0000-4000-8000-00000000000b"), ("Ada", *more), strict=False
        ):
            crm.people.create_one(id=id_, name={"firstName": name, "lastName": "Lovelace"}, city=city)
        if more:
            crm.notes.create_one(id=IDS[2], title="Call back")
    return str(path)


def test_a_person_sees_what_differs_by_name(shell: Shell, tmp_path: Path) -> None:
    one, other = filled(tmp_path / "one.db", "Turin"), filled(tmp_path / "other.db", "London " * 20, "Grace")
    ran = shell("diff", one, other, terminal=True)
    assert ran.code == 1
    assert f" people {IDS[0]} Ada Lovelace\n" in ran.out
    assert '    city: "Turin" → "London London' in ran.out
    assert "…\n" in ran.out
    assert f" people {IDS[1]} Grace Lovelace\n" in ran.out
    assert f" notes {IDS[2]} Call back\n" in ran.out
    assert shell("diff", one, one, terminal=True).code == 0


def test_an_object_that_one_of_them_lacks_is_told(shell: Shell, tmp_path: Path) -> None:
    one = filled(tmp_path / "one.db", "Turin")
    fewer = f"sqlite:///{tmp_path}/fewer.db"
    open_workspace(fewer, STANDARD.without(STANDARD.by_plural["notes"], STANDARD.by_plural["noteTargets"])).close()
    assert "notes: only " in shell("diff", one, fewer).err
    assert "notes: only " in shell("diff", fewer, one).err
