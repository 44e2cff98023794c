"""Nothing personal is left in a masked mirror, and it is still a workspace that makes sense."""

import random
import string
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import phonenumbers
import pytest

import icosa
from icosa.catalogue.columns import columns
from icosa.catalogue.kinds import Kind
from icosa.catalogue.model import Field
from icosa.catalogue.standard import STANDARD
from icosa.errors import InvalidInput, UnknownField
from icosa.mirror.content import content_of
from icosa.mirror.masking.made_up import MadeUp
from icosa.mirror.masking.masking import HARMLESS, Masking
from icosa.mirror.masking.salt import salt_at
from tests.durability.filled import answers
from tests.mirror.conftest import pull, source_of

SALT = bytes(range(32))
CODES = {"currencyCode", "primaryPhoneCountryCode", "primaryPhoneCallingCode"}
NOT_PERSONAL = {"SELECT", "MULTI_SELECT", "RATING", "NUMBER", "POSITION", "NUMERIC", "BOOLEAN", "DATE", "DATE_TIME", "UUID", "CURRENCY"}


def rare(rng: random.Random, length: int = 12) -> str:
    """A word that nobody makes up twice: every other letter is in no id and in no made-up word."""
    return "".join(rng.choice("qxyßéł漢" if at % 2 else string.ascii_lowercase + string.digits) for at in range(length))


def personal(field: Field, rng: random.Random) -> Any:
    """A value of the field that holds nothing but personal texts."""
    word = lambda length=12: rare(rng, length)  # noqa: E731
    host = f"{''.join(rng.choices(string.ascii_lowercase, k=11))}.test"
    match field.type_name:
        case "TEXT":
            return rng.choice([f"{word()} {word(30)}\n{word()}", f"{word(9)}@{host}", f"https://{host}/{word()}", word(4)])
        case "ARRAY":
            return [word(), word()]
        case "RAW_JSON":
            return {"name": word(), "list": [word(), {"deeper": f"{word()}@{host}"}], word(): 1}
        case "FULL_NAME":
            return {"firstName": word(), "lastName": f"{word()} {word()}"}
        case "EMAILS":
            return {
                "primaryEmail": f"{''.join(rng.choices(string.ascii_lowercase, k=9))}@{host}",
                "additionalEmails": [f"{word(6)}@{host}"],
            }
        case "PHONES":
            numbers = [f"6{rng.randrange(10_000_000, 99_999_999)}" for _ in range(2)]
            more = [{"number": numbers[1], "countryCode": "FR", "callingCode": "+33"}]
            return {
                "primaryPhoneNumber": numbers[0],
                "primaryPhoneCountryCode": "FR",
                "primaryPhoneCallingCode": "+33",
                "additionalPhones": more,
            }
        case "LINKS":
            return {
                "primaryLinkLabel": word(),
                "primaryLinkUrl": f"https://{host}/{rng.randrange(10**9)}",
                "secondaryLinks": [{"url": f"https://more.{host}", "label": word()}],
            }
        case "ADDRESS":
            parts = ("addressStreet1", "addressStreet2", "addressCity", "addressState", "addressPostcode", "addressCountry")
            return {part: word() for part in parts} | {"addressLat": f"{rng.randrange(80)}.{rng.randrange(10**5, 10**6)}"}
        case "ACTOR":
            return {"source": "IMPORT", "name": f"{word()} {word()}", "context": {"by": word()}}
        case "RICH_TEXT_V2":
            return {
                "markdown": f"# {word()}\n\n{word(40)}",
                "blocknote": f'[{{"type":"paragraph","content":[{{"type":"text","text":"{word()}"}}]}}]',
            }
        case _:
            raise AssertionError(field.type_name)


def texts(value: Any) -> Iterator[str]:
    """Every text that a value consists of, and every key that is no name of a part."""
    match value:
        case str():
            yield value
            yield from value.split()
            yield from value.split("@")
        case list():
            for each in value:
                yield from texts(each)
        case dict():
            for key, each in value.items():
                if not key.isascii() or any(letter.isdigit() for letter in key[:1]):
                    yield key
                yield from texts(each)


@pytest.mark.parametrize("seed", range(3))
def test_no_personal_value_is_anywhere_in_a_masked_file(new_url: Callable[[], str], tmp_path: Path, seed: int) -> None:
    rng, url, into, hidden = random.Random(seed), new_url(), new_url(), set[str]()
    with icosa.connect(url) as crm:
        for of in STANDARD:
            for _ in range(3):
                record = {}
                for field in of.fields:
                    if field.required:
                        record[field.name] = {"UUID": "20202020-1c25-4d02-bf25-6aeccf7ea419", "DATE_TIME": "2031-01-01"}.get(
                            field.type_name, field.options[0] if field.options else {"settings": 1}
                        )
                    if field.type_name in NOT_PERSONAL or field.type.retired or field.name in HARMLESS.get(of.singular, ()):
                        continue
                    record[field.name] = personal(field, rng)
                    hidden |= {each for each in texts(record[field.name]) if len(each) > 3 and each not in ("IMPORT", "paragraph", "text")}
                crm[of.plural].create_one(record)
        crm.companies.delete_one(crm.companies.find_many(limit=1)[0]["id"])
    with source_of(url, size=2) as source:
        pull(source, into, salt=SALT)
    path = Path(into.removeprefix("sqlite:///"))
    held = b"".join(each.read_bytes() for each in path.parent.glob(f"{path.name}*"))
    shown = str(answers(into))
    assert len(hidden) > 500
    assert [each for each in hidden if each.encode() in held or each in shown or each.encode("utf-16-le") in held] == []


def masked(singular: str, salt: bytes = SALT, keep: tuple[str, ...] = (), **values: Any) -> dict[str, Any]:
    of = STANDARD.by_singular[singular]
    return Masking(STANDARD, salt, keep).masked(of, content_of(of, {"id": "x", **values}))


def test_the_same_value_is_the_same_everywhere_and_under_another_salt_another() -> None:
    person = masked("person", emails={"primaryEmail": "Ada@Acme.test"}, name={"firstName": "Ada", "lastName": "Lovelace"})
    company = masked("company", name="Acme", domainName={"primaryLinkUrl": "https://www.acme.test"})
    participant = masked("messageParticipant", handle="ada@acme.test", displayName="Ada Lovelace")
    assert person["emailsPrimaryEmail"].endswith(f"@{company['domainNamePrimaryLinkUrl'].removeprefix('https://')}")
    assert participant["handle"] == person["emailsPrimaryEmail"]
    assert participant["displayName"] == f"{person['nameFirstName']} {person['nameLastName']}"
    assert masked("messageParticipant", handle="ada@acme.test") == masked("messageParticipant", handle="ada@acme.test")
    assert masked("messageParticipant", bytes(32), handle="ada@acme.test")["handle"] != participant["handle"]


def test_unique_values_stay_unique() -> None:
    made_up = MadeUp(SALT)
    assert len({made_up.email(f"person{at}@example.test") for at in range(10_000)}) == 10_000
    assert len({made_up.url(f"https://company{at}.test") for at in range(10_000)}) == 10_000


def test_shapes_stay() -> None:
    held = masked("note", title="Call with Ada", bodyV2={"markdown": "One line\n\nand another, é漢", "blocknote": None})
    assert [len(each) for each in held["bodyV2Markdown"].split("\n")] == [8, 0, 15]
    assert len(held["title"]) == len("Call with Ada")
    phones = masked("person", phones={"primaryPhoneNumber": "612345678", "primaryPhoneCountryCode": "FR", "primaryPhoneCallingCode": "+33"})
    number = phones["phonesPrimaryPhoneCallingCode"] + phones["phonesPrimaryPhoneNumber"]
    assert phonenumbers.is_possible_number(phonenumbers.parse(number))
    assert "55501" in number
    blank = masked("person")
    assert {
        blank[name]
        for name in ("nameFirstName", "emailsPrimaryEmail", "phonesPrimaryPhoneNumber", "jobTitle", "linkedinLinkPrimaryLinkUrl")
    } <= {"", None}


def test_numbers_choices_and_links_between_records_stay() -> None:
    values: dict[str, Any] = {
        "stage": "NEW",
        "amount": {"amountMicros": "5000000", "currencyCode": "EUR"},
        "closeDate": "2031-02-03",
        "companyId": "20202020-1c25-4d02-bf25-6aeccf7ea419",
    }
    held = masked("opportunity", **values)
    assert (held["stage"], held["amountAmountMicros"], held["amountCurrencyCode"], held["companyId"]) == (
        "NEW",
        "5000000",
        "EUR",
        values["companyId"],
    )


def test_fields_are_kept_by_name() -> None:
    assert masked("person", keep=("jobTitle",), jobTitle="Engineer")["jobTitle"] == "Engineer"
    assert masked("person", keep=("people.job_title",), jobTitle="Engineer")["jobTitle"] == "Engineer"
    assert masked("person", keep=("companies.name",), jobTitle="Engineer")["jobTitle"] != "Engineer"
    with pytest.raises(UnknownField, match="jobTitel"):
        masked("person", keep=("jobTitel",))


def test_secrets_are_left_out() -> None:
    secret = [(of, field.name) for of in STANDARD for field in of.fields if field.secret]
    assert secret
    for of, name in secret:
        assert name not in masked(of.singular, **dict[str, Any]({name: "a secret"}))


def test_every_kind_of_text_is_replaced_or_listed() -> None:
    """A field type that comes later does not slip through."""
    masking = Masking(STANDARD, SALT)
    for of in STANDARD:
        for column in columns(of):
            spared = column.secret or column.field in HARMLESS.get(of.singular, ()) or column.part in CODES
            if column.kind is not Kind.TEXT or spared:
                continue
            values = dict.fromkeys(each.name for each in columns(of)) | {column.name: "qzxqzx personal"}
            assert "qzxqzx" not in str(masking.masked(of, values)[column.name]), (of.singular, column.name)


def test_a_masked_mirror_is_pulled_into_with_the_same_salt_only(tmp_path: Path) -> None:
    path = tmp_path / "crm.db.salt"
    salt = salt_at(path, make=True)
    assert salt_at(path, make=False) == salt
    assert path.stat().st_mode & 0o777 == 0o600
    path.unlink()
    with pytest.raises(InvalidInput, match="is gone"):
        salt_at(path, make=False)
    path.write_text("none\n")
    with pytest.raises(InvalidInput, match="holds no salt; put the one back"):
        salt_at(path, make=False)
