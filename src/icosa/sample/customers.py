"""Companies, the people who work there, and the deals under way."""

from icosa.sample.cities import CITIES, City
from icosa.sample.draw import Draw, Record, Sample, slug, wire
from icosa.sample.words import COMPANIES, FIRST_NAMES, JOB_TITLES, LAST_NAMES, OFFERS

PEOPLE = 150
OPPORTUNITIES = 60
STAGES = ("NEW", "SCREENING", "MEETING", "PROPOSAL", "CUSTOMER")


def customers(draw: Draw, sample: Sample) -> Sample:
    cities = [draw.one(CITIES) for _ in COMPANIES]
    companies = [_company(draw, name, city, draw.one(sample["workspaceMembers"])) for name, city in zip(COMPANIES, cities, strict=True)]
    people = _people(draw, companies, cities)
    opportunities = [_opportunity(draw, companies, cities, people) for _ in range(OPPORTUNITIES)]
    return {"companies": companies, "people": people, "opportunities": opportunities}


def domain(name: str) -> str:
    """A company's own place below example.com; a name that has no Latin letters is spelled out by hand."""
    return f"{slug(name) or 'mikazuki'}.example.com"


def _company(draw: Draw, name: str, city: City, owner: Record) -> Record:
    company: Record = {
        "id": draw.id(),
        "name": name,
        "domainName": {"primaryLinkUrl": f"https://{domain(name)}", "primaryLinkLabel": domain(name)},
        "employees": draw.one([12, 30, 45, 80, 140, 220, 390, 600, 1200, 2500, None]),
        "linkedinLink": {"primaryLinkUrl": f"https://social.example.com/company/{domain(name).split('.')[0]}"},
        "address": {
            "addressStreet1": f"{city.street} {draw.between(1, 140)}",
            "addressCity": city.city,
            "addressPostcode": str(draw.between(10_000, 98_999)),
            "addressCountry": city.country,
            "addressLat": city.latitude,
            "addressLng": city.longitude,
        },
        "idealCustomerProfile": draw.chance(30),
        "accountOwnerId": owner["id"],
        "createdBy": {"source": draw.one(["MANUAL", "IMPORT", "EMAIL"])},
        "createdAt": wire(draw.moment(-700, -60)),
    }
    if draw.chance(60):
        company["annualRecurringRevenue"] = _money(draw.between(4, 240) * 500, city.currency)
    return company


def _people(draw: Draw, companies: list[Record], cities: list[City]) -> list[Record]:
    people: list[Record] = []
    pairs = draw.some([(first, last) for first in FIRST_NAMES for last in LAST_NAMES], PEOPLE - 1)
    for number, (first, last) in enumerate(pairs):
        # Everybody gets a company once before chance gives the rest, so that none stands without people.
        at = number if number < len(companies) else draw.below(len(companies))
        people.append(_person(draw, first, last, companies[at], cities[at]))
    twin = people[7]
    again = _person(draw, twin["name"]["firstName"], twin["name"]["lastName"], companies[20], cities[20])
    return [*people, again]  # the same name at another company: what "duplicates" is there to find


def _person(draw: Draw, first: str, last: str, company: Record, city: City) -> Record:
    mailbox = ".".join(filter(None, (slug(first), slug(last)))) or "info"
    person: Record = {
        "id": draw.id(),
        "name": {"firstName": first, "lastName": last},
        "emails": {"primaryEmail": f"{mailbox}@{domain(company['name'])}"},
        "jobTitle": draw.one(JOB_TITLES),
        "city": city.city,
        "companyId": company["id"],
        "createdBy": {"source": draw.one(["MANUAL", "EMAIL", "CALENDAR"])},
        "createdAt": wire(draw.moment(-600, -10)),
    }
    if city.number:
        person["phones"] = {
            "primaryPhoneNumber": "".join(str(draw.below(10)) if digit == "#" else digit for digit in city.number),
            "primaryPhoneCountryCode": city.country_code,
            "primaryPhoneCallingCode": city.calling_code,
        }
    if draw.chance(40):
        person["linkedinLink"] = {"primaryLinkUrl": f"https://social.example.com/in/{mailbox}-{draw.between(100, 999)}"}
    return person


def _opportunity(draw: Draw, companies: list[Record], cities: list[City], people: list[Record]) -> Record:
    at = draw.below(len(companies))
    company = companies[at]
    stage = draw.one(STAGES)
    contacts = [person for person in people if person["companyId"] == company["id"]]
    return {
        "id": draw.id(),
        "name": f"{company['name']}: {draw.one(OFFERS)}",
        "amount": _money(draw.between(2, 160) * 750, cities[at].currency),
        "closeDate": wire(draw.moment(-90, -5) if stage == "CUSTOMER" else draw.moment(5, 150)),
        "stage": stage,
        "companyId": company["id"],
        "pointOfContactId": draw.one(contacts)["id"],
        "createdBy": {"source": "MANUAL"},
        "createdAt": wire(draw.moment(-180, -95)),
    }


def _money(units: int, currency: str) -> Record:
    return {"amountMicros": units * 1_000_000, "currencyCode": currency}
