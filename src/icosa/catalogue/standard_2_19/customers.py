"""The heart of a CRM: the companies and people one deals with, and the deals."""

from icosa.catalogue.fields import Currency, Files
from icosa.catalogue.model import BelongsTo
from icosa.catalogue.standard import customers as first
from icosa.catalogue.standard_2_19.revision import CREATED_BY, UPDATED_BY, kept, revised

COMPANY = revised(
    first.COMPANY,
    kept(first.COMPANY, "name", "domainName", "address", "linkedinLink"),
    Currency(
        "annualRevenue",
        "What the company takes in a year, in millionths of the currency unit (5000000 is 5.00) with its ISO 4217 code.",
    ),
    kept(first.COMPANY, "position"),
    CREATED_BY,
    UPDATED_BY,
    kept(first.COMPANY, "accountOwner"),
)

OPPORTUNITY = revised(
    first.OPPORTUNITY,
    kept(first.OPPORTUNITY, "name", "amount", "closeDate", "stage", "position"),
    CREATED_BY,
    UPDATED_BY,
    kept(first.OPPORTUNITY, "company", "pointOfContact"),
    BelongsTo("owner", "workspaceMember", "ownedOpportunities", "The colleague who looks after the deal."),
)

PERSON = revised(
    first.PERSON,
    kept(first.PERSON, "name", "emails", "linkedinLink", "jobTitle", "phones", "avatarUrl"),
    Files("avatarFile", "A picture of the person, as a file that was uploaded.", most=1, nullable=True, system=True),
    kept(first.PERSON, "position"),
    CREATED_BY,
    UPDATED_BY,
    kept(first.PERSON, "company"),
)
