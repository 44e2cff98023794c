"""What columns are called in the files that people have, beside the names of fields themselves."""

from types import MappingProxyType

WORDS = MappingProxyType(
    {
        ("EMAILS", "primaryEmail"): "email emails mail emailaddress primaryemail workemail businessemail emailprimary",
        ("EMAILS", "additionalEmails"): "additionalemails otheremails secondaryemails moreemails",
        ("PHONES", "primaryPhoneNumber"): "phone phones phonenumber telephone tel mobile mobilephone cell cellphone workphone primaryphone",
        ("PHONES", "primaryPhoneCountryCode"): "phonecountry phonecountrycode",
        ("PHONES", "primaryPhoneCallingCode"): "callingcode dialcode dialingcode phonecallingcode",
        ("PHONES", "additionalPhones"): "additionalphones otherphones secondaryphones",
        ("FULL_NAME", ""): "name fullname contactname personname contact",
        ("FULL_NAME", "firstName"): "firstname givenname forename vorname prenom",
        ("FULL_NAME", "lastName"): "lastname surname familyname nachname nom",
        ("ADDRESS", "addressStreet1"): "address street streetaddress address1 addressline1 street1 strasse",
        ("ADDRESS", "addressStreet2"): "address2 addressline2 street2",
        ("ADDRESS", "addressCity"): "city town ort",
        ("ADDRESS", "addressPostcode"): "postcode postalcode zip zipcode plz",
        ("ADDRESS", "addressState"): "state province region county stateprovince",
        ("ADDRESS", "addressCountry"): "country countryregion land",
        ("ADDRESS", "addressLat"): "lat latitude",
        ("ADDRESS", "addressLng"): "lng lon long longitude",
        ("CURRENCY", "currencyCode"): "currency currencycode",
        ("CURRENCY", "amountMicros"): "amountmicros",
        ("RICH_TEXT_V2", "markdown"): "body text notes note description content markdown",
    }
)
"""By type and part of a field, folded."""

FIELDS = MappingProxyType(
    {
        "jobTitle": "job title role jobrole jobposition designation",
        "domainName": "website domain url homepage web webaddress site companydomain companywebsite",
        "linkedinLink": "linkedin linkedinurl linkedinprofile linkedinlink",
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
        "person": "contact",
        "opportunity": "deal",
        "workspaceMember": "owner",
    }
)
"""By object: what a relation to it may be called too."""
