"""Scripts of requests, made up for any catalogue: strategies for tests that compare what they do."""

from collections.abc import Sequence
from typing import Any

import orjson
from hypothesis import strategies as st

from icosa.catalogue.columns import Column, columns
from icosa.catalogue.field_types import FIELD_TYPES
from icosa.catalogue.fields import MultiSelect, Rating, Select
from icosa.catalogue.kinds import LISTS, Kind
from icosa.catalogue.model import CASCADE, SET_NULL, BelongsTo, Catalogue, Field, Object
from icosa.catalogue.standard_2_19.revision import revised
from icosa.wire.language.condition import COMPARATORS

Asked = tuple[str, str, dict[str, Any], Any]
"""Method, path, query, body."""

IDS = [f"20202020-0000-4000-8000-{n:012d}" for n in range(5)]
OPTIONS = ["ONE", "TWO", "THREE"]
DIRECTIONS = ["", "[AscNullsFirst]", "[AscNullsLast]", "[DescNullsFirst]", "[DescNullsLast]"]

letters = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=6)
words = st.sampled_from(
    ["", "a", "A", "ab", "É", "é", "Ωmega", "ß", "İ", "K", "%", "_", "\\", "x\\", '"', "'", "\n\t\x01\x7f", "\u2028", "😀"]
)
texts = words | letters
# Of fractions that need more digits SQLite spells the last one or two its own way; it is the same number.
fractions = st.builds(lambda digits, ten: float(f"{digits}e{ten}"), st.integers(-(10**12), 10**12), st.integers(-15, 3)) | st.sampled_from(
    [1e16, 1e17, -1e21, 1e300, 2.5e-300, 1e-4, 1e-5, 1.5e-7]
)
numbers = st.integers(-5, 5) | st.integers(-(2**53), 2**53) | st.decimals(-(10**6), 10**6, places=5).map(float) | fractions
decimals = st.decimals(-(10**9), 10**9, places=4, allow_nan=False).map(str) | st.integers(-(10**14), 10**14).map(str)
moments = st.datetimes().map(lambda when: when.isoformat(timespec="milliseconds") + "Z")
documents = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.floats(allow_nan=False, allow_infinity=False) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)
patterns = words | st.sampled_from(["%a%", "%É%", "_", "a%", "%e\\", "2%", "%0%", "true", "%.%", "[%", "%e%e%"])
BY_KIND: dict[Kind, st.SearchStrategy[Any]] = {
    Kind.TEXT: texts,
    Kind.UUID: st.sampled_from(IDS),
    Kind.NUMBER: numbers,
    Kind.NUMERIC: decimals,
    Kind.BOOLEAN: st.booleans(),
    Kind.DATE_TIME: moments,
    Kind.DATE: st.dates().map(str),
    Kind.OPTION: st.sampled_from(OPTIONS),
    Kind.OPTIONS: st.lists(st.sampled_from(OPTIONS), max_size=3),
    Kind.TEXTS: st.lists(texts, max_size=3),
    Kind.JSON: documents,
}
WHOLE: dict[str, st.SearchStrategy[Any]] = {
    "RATING": st.sampled_from([f"RATING_{n}" for n in range(1, 6)]),
    "FULL_NAME": st.fixed_dictionaries({"firstName": texts, "lastName": texts}),
    "EMAILS": st.fixed_dictionaries({"primaryEmail": st.sampled_from(["", "ada@example.com", "É@example.com", "B@EXAMPLE.com"])}),
    "CURRENCY": st.fixed_dictionaries({"amountMicros": decimals, "currencyCode": st.sampled_from(["", "EUR", "USD"])}),
    "ADDRESS": st.fixed_dictionaries({"addressCity": texts, "addressLat": decimals}),
    "LINKS": st.fixed_dictionaries({"primaryLinkLabel": texts}),
    "ACTOR": st.fixed_dictionaries({"source": st.sampled_from(["API", "IMPORT"]), "name": texts}),
    "PHONES": st.fixed_dictionaries({"primaryPhoneNumber": st.sampled_from(["", "612345678"]), "primaryPhoneCountryCode": st.just("FR")}),
    "RICH_TEXT_V2": st.fixed_dictionaries({"markdown": texts}),
    "RAW_JSON": documents,
}


def field_of(type_name: str, nullable: bool, unique: bool) -> Field:
    name = f"the{''.join(word.title() for word in type_name.split('_'))}"
    match type_name:
        case "SELECT":
            return Select(name, "One of three.", OPTIONS, nullable=True)
        case "MULTI_SELECT":
            return MultiSelect(name, "Some of three.", OPTIONS, nullable=True)
        case "RATING":
            return Rating(name, "One of five.", nullable=True)
    # Kinds without an empty value are nullable, as they are in every object of the standard catalogue.
    nullable = nullable or type_name not in ("TEXT", "FULL_NAME", "EMAILS", "LINKS", "ACTOR", "ADDRESS", "CURRENCY")
    return Field(name, type_name, "A value.", nullable=nullable, unique=unique and type_name == "TEXT")


WRITABLE = [name for name, kind in FIELD_TYPES.items() if not kind.retired and name not in ("POSITION", "UUID")]


@st.composite
def catalogues(draw: st.DrawFn) -> Catalogue:
    """Two objects with some fields each; things belong to owners and to each other."""
    objects = []
    for singular in ("owner", "thing"):
        chosen = draw(st.lists(st.sampled_from(WRITABLE), unique=True, max_size=8))
        members: list[Field | BelongsTo] = [Field("title", "TEXT", "A text.")]
        members += [field_of(each, draw(st.booleans()), draw(st.booleans())) for each in chosen]
        if draw(st.booleans()):
            members.append(Field("position", "POSITION", "Where it stands.", default=0))
        if singular == "thing":
            members.append(BelongsTo("owner", "owner", "things", "Whose it is.", draw(st.sampled_from([CASCADE, SET_NULL]))))
            members.append(BelongsTo("whole", "thing", "parts", "What it is part of.", draw(st.sampled_from([CASCADE, SET_NULL]))))
        objects.append(Object(singular, singular + "s", "Something.", tuple(members), duplicate_criteria=(("title",),)))
    return Catalogue(tuple(objects))


EVERYTHING = Catalogue(
    (
        Object("owner", "owners", "Something.", (Field("title", "TEXT", "A text.", unique=True),), duplicate_criteria=(("title",),)),
        Object(
            "thing",
            "things",
            "Something.",
            (
                Field("title", "TEXT", "A text."),
                *(field_of(name, n % 2 == 0, False) for n, name in enumerate(WRITABLE)),
                Field("position", "POSITION", "Where it stands.", default=0),
                BelongsTo("owner", "owner", "things", "Whose it is.", CASCADE),
                BelongsTo("whole", "thing", "parts", "What it is part of."),
            ),
            duplicate_criteria=(("title",),),
        ),
    )
)


OF_2_19 = Catalogue(tuple(revised(of, of.members) for of in EVERYTHING))
"""The same with fields as Twenty 2.19 has them."""


def bodies(of: Object, ids: Sequence[str] = IDS) -> st.SearchStrategy[dict[str, Any]]:
    fields: dict[str, st.SearchStrategy[Any]] = {"createdAt": moments, "updatedAt": moments}
    for member in of.members:
        if isinstance(member, BelongsTo):
            fields[member.foreign_key] = st.none() | st.sampled_from(IDS[:3])
        elif member.type_name == "POSITION":
            fields["position"] = st.sampled_from(["first", "last"]) | st.integers(-3, 3) | st.decimals(-2, 2, places=4).map(float)
        elif member.name != "title":
            value = WHOLE[member.type_name] if member.type_name in WHOLE else BY_KIND[member.type.parts[0].kind]
            fields[member.name] = value | st.none() if member.nullable else value
    return st.fixed_dictionaries({"title": texts, "id": st.sampled_from(ids)}, optional=fields)


def filters(of: Object, before: str = "") -> st.SearchStrategy[str]:
    """Filters by the columns of an object; `before` stands before every path."""

    def comparison(column: Column) -> st.SearchStrategy[str]:
        suited = COMPARATORS[column.kind]
        plain = st.sampled_from(column.options) if column.options else BY_KIND[column.kind]
        item = st.sampled_from(OPTIONS) if column.kind is Kind.OPTIONS else texts if column.kind is Kind.TEXTS else plain.map(as_text)
        forms = [
            st.builds(f"{before}{column.path}[{{}}]:{{}}".format, st.sampled_from(sorted(some)), value)
            for some, value in (
                (suited & {"eq", "neq", "gt", "gte", "lt", "lte"}, plain.map(as_text).map(written)),
                (suited & {"like", "ilike", "startsWith", "endsWith"}, patterns.map(written)),
                (
                    suited & {"in", "containsAny"},
                    st.lists(item.map(written), max_size=3).map(lambda some: f"[{','.join(some)}]"),
                ),
                (suited & {"is"}, st.sampled_from(["NULL", "NOT_NULL"])),
            )
            if some
        ]
        return st.one_of(forms)

    plain = st.sampled_from(columns(of)).flatmap(comparison)
    return st.recursive(
        plain,
        lambda inner: st.one_of(
            st.lists(inner, min_size=1, max_size=3).map(lambda some: f"and({','.join(some)})"),
            st.lists(inner, min_size=1, max_size=3).map(lambda some: f"or({','.join(some)})"),
            inner.map("not({})".format),
        ),
        max_leaves=4,
    )


def as_text(value: Any) -> str:
    return value if isinstance(value, str) else orjson.dumps(value).decode()


def written(value: str) -> str:
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def orders(of: Object, more: Sequence[str] = ()) -> st.SearchStrategy[str]:
    """Orders by the fields of an object, and by `more` paths."""
    paths = [*(column.path for column in columns(of) if column.kind not in LISTS | {Kind.JSON}), *more]
    return st.lists(
        st.tuples(st.sampled_from(paths), st.sampled_from(DIRECTIONS)), min_size=1, max_size=3, unique_by=lambda key: key[0]
    ).map(lambda keys: ",".join(path + direction for path, direction in keys))


def requests(catalogue: Catalogue) -> st.SearchStrategy[Asked]:
    def of_object(of: Object) -> st.SearchStrategy[Asked]:
        body, id_, path = bodies(of), st.sampled_from(IDS), f"/rest/{of.plural}"
        depth = st.fixed_dictionaries({}, optional={"depth": st.integers(0, 2)})
        upsert = st.fixed_dictionaries({}, optional={"depth": st.integers(0, 2), "upsert": st.sampled_from(["true", "false"])})
        page = st.fixed_dictionaries(
            {}, optional={"filter": filters(of), "order_by": orders(of), "limit": st.integers(0, 4), "depth": st.integers(0, 2)}
        )
        permanent = st.sampled_from([{}, {}, {"permanent": "true"}])
        return st.one_of(
            st.tuples(st.just("POST"), st.just(path), upsert, body),
            st.tuples(st.just("POST"), st.just(f"/rest/batch/{of.plural}"), upsert, st.lists(body, min_size=1, max_size=5)),
            st.tuples(st.just("PATCH"), id_.map(f"{path}/{{}}".format), depth, body.map(lambda sent: {**sent, "id": None})),
            st.tuples(st.just("DELETE"), id_.map(f"{path}/{{}}".format), permanent, st.none()),
            st.tuples(st.just("PATCH"), id_.map(f"/rest/restore/{of.plural}/{{}}".format), depth, st.none()),
            st.tuples(st.just("GET"), id_.map(f"{path}/{{}}".format), depth, st.none()),
            st.tuples(st.just("GET"), st.just(path), page, st.none()),
            st.tuples(st.just("GET"), st.just(path), page, st.none()),
            st.tuples(
                st.just("POST"), st.just(f"{path}/duplicates"), page, st.lists(id_, min_size=1, max_size=3).map(lambda ids: {"ids": ids})
            ),
            st.tuples(st.just("POST"), st.just(f"{path}/duplicates"), depth, st.lists(body, max_size=2).map(lambda data: {"data": data})),
        )

    return st.sampled_from(catalogue.objects).flatmap(of_object)


def scripts(catalogue: Catalogue, longest: int) -> st.SearchStrategy[list[Asked]]:
    """Some records to begin with, then requests."""
    first = [
        st.tuples(st.just("POST"), st.just(f"/rest/{of.plural}"), st.just({}), bodies(of, IDS[n : n + 1]))
        for of in catalogue.objects
        for n in range(3)
    ]
    return st.tuples(st.tuples(*first), st.lists(requests(catalogue), min_size=5, max_size=longest)).map(lambda both: [*both[0], *both[1]])
