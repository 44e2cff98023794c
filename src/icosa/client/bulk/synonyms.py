"""What columns are called in the files that people have, beside the names of fields themselves."""

from types import MappingProxyType

WORDS = MappingProxyType(
    {
        ("EMAILS", "primaryEmail"): "email emails mail emailaddress primaryemail workemail businessemail emailprimary",
        ("EMAILS", "additionalEmails"): "additionalemails otheremails secondaryemails moreemails",
        ("PHONES", "primaryPhoneNumber"): "phone phones phonenumber telephone tel workphone businessphone primaryphone",
        ("PHONES", "primaryPhoneCountryCode"): "phonecountry phonecountrycode",
        ("PHONES", "primaryPhoneCallingCode"): "callingcode dialcode dialingcode phonecallingcode",
        ("PHONES", "additionalPhones"): "additionalphones otherphones secondaryphones",
        ("FULL_NAME", ""): "name fullname contactname personname contact",
        ("FULL_NAME", "firstName"): "firstname givenname forename vorname prenom first",
        ("FULL_NAME", "lastName"): "lastname surname familyname nachname nom last",
        ("ADDRESS", "addressStreet1"): "address street streetaddress address1 addressline1 street1 strasse",
        ("ADDRESS", "addressStreet2"): "address2 addressline2 street2",
        ("ADDRESS", "addressCity"): "city town ort",
        ("ADDRESS", "addressPostcode"): "postcode postalcode zip zipcode plz zippostalcode billingcode shippingcode mailingcode",
        ("ADDRESS", "addressState"): "state province region county stateprovince stateregion",
        ("ADDRESS", "addressCountry"): "country countryregion land",
        ("ADDRESS", "addressLat"): "lat latitude",
        ("ADDRESS", "addressLng"): "lng lon long longitude",
        ("CURRENCY", "currencyCode"): "currency currencycode currencyofvalue",
        ("CURRENCY", "amountMicros"): "amountmicros",
        ("RICH_TEXT_V2", "markdown"): "body text notes note description content markdown",
    }
)
"""By type and part of a field, folded."""

FIELDS = MappingProxyType(
    {
        "jobTitle": "job title role jobrole jobposition designation organizationtitle",
        "domainName": "website domain url homepage web webaddress site companydomain companywebsite webpage websiteurl",
        "linkedinLink": "linkedin linkedinurl linkedinprofile linkedinlink linkedinprofileurl linkedinpage linkedincompanypage",
        "xLink": "x twitter twitterurl twitterhandle xurl",
        "employees": "headcount employeecount numberofemployees companysize staff size",
        "annualRecurringRevenue": "arr revenue annualrevenue recurringrevenue",
        "closeDate": "closingdate expectedclose expectedclosedate closes",
        "stage": "status pipelinestage dealstage phase",
        "amount": "value dealvalue dealamount dealsize",
        "dueAt": "due duedate deadline",
        "createdAt": "created createddate creationdate createdon",
        "userEmail": "email mail",
        "idealCustomerProfile": "icp",
        "avatarUrl": "avatar picture photo",
    }
)
"""By name of a field, folded: of fields that the standard objects have; a custom object may have them too."""

OBJECTS = MappingProxyType(
    {
        "company": "organization organisation account employer firm companyname business customer",
        "person": "contact contactperson",
        "opportunity": "deal",
        "workspaceMember": "owner",
    }
)
"""By object: what a relation to it may be called too."""

FURTHER = MappingProxyType(
    {
        ("EMAILS", "primaryEmail"): "secondaryemail alternateemail alternativeemail otheremail additionalemail",
        (
            "PHONES",
            "primaryPhoneNumber",
        ): ("mobile mobilephone mobilenumber mobilephonenumber cell cellphone cellnumber phonemobile phonecell secondaryphone"),
    }
)
"""What says the same as WORDS, and gives way where another column does: a further number, not the first."""

KINDS = (
    "work", "home", "business", "private", "personal", "office", "mailing", "billing", "shipping", "main", "primary", "other", "direct",
    "mobile", "cell", "address",
)  # fmt: skip
"""Of which kind an address or a number is, before or behind the word for it."""

LABELS = MappingProxyType({"primaryLinkUrl": "linkurl", "primaryLinkLabel": "linklabel", "addressPostcode": "postcode"})
"""What Twenty's own exports call a part, where that is not its name."""

IN_COMPANY = (
    (
        frozenset({"connectedon", "firstname", "url"}),  # LinkedIn's list of connections
        MappingProxyType({"url": "linkedinLink.primaryLinkUrl", "position": "jobTitle"}),
    ),
    *(
        (frozenset({"id", theirs}), MappingProxyType({"id": "id"}))  # Twenty's own exports
        for theirs in ("emailsprimaryemail", "domainnamelinkurl", "amountamount")
    ),
)
"""What columns mean beside certain others, which tell who wrote the file."""
