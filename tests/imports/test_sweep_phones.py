"""Every region's own example numbers, in six spellings, with ten words behind them: none is read wrong."""

from collections import Counter

import phonenumbers
import pytest
from phonenumbers import PhoneNumber, PhoneNumberFormat, PhoneNumberType

from icosa.catalogue.field_types.phones import national
from icosa.errors import InvalidValue
from icosa.imports.values.conventions import Conventions
from icosa.imports.values.phones import completed

TYPES = (PhoneNumberType.FIXED_LINE, PhoneNumberType.MOBILE, PhoneNumberType.TOLL_FREE)
WORDS = ("", " (work)", " home", " fax", " (until 5pm)", " WORK", ", mobile", " - privat", " (ask for Ann)", " Büro", " Ann's desk")
FULL_WIDTH = str.maketrans("0123456789+", "０１２３４５６７８９＋")


def spellings(number: PhoneNumber) -> dict[str, str]:
    e164, international = (phonenumbers.format_number(number, each) for each in (PhoneNumberFormat.E164, PhoneNumberFormat.INTERNATIONAL))
    return {
        "E.164": e164,
        "international": international,
        "national": phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL),
        "with 00": f"00{international[1:]}",
        "dots and brackets": f"({e164[: 1 + len(str(number.country_code))]}) {international.partition(' ')[2].replace(' ', '.')}",
        "full width": international.translate(FULL_WIDTH),
    }


def read(text: str, region: str | None) -> tuple[str, str]:
    parts = completed({"primaryPhoneNumber": text}, "phone", Conventions(region=region))
    return parts["primaryPhoneNumber"], parts["primaryPhoneCallingCode"]


@pytest.mark.slow
def test_no_example_of_any_region_is_read_wrong() -> None:
    counts: Counter[str] = Counter()
    wrong = []
    for region in sorted(phonenumbers.SUPPORTED_REGIONS):
        for number in filter(None, (phonenumbers.example_number_for_type(region, each) for each in TYPES)):
            right = phonenumbers.national_significant_number(number), f"+{number.country_code}"
            for spelling, written in spellings(number).items():
                for word in WORDS:
                    told = region if spelling == "national" else None
                    try:
                        found = read(written + word, told)
                    except InvalidValue:
                        counts["refused with a word" if word else "refused"] += 1
                        continue
                    counts["read with a word" if word else "read"] += 1
                    if found != right:
                        wrong.append((region, written + word, found, right))
    print(dict(counts))
    assert wrong == []
    assert counts["refused"] == 0
    assert counts["refused with a word"] * 50 < counts["read with a word"]


@pytest.mark.slow
def test_the_server_reads_no_example_wrong_either() -> None:
    wrong = []
    refused = 0
    for region in sorted(phonenumbers.SUPPORTED_REGIONS):
        number = phonenumbers.example_number(region)
        assert number is not None
        right = phonenumbers.national_significant_number(number), f"+{number.country_code}"
        for word in WORDS:
            for written, country in ((spellings(number)["international"], ""), (spellings(number)["national"], region)):
                try:
                    found, _, calling = national(written + word, country, "", "phone")
                except InvalidValue:
                    refused += 1
                    continue
                if (found, calling) != right:
                    wrong.append((region, written + word, found, right))
    print(f"{refused} refused")
    assert wrong == []
