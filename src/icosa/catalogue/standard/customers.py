"""The heart of a CRM: the companies and people one deals with, and the deals."""

from icosa.catalogue.fields import (
    Address,
    Boolean,
    CreatedBy,
    Currency,
    DateTime,
    Emails,
    FullName,
    Links,
    Number,
    Phones,
    Position,
    Select,
    Text,
)
from icosa.catalogue.model import BelongsTo, Object

COMPANY = Object(
    "company",
    "companies",
    "An organisation one does business with, or would like to; its people, deals, notes and tasks hang on it.",
    (
        Text("name", "What the company is called; two companies of the same name are reported as duplicates."),
        Links("domainName", "The company's web site; its address is unique among live companies.", unique=True),
        Number("employees", "How many people work there, as a whole number; null if unknown.", nullable=True),
        Links("linkedinLink", "The company's page on LinkedIn.", label="Linkedin", nullable=True),
        Links("xLink", "The company's account on X, formerly Twitter.", label="X", nullable=True),
        Currency(
            "annualRecurringRevenue",
            "Income from running contracts in one year, in millionths of the currency unit (5000000 is 5.00) with its ISO 4217 code.",
            label="ARR",
            nullable=True,
        ),
        Address("address", "Where the company has its seat, in parts, with latitude and longitude in degrees.", nullable=True),
        Boolean("idealCustomerProfile", "Whether this is the kind of customer one looks for.", label="ICP", default=False),
        Position("Where the company stands in lists that are sorted by hand; the smaller number comes first."),
        CreatedBy(),
        BelongsTo("accountOwner", "workspaceMember", "accountOwnerForCompanies", "The colleague who looks after the company."),
    ),
    label_identifier="name",
    searchable=("name", "domainName"),
    duplicate_criteria=(("name",), ("domainNamePrimaryLinkUrl",)),
    indexed=("name", "createdAt"),
)

OPPORTUNITY = Object(
    "opportunity",
    "opportunities",
    "A deal that may come about: with whom, for how much, until when, and how far it has come.",
    (
        CreatedBy(),
        DateTime("closeDate", "When the deal is expected to be decided, in ISO 8601.", label="Close date", nullable=True),
        Select(
            "stage",
            "How far the deal has come, from first contact (NEW) to a sale (CUSTOMER).",
            ["NEW", "SCREENING", "MEETING", "PROPOSAL", "CUSTOMER"],
            default="NEW",
        ),
        Position("Where the deal stands in its column or list when that is sorted by hand; the smaller number comes first."),
        Text("name", "A short title by which colleagues know the deal."),
        BelongsTo("company", "company", "opportunities", "The company that would buy."),
        Currency(
            "amount",
            "What the deal is worth, in millionths of the currency unit (5000000 is 5.00) with its ISO 4217 code.",
            nullable=True,
        ),
        BelongsTo(
            "pointOfContact",
            "person",
            "pointOfContactForOpportunities",
            "The person on the other side whom one talks to about it.",
            label="Point of Contact",
        ),
    ),
    label_identifier="name",
    searchable=("name",),
    indexed=("name", "closeDate", "createdAt"),
)

PERSON = Object(
    "person",
    "people",
    "Somebody outside the workspace whom one is in touch with; colleagues who sign in are workspace members instead.",
    (
        FullName("name", "First and last name; two people who share both are reported as duplicates.", nullable=True),
        BelongsTo("company", "company", "people", "Where the person works."),
        CreatedBy(),
        Position("Where the person stands in lists that are sorted by hand; the smaller number comes first."),
        Text(
            "avatarUrl", "Where a picture of the person is found: a path in the file store or a web address.", label="Avatar", system=True
        ),
        Text("city", "The town the person lives or works in, as free text."),
        Phones("phones", "Numbers to call: a first one in national form with its country and calling code, and further ones."),
        Text("jobTitle", "What the person does at the company, such as Head of Purchasing."),
        Links("xLink", "The person's account on X, formerly Twitter.", label="X", nullable=True),
        Links(
            "linkedinLink",
            "The person's profile on LinkedIn; two people with the same one are reported as duplicates.",
            label="Linkedin",
            nullable=True,
        ),
        Emails("emails", "Addresses to write to, kept in lower case; the first one is unique among live people.", unique=True),
    ),
    label_identifier="name",
    searchable=("name", "emails", "jobTitle"),
    duplicate_criteria=(("nameFirstName", "nameLastName"), ("linkedinLinkPrimaryLinkUrl",), ("emailsPrimaryEmail",)),
    indexed=("nameLastName", "createdAt"),
)
