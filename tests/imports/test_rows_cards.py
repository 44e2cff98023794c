"""Contact cards are rows: what they say of a person has the columns that an import maps, whichever version they are of."""

import re
from pathlib import Path

import pytest

import icosa
from icosa.bulk import plan_import
from icosa.imports.importing import import_rows
from icosa.imports.rows import BadRow, open_rows
from icosa.plans.step import Creation

MAC = r"""BEGIN:VCARD
VERSION:3.0
PRODID:-//Apple Inc.//macOS 14.0//EN
N:Lovelace;Ada;King;Dr.;
FN:Dr. Ada Lovelace
ORG:Engines\, Ltd\; London;R&D
TITLE:Programmer
EMAIL;type=INTERNET;type=HOME:ada@home.example.com
item1.EMAIL;type=INTERNET;type=pref:ada@engines.example.com
TEL;type=CELL;type=VOICE:+49 176 1234567
TEL;type=WORK;type=pref:+49 30 1234567
TEL;type=WORK;type=FAX:+49 30 7654321
ADR;type=WORK:;;12 Square\n2nd floor;London;;SW1Y 4JH;UK
item2.URL;type=pref:https://www.linkedin.com/in/ada
PHOTO;ENCODING=b;TYPE=JPEG:/9j/4AAQSkZJRgABAQAAAQABAAD
 AAAAAAA
NOTE:first line\nsecond
  folded
END:VCARD
"""
PHONE = """BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=B6rg;;;
TEL;CELL:+49 171 1234567
EMAIL;INTERNET:joerg@example.com
ORG;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Stra=C3=9Fenbau =
GmbH
END:VCARD
"""
NEWEST = """BEGIN:VCARD
VERSION:4.0
FN:Grace Brewster Hopper
EMAIL;PREF=2:grace@home.example.com
EMAIL;PREF=1;TYPE="work,home":grace@navy.example.com
TEL;VALUE=uri;TYPE="voice,cell":tel:+1-415-555-2671;ext=5
END:VCARD
"""


def values(tmp_path: Path, text: str, encoding: str = "utf-8") -> list[dict[str, str]]:
    file = tmp_path / "contacts.vcf"
    file.write_bytes(text.encode(encoding))
    return [dict((each.row if isinstance(each, BadRow) else each).values) for each in open_rows(file).rows]


@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["unix", "as the standard has it"])
def test_cards_of_each_version_say_who_somebody_is(tmp_path: Path, ends: str) -> None:
    assert values(tmp_path, (MAC + PHONE + NEWEST).replace("\n", ends)) == [
        {
            "First name": "Ada",
            "Last name": "Lovelace",
            "Company": "Engines, Ltd; London",
            "Job title": "Programmer",
            "Email": "ada@engines.example.com",
            "Email 2": "ada@home.example.com",
            "Phone": "+49 30 1234567",
            "Phone 2": "+49 176 1234567",
            "City": "London",
            "LinkedIn": "https://www.linkedin.com/in/ada",
        },
        {"First name": "Jörg", "Last name": "Müller", "Phone": "+49 171 1234567", "Email": "joerg@example.com",
         "Company": "Straßenbau GmbH"},
        {"First name": "Grace Brewster", "Last name": "Hopper", "Email": "grace@navy.example.com", "Email 2": "grace@home.example.com",
         "Phone": "+1-415-555-2671"},
    ]  # fmt: skip


def test_cards_become_people_and_companies(crm: icosa.Client, tmp_path: Path) -> None:
    (tmp_path / "contacts.vcf").write_text(MAC + PHONE + NEWEST)
    assert import_rows(crm, "people", tmp_path / "contacts.vcf", create_links=True).applied.whole
    ada = crm["people"].find_many(filter='name.firstName[eq]:"Ada"', depth=1)[0]
    assert (ada["company"]["name"], ada["emails"]["additionalEmails"]) == ("Engines, Ltd; London", ["ada@home.example.com"])
    assert (ada["phones"]["primaryPhoneNumber"], ada["phones"]["additionalPhones"][0]["number"]) == ("301234567", "1761234567")


def test_the_plan_says_what_no_column_is_made_of(crm: icosa.Client, tmp_path: Path) -> None:
    (tmp_path / "people.vcf").write_text(MAC)
    found = plan_import(crm, "people", tmp_path / "people.vcf", create_links=True).header.settings["found"]
    assert found["cards"] == (
        "what no column is made of: ADR but for a city, N of more than a first and a last name, NOTE, ORG of departments, PHOTO, "
        "TEL of a fax or pager"
    )


def test_a_card_that_breaks_off_is_a_bad_row_and_comes_back_with_what_it_said(crm: icosa.Client, tmp_path: Path) -> None:
    (tmp_path / "people.vcf").write_text(PHONE + MAC[: MAC.index("TEL")] + NEWEST + "BEGIN:VCARD\nFN:Cut Off\nEMAIL:cut@exam")
    done = import_rows(crm, "people", tmp_path / "people.vcf", create_links=True)
    assert (done.applied.counts["create"], done.bad_rows) == (3, tmp_path / "people.bad.csv")
    _, first, second = (tmp_path / "people.bad.csv").read_text().splitlines()
    assert re.fullmatch("Ada,Lovelace,.*the card has no end; it ends with a line END:VCARD", first)
    assert re.fullmatch('Cut,Off,.*"the card breaks off, as the file does; it ends with a line END:VCARD"', second)


def test_a_company_is_not_called_as_a_person_too(crm: icosa.Client, tmp_path: Path) -> None:
    (tmp_path / "people.vcf").write_text("BEGIN:VCARD\nVERSION:3.0\nN:;;;;\nFN:Acme\nORG:Acme;\nEMAIL:info@acme.example.com\nEND:VCARD\n")
    plan = plan_import(crm, "people", tmp_path / "people.vcf", create_links=True)
    person = next(each for each in plan.steps() if isinstance(each, Creation) and each.object == "people")
    assert "name" not in person.record


def test_other_encodings_are_found_as_those_of_any_text(tmp_path: Path) -> None:
    text = "BEGIN:VCARD\nVERSION:3.0\nN:Lovelace;Zoë;;;\nEND:VCARD\n"
    assert values(tmp_path, text, "utf-16") == [{"First name": "Zoë", "Last name": "Lovelace"}]


@pytest.mark.parametrize("text", ["", "Name,Email\nAda,ada@example.com\n", "BEGIN:VCALENDAR\nEND:VCALENDAR\n", "BEGIN:VCARD\nEND:VCARD\n"])
def test_a_file_without_cards_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(icosa.InvalidValue, match="holds no contact card; one begins with a line BEGIN:VCARD"):
        values(tmp_path, text)


def card(*lines: str) -> str:
    return "\r\n".join(("BEGIN:VCARD", *lines, "END:VCARD", ""))


def test_what_two_lines_say_alike_is_said_of_both(tmp_path: Path) -> None:
    text = card("VERSION:3.0", "N:Paris;Paris;;;", "ORG:Paris", "TITLE:Paris", "ADR;TYPE=WORK:;;;Paris;;;", "EMAIL:a@example.com")
    again = card("VERSION:3.0", "FN:Ada", "EMAIL:a@example.com", "EMAIL;TYPE=WORK:a@example.com")
    assert values(tmp_path, text + again) == [
        {"First name": "Paris", "Last name": "Paris", "Company": "Paris", "Job title": "Paris", "City": "Paris", "Email": "a@example.com"},
        {"First name": "Ada", "Email": "a@example.com"},
    ]


def test_a_name_in_two_scripts_is_that_of_the_first(tmp_path: Path) -> None:
    text = card("VERSION:4.0", "N;ALTID=1;LANGUAGE=ja:山田;太郎;;;", "N;ALTID=1;LANGUAGE=en:Yamada;Taro;;;")
    assert values(tmp_path, text) == [{"First name": "太郎", "Last name": "山田"}]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("N;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:Stra=C3=9Fe=\r\n Nord;;;;", "Straße Nord"),
        ("N;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:Müller;;;;", "Müller"),
        ("N;QUOTED-PRINTABLE;CHARSET=ISO-8859-1:M=FCller;;;;", "Müller"),
        ("N;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;;;;", "Müller"),
        ("N;ENCODING=QUOTED-PRINTABLE;CHARSET=X-NONE:M=C3=BCller;;;;", "Müller"),
    ],
)
def test_quoted_printable_says_what_was_written(tmp_path: Path, line: str, name: str) -> None:
    assert values(tmp_path, card("VERSION:2.1", line)) == [{"Last name": name}]


def test_a_name_in_an_encoding_that_nobody_tells_makes_a_bad_row_until_somebody_does(tmp_path: Path) -> None:
    text = card("VERSION:2.1", "N;ENCODING=QUOTED-PRINTABLE:M=FCller;J=F6rg;;;", "TEL;CELL:+49 171 1234567", "NOTE;QUOTED-PRINTABLE:=FC")
    file = tmp_path / "phone.vcf"
    file.write_text(text, newline="")
    (bad,) = open_rows(file).rows
    assert isinstance(bad, BadRow)
    assert bad.reason == "its N is quoted-printable, and does not say in which encoding; say it (encoding, --encoding), such as cp1252"
    assert bad.row.values == {"Phone": "+49 171 1234567"}
    (whole,) = open_rows(file, encoding="cp1252").rows
    assert not isinstance(whole, BadRow)
    assert whole.values == {"First name": "Jörg", "Last name": "Müller", "Phone": "+49 171 1234567"}


def test_of_cards_none_of_which_can_be_read_the_reason_is_told(tmp_path: Path) -> None:
    with pytest.raises(icosa.InvalidValue, match="holds no contact card that can be read; of the first, its N is quoted-printable"):
        values(tmp_path, card("VERSION:2.1", "N;ENCODING=QUOTED-PRINTABLE:M=FCller;;;;"))


def test_a_card_of_a_company_is_called_as_one_and_a_group_of_cards_is_nobody(tmp_path: Path) -> None:
    org = card("VERSION:4.0", "KIND:org", "FN:Acme Ltd", "EMAIL:info@acme.example.com")
    (tmp_path / "cards.vcf").write_text(org + card("VERSION:4.0", "KIND:group", "FN:Friends", "MEMBER:urn:uuid:1"))
    company, group = open_rows(tmp_path / "cards.vcf").rows
    assert not isinstance(company, BadRow)
    assert company.values == {"Company": "Acme Ltd", "Email": "info@acme.example.com"}
    assert isinstance(group, BadRow)
    assert group.reason == "it is a group of other cards, and nobody's own; leave it out"
