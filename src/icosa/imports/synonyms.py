"""What people call objects and fields, in English, German and French: the headings of their files, and what they type."""

from types import MappingProxyType

WORDS = MappingProxyType(
    {
        ("EMAILS", "primaryEmail"): (
            "email emails mail emailaddress primaryemail workemail businessemail emailprimary emailadresse mailadresse "
            "courriel adresseemail adressemail adressedemessagerie adresseélectronique"
        ),
        ("EMAILS", "additionalEmails"): "additionalemails otheremails secondaryemails moreemails",
        ("PHONES", "primaryPhoneNumber"): (
            "phone phones phonenumber telephone tel workphone businessphone primaryphone telefon telefonnummer "
            "rufnummer festnetz téléphone numérodetéléphone tél"
        ),
        ("PHONES", "primaryPhoneCountryCode"): "phonecountry phonecountrycode",
        ("PHONES", "primaryPhoneCallingCode"): "callingcode dialcode dialingcode phonecallingcode",
        ("PHONES", "additionalPhones"): "additionalphones otherphones secondaryphones",
        ("FULL_NAME", ""): "name fullname contactname personname contact vollständigername ansprechpartner nom nomcomplet nometprénom",
        ("FULL_NAME", "firstName"): "firstname givenname forename vorname prénom first",
        ("FULL_NAME", "lastName"): "lastname surname familyname nachname familienname nomdefamille last",
        ("ADDRESS", "addressStreet1"): "address street streetaddress address1 addressline1 street1 straße anschrift adresse rue",
        ("ADDRESS", "addressStreet2"): "address2 addressline2 street2 adresszusatz adresse2 complémentdadresse",
        ("ADDRESS", "addressCity"): "city town ort stadt wohnort ville",
        ("ADDRESS", "addressPostcode"): (
            "postcode postalcode zip zipcode plz zippostalcode billingcode shippingcode mailingcode postleitzahl codepostal"
        ),
        ("ADDRESS", "addressState"): "state province region county stateprovince stateregion bundesland kanton canton département",
        ("ADDRESS", "addressCountry"): "country countryregion land pays",
        ("ADDRESS", "addressLat"): "lat latitude",
        ("ADDRESS", "addressLng"): "lng lon long longitude",
        ("CURRENCY", "currencyCode"): "currency currencycode currencyofvalue währung devise",
        ("CURRENCY", "amountMicros"): "amountmicros",
        ("RICH_TEXT_V2", "markdown"): (
            "body text notes note description content markdown comment comments remark remarks notiz notizen bemerkung "
            "bemerkungen beschreibung kommentar kommentare anmerkung anmerkungen remarque remarques commentaire commentaires"
        ),
    }
)
"""By type and part of a field, folded."""

FIELDS = MappingProxyType(
    {
        "jobTitle": (
            "job title role jobrole jobposition designation organizationtitle funktion beruf berufsbezeichnung "
            "stellenbezeichnung poste fonction profession intitulédeposte"
        ),
        "domainName": (
            "website domain url homepage web webaddress site companydomain companywebsite webpage websiteurl webseite "
            "internetseite webadresse internet siteweb siteinternet"
        ),
        "linkedinLink": "linkedin linkedinurl linkedinprofile linkedinlink linkedinprofileurl linkedinpage linkedincompanypage",
        "xLink": "x twitter twitterurl twitterhandle xurl",
        "employees": (
            "headcount employeecount numberofemployees companysize staff size mitarbeiter mitarbeiterzahl "
            "mitarbeiteranzahl anzahlmitarbeiter effectif effectifs nombredesalariés nombredemployés"
        ),
        "annualRecurringRevenue": "arr revenue annualrevenue recurringrevenue umsatz jahresumsatz chiffredaffaires",
        "closeDate": "closingdate expectedclose expectedclosedate closes abschluss abschlussdatum datedeclôture",
        "stage": "status pipelinestage dealstage phase étape",
        "amount": "value dealvalue dealamount dealsize betrag auftragswert montant",
        "dueAt": "due duedate deadline fällig fälligam fälligkeit fälligkeitsdatum échéance datedéchéance",
        "createdAt": "created createddate creationdate createdon erstellt erstelltam erstellungsdatum crééle datedecréation",
        "userEmail": "email mail",
        "idealCustomerProfile": "icp",
        "name": "bezeichnung nom",
        "title": "titel titre betreff objet",
        "city": "town ort stadt wohnort ville",
        "avatarUrl": "avatar picture photo",
    }
)
"""By name of a field, folded: of fields that the standard objects have; a custom object may have them too."""

OBJECTS = MappingProxyType(
    {
        "company": (
            "organization organisation account employer firm companyname business customer client "
            "firma firmenname unternehmen arbeitgeber kunde kundenname gesellschaft société entreprise employeur"
        ),
        "person": "contact contactperson kontakt kontaktperson ansprechpartner personne interlocuteur",
        "opportunity": "deal verkaufschance opportunité affaire",
        "note": "notiz",
        "task": "todo aufgabe tâche",
        "workspaceMember": "owner",
    }
)
"""By object: what it may be called too, and a relation to it."""

MANY = MappingProxyType(
    {
        "company": "organizations organisations accounts firms businesses customers clients firmen kunden sociétés entreprises",
        "person": "persons contacts kontakte personen ansprechpersonen personnes",
        "opportunity": "deals verkaufschancen opportunités affaires",
        "note": "notizen",
        "task": "todos aufgaben tâches",
        "workspaceMember": "users user members member benutzer mitglieder utilisateur utilisateurs membres",
    }
)
"""By object: what several of them may be called too; no column of a file is."""

FURTHER = MappingProxyType(
    {
        ("EMAILS", "primaryEmail"): "secondaryemail alternateemail alternativeemail otheremail additionalemail",
        ("PHONES", "primaryPhoneNumber"): (
            "mobile mobilephone mobilenumber mobilephonenumber cell cellphone cellnumber phonemobile phonecell "
            "secondaryphone handy handynummer mobil mobiltelefon mobilnummer portable téléphoneportable"
        ),
    }
)
"""What says the same as WORDS, and gives way where another column does: a further number, not the first."""

KINDS = (
    "work", "home", "business", "private", "personal", "office", "mailing", "billing", "shipping", "main", "primary", "other", "direct",
    "mobile", "cell", "address", "geschäftlich", "beruflich", "privat", "haupt", "professionnel", "professionnelle", "personnel",
    "personnelle", "bureau", "principal", "principale",
)  # fmt: skip
"""Of which kind an address or a number is, before or behind the word for it."""

LABELS = MappingProxyType({"primaryLinkUrl": "linkurl", "primaryLinkLabel": "linklabel", "addressPostcode": "postcode"})
"""What Twenty's own exports call a part, where that is not its name."""

IN_COMPANY = (
    # Of two columns for a name, the one that is not for first names is for last names: "Nom;Prénom", "Name;Vorname".
    *((frozenset({first, last}), MappingProxyType({last: "name.lastName"})) for first, last in (("prenom", "nom"), ("vorname", "name"))),
    # What Twenty's records are sorted by is called so too, but not beside such a heading of another program.
    *((frozenset({first, "position"}), MappingProxyType({"position": "jobTitle"})) for first in ("vorname", "firstname", "prenom")),
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
