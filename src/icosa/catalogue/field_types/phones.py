"""PHONES: a national number with its country and calling code, and more of them.

Numbers are read by libphonenumber (the package `phonenumbers`, loaded only when a number is sent).
"""

from typing import Any

from icosa.catalogue.field_types.about import About, Look
from icosa.catalogue.field_types.type import PARTS_HINT, Part, Values, composite
from icosa.catalogue.kinds import Kind, shown
from icosa.errors import InvalidValue

PRIMARY = ("primaryPhoneNumber", "primaryPhoneCountryCode", "primaryPhoneCallingCode")
"""The parts that make a number: how it is dialled in its country, the country, and its calling code."""


def national(number: str, country: str, calling: str, path: str) -> tuple[str, str, str]:
    """(national number, ISO country, "+" calling code) of a number as it was written.

    Country and calling code may be blank where the number begins with "+".  Raises InvalidValue where
    the number cannot be read or contradicts the codes beside it.
    """
    import phonenumbers  # here and not above: start-up pays for it only where a number is sent

    digits = calling.removeprefix("+")
    _check_codes(country, calling, digits, path)
    if not number:
        return number, country, calling
    from icosa.catalogue.field_types.dialling import number_in  # here: its patterns take long to make, and only writes have numbers

    plain = number_in(number, country, path)
    written = plain if plain.lstrip().startswith("+") or country or not digits else f"+{digits}{plain}"
    try:
        read = phonenumbers.parse(written, country or None)
    except phonenumbers.NumberParseException:
        hint = "" if country or calling else '; send its country too ("primaryPhoneCountryCode": "FR") or begin it with "+"'
        problem, legacy = f"{shown(number)} is not a phone number{hint}", f"Provided phone number is invalid {number}"
        raise InvalidValue(path, problem, legacy=legacy, fault="INVALID_PHONE_NUMBER") from None
    if digits and read.country_code != int(digits):
        problem = f"{shown(number)} has the calling code +{read.country_code}, not {calling}; send the one that belongs to it, or none"
        legacy = "Provided and inferred calling code are conflicting"
        raise InvalidValue(path, problem, legacy=legacy, fault="CONFLICTING_PHONE_CALLING_CODE")
    found = phonenumbers.region_code_for_number(read) or ""
    if found not in phonenumbers.SUPPORTED_REGIONS:
        found = ""  # a number that belongs to no country, such as +800
    if country and found and found != country and country not in phonenumbers.COUNTRY_CODE_TO_REGION_CODE[read.country_code or 0]:
        problem = f"{shown(number)} is a number of {found}, not of {country}; send the country that belongs to it, or none"
        legacy = "Provided and inferred country code are conflicting"
        raise InvalidValue(path, problem, legacy=legacy, fault="CONFLICTING_PHONE_COUNTRY_CODE")
    significant: str = phonenumbers.national_significant_number(read)
    return significant, country or found, calling or f"+{read.country_code}"


def _check_codes(country: str, calling: str, digits: str, path: str) -> None:
    import phonenumbers  # loaded late, as above

    regions = phonenumbers.COUNTRY_CODE_TO_REGION_CODE
    if country and country not in phonenumbers.SUPPORTED_REGIONS:
        problem = f'country {shown(country)} is unknown; send two capital letters such as "FR"'
        raise InvalidValue(path, problem, legacy=f"Invalid country code {country}", fault="INVALID_PHONE_COUNTRY_CODE")
    if calling and not (digits.isascii() and digits.isdigit() and len(digits) < 4 and int(digits) in regions):
        problem = f'calling code {shown(calling)} is unknown; send one such as "+33"'
        raise InvalidValue(path, problem, legacy=f"Invalid calling code {calling}", fault="INVALID_PHONE_CALLING_CODE")
    if country and calling and country not in regions[int(digits)]:
        problem = f"country {country} does not have the calling code {calling}; send the two that belong together, or one of them"
        legacy = "Provided country code and calling code are conflicting"
        raise InvalidValue(path, problem, legacy=legacy, fault="CONFLICTING_PHONE_CALLING_CODE_AND_COUNTRY_CODE")


def read(values: Values, path: str) -> Values:
    """The parts of a number together: what one of them says of the others is filled in.  Raises InvalidValue where they
    contradict each other."""
    values.update({name: values[name].strip() for name in PRIMARY if values.get(name)})
    number, country, calling = (values.get(name) or "" for name in PRIMARY)
    if number or country or calling:
        read = dict(zip(PRIMARY, national(number, country, calling, path), strict=True))
        values.update(read if number else {name: text for name, text in read.items() if text})
    more = values.get("additionalPhones")
    if more is not None:
        if not isinstance(more, list):
            raise InvalidValue(f"{path}.additionalPhones", f'{shown(more)} is not a list; send one such as ["+33612345678"]')
        values["additionalPhones"] = [_additional(each, f"{path}.additionalPhones[{at}]") for at, each in enumerate(more)]
    return values


def _additional(phone: Any, path: str) -> dict[str, str]:
    if isinstance(phone, str):
        phone = {"number": phone}
    if not isinstance(phone, dict):
        raise InvalidValue(path, f"{shown(phone)} is not a phone; send a text, or an object with number, countryCode and callingCode")
    texts = [str(phone.get(key) or "").strip() for key in ("number", "countryCode", "callingCode")]
    number, country, calling = national(texts[0], texts[1], texts[2], path)
    return {"number": number, "countryCode": country, "callingCode": calling}


PHONES = composite(
    "PHONES",
    Part(
        "primaryPhoneNumber",
        Kind.TEXT,
        default="",
        unique=True,
        short=("number", "primary"),
        words=(
            "phone phones phonenumber telephone tel workphone businessphone primaryphone telefon telefonnummer "
            "rufnummer festnetz téléphone numérodetéléphone tél"
        ),
        further_words=(
            "mobile mobilephone mobilenumber mobilephonenumber cell cellphone cellnumber phonemobile phonecell "
            "secondaryphone handy handynummer mobil mobiltelefon mobilnummer portable téléphoneportable"
        ),
    ),
    Part("primaryPhoneCountryCode", Kind.TEXT, default="", short=("country",), words="phonecountry phonecountrycode"),
    Part(
        "primaryPhoneCallingCode",
        Kind.TEXT,
        default="",
        short=("calling",),
        words="callingcode dialcode dialingcode phonecallingcode",
    ),
    Part(
        "additionalPhones",
        Kind.JSON,
        schema={"type": "array", "items": {"type": ["string", "object"]}},
        schema_out={"type": ["array", "null"], "items": {"type": "object"}},
        short=("additional",),
        words="additionalphones otherphones secondaryphones",
    ),
    read=read,
    together=PRIMARY,
    about=About(
        example={
            "primaryPhoneNumber": "612345678",
            "primaryPhoneCountryCode": "FR",
            "primaryPhoneCallingCode": "+33",
            "additionalPhones": [],
        },
        hint=PARTS_HINT,
        primary="primaryPhoneNumber",
        further="additionalPhones",
        look=Look(worth="key", whole=True),
    ),
)
