"""What several records are as one: worked out from what each of them has."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from icosa.catalogue.columns import columns
from icosa.catalogue.model import BelongsTo, Field, Object
from icosa.workspace.store.merged import merged
from tests.searched import AT_LENGTH


def field(name: str, type_name: str, **more: Any) -> Field:
    return Field(name, type_name, "A value.", generation=2, nullable=True, **more)


THING = Object(
    "thing",
    "things",
    "Things.",
    (
        field("title", "TEXT"),
        field("count", "NUMBER"),
        field("flag", "BOOLEAN"),
        field("words", "ARRAY"),
        field("tags", "MULTI_SELECT", options=("A", "B", "C")),
        field("price", "CURRENCY"),
        field("mails", "EMAILS"),
        field("site", "LINKS"),
        field("position", "POSITION"),
        BelongsTo("twin", "thing", "twins", "The other of two."),
    ),
    generation=2,
)

texts = st.sampled_from([None, "", "a", "b"])
lists = st.none() | st.lists(st.sampled_from("ABC"), max_size=3)
addresses = st.sampled_from([f"{name}@example.com" for name in "abcd"])
urls = st.sampled_from([f"https://{name}.example.com" for name in "abcd"])
values = st.fixed_dictionaries(
    {
        "title": texts,
        "count": st.sampled_from([None, 0, 7]),
        "flag": st.sampled_from([None, False, True]),
        "words": lists,
        "tags": lists,
        "priceAmountMicros": st.sampled_from([None, 5]),
        "priceCurrencyCode": st.sampled_from([None, "EUR"]),
        "mailsPrimaryEmail": st.none() | addresses,
        "mailsAdditionalEmails": st.none() | st.lists(addresses, max_size=2),
        "sitePrimaryLinkUrl": st.none() | urls,
        "sitePrimaryLinkLabel": texts,
        "siteSecondaryLinks": st.none() | st.lists(st.fixed_dictionaries({"url": urls, "label": texts}), max_size=2),
        "position": st.integers(0, 9),
        "twinId": st.sampled_from([None, "0", "1", "9"]),
    }
)
several = st.lists(values, min_size=2, max_size=4).map(lambda found: [{"id": str(at), **each} for at, each in enumerate(found)])


def one_of(records: list[dict[str, Any]], priority: int) -> dict[str, Any]:
    return {**records[priority], **merged(THING, records, priority)}


def ranked(records: list[dict[str, Any]], priority: int) -> list[dict[str, Any]]:
    return [records[priority], *(each for each in records if each is not records[priority])]


@given(several, st.data())
@AT_LENGTH
def test_a_value_is_that_of_the_first_that_has_one(records: list[dict[str, Any]], data: st.DataObject) -> None:
    priority = data.draw(st.integers(0, len(records) - 1))
    found, order = one_of(records, priority), ranked(records, priority)
    for name in ("title", "count", "flag"):
        said = [each[name] for each in order if each[name] not in (None, "")]
        assert found[name] == (said[0] if said else records[priority][name])
    prices = [(each["priceAmountMicros"], each["priceCurrencyCode"]) for each in order]
    assert (found["priceAmountMicros"], found["priceCurrencyCode"]) == next((each for each in prices if any(each)), (None, None))
    assert found["position"] == records[priority]["position"]
    elsewhere = [each["twinId"] for each in order if each["twinId"] not in (None, *(each["id"] for each in records))]
    assert found["twinId"] == (elsewhere[0] if elsewhere else None)


@given(several, st.data())
@AT_LENGTH
def test_of_several_values_every_one_is_there_once(records: list[dict[str, Any]], data: st.DataObject) -> None:
    priority = data.draw(st.integers(0, len(records) - 1))
    found, order = one_of(records, priority), ranked(records, priority)
    for name in ("words", "tags"):
        assert list(found[name] or ()) == list(dict.fromkeys(item for each in order for item in each[name] or ()))
    mails = [found["mailsPrimaryEmail"], *(found["mailsAdditionalEmails"] or ())]
    every = [mail for each in records for mail in (each["mailsPrimaryEmail"], *(each["mailsAdditionalEmails"] or ())) if mail]
    assert sorted(filter(None, mails)) == sorted(set(every))
    assert found["mailsPrimaryEmail"] == next((each["mailsPrimaryEmail"] for each in order if each["mailsPrimaryEmail"]), None)
    links = [found["sitePrimaryLinkUrl"], *(each["url"] for each in found["siteSecondaryLinks"] or ())]
    every = [
        url for each in records for url in (each["sitePrimaryLinkUrl"], *(link["url"] for link in each["siteSecondaryLinks"] or ())) if url
    ]
    assert sorted(filter(None, links)) == sorted(set(every))


@given(several, st.data())
@AT_LENGTH
def test_only_what_changes_is_named(records: list[dict[str, Any]], data: st.DataObject) -> None:
    priority = data.draw(st.integers(0, len(records) - 1))
    changed = merged(THING, records, priority)
    assert changed.keys() <= {column.name for column in columns(THING)}
    assert all(records[priority][name] != value for name, value in changed.items())
