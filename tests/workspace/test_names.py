"""Constraints carry the names that Twenty gives them: clients look for them in errors."""

from icosa.catalogue.standard import STANDARD
from icosa.workspace.store.names import foreign_key, unique_index, unique_keys


def test_names_of_unique_indexes_and_foreign_keys_are_those_of_1_0_3() -> None:
    company, person, view_sort = (STANDARD.by_singular[name] for name in ("company", "person", "viewSort"))
    assert [unique_index(company, key) for key in unique_keys(company)] == ["IDX_UNIQUE_2a32339058d0b6910b0834ddf81"]
    assert [unique_index(person, key) for key in unique_keys(person)] == ["IDX_UNIQUE_87914cd3ce963115f8cb943e2ac"]
    assert [unique_index(view_sort, key) for key in unique_keys(view_sort)] == ["IDX_UNIQUE_9564690e029f3f186dff29c9c88"]
    assert foreign_key(person, "companyId") == "FK_ee066ddacfce46c9a7cb90edd1a"
