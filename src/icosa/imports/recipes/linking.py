"""Which records of one row belong together: relations between the tables of a recipe, and what is attached."""

from collections.abc import Mapping

from icosa.catalogue.junctions import junction
from icosa.catalogue.model import Catalogue, Object
from icosa.imports.import_part import Attachment
from icosa.imports.recipes.recipe import Table
from icosa.toml.faults import TomlFaults, not_there

Tables = dict[str, tuple[Object, Table]]
"""The tables of a recipe by their names, each with its object."""


def links_of(faults: TomlFaults, tables: Tables, name: str) -> dict[str, str]:
    """The plural of the object whose record of the same row a record points at, by foreign key: as the recipe says, else
    wherever only one relation leads to another table."""
    of, table = tables[name]
    if table.link is None:
        found: dict[str, str] = {}
        for other, _ in tables.values():
            to = [each for each in of.belongs_to if each.target == other.singular]
            if len(to) == 1 and other is not of:
                found[to[0].foreign_key] = other.plural
        return found
    links = {}
    for relation, other_name in table.link.items():
        keys = (name, "link", relation)
        known = of.relation_by_name.get(relation)
        if known is None:
            faults.add(keys, not_there(f"relation of {of.plural}", relation, of.relation_by_name))
        elif other_name not in tables:
            faults.add(keys, not_there("table of this recipe", other_name, tables))
        elif tables[other_name][0].singular != known.target:
            faults.add(keys, f"{relation} leads to a {known.target}, and [{other_name}] has none")
        else:
            links[known.foreign_key] = tables[other_name][0].plural
    return links


def attachment_of(faults: TomlFaults, catalogue: Catalogue, tables: Tables, name: str) -> Attachment | None:
    """How records are attached to those of other tables, None where they are not."""
    of, table = tables[name]
    if not table.attach:
        return None
    joined = junction(catalogue, of)
    if joined is None:
        faults.add((table.name, "attach"), f"{of.plural} are attached to nothing; notes and tasks are. See link for relations")
        return None
    to: list[tuple[str, str]] = []
    for other_name in table.attach:
        other = tables[other_name][0] if other_name in tables else None
        if other is None:
            faults.add((table.name, "attach"), not_there("table of this recipe", other_name, tables))
        elif other.plural not in joined.to:
            faults.add((table.name, "attach"), f"{of.plural} cannot be attached to {other.plural}")
        else:
            to.append((other.plural, joined.to[other.plural].foreign_key))
    return Attachment(joined.rows, joined.own.foreign_key, tuple(to))


def in_turn(
    faults: TomlFaults, tables: Tables, linked: Mapping[str, Mapping[str, str]], attached: Mapping[str, Attachment | None]
) -> list[str]:
    """The names of tables such that each comes after those that it points at."""
    left, found = list(tables), list[str]()
    plurals = {tables[name][0].plural: name for name in tables}
    needs: dict[str, set[str]] = {}
    for name in tables:
        attachment = attached[name]
        others = [*linked[name].values(), *(plural for plural, _ in (attachment.to if attachment else ()))]
        needs[name] = {plurals[other] for other in others}
    while left:
        ready = next((name for name in left if not needs[name] - set(found)), None)
        if ready is None:
            faults.add((left[0], "link"), f"{' and '.join(left)} point at each other; leave one of the links out")
            return found
        left.remove(ready)
        found.append(ready)
    return found
