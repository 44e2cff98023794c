"""What people call objects and fields, in English, German and French: the headings of their files, and what they type.

What they call every field of a type, and its parts, is told with the type."""

from types import MappingProxyType

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

KINDS = (
    "work", "home", "business", "private", "personal", "office", "mailing", "billing", "shipping", "main", "primary", "other", "direct",
    "mobile", "cell", "address", "geschäftlich", "beruflich", "privat", "haupt", "professionnel", "professionnelle", "personnel",
    "personnelle", "bureau", "principal", "principale",
)  # fmt: skip
"""Of which kind an address or a number is, before or behind the word for it."""

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
