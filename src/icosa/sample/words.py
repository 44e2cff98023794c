"""The words of which the sample's companies, people and deals are made."""

COMPANIES = (
    "Acme", "Alder & Finch", "Bluewater Dairies", "Brambleton Foods", "Candlewick Pharma",
    "Café Montserrat", "Copperfield Logistics", "Cormorant Shipping", "Dunmore Fisheries", "Eastgate Bakeries",
    "Elderflower Cosmetics", "Fjordlaks", "Foxglove Biotech", "Garnet Breweries", "Gärtnerei Sommerfeld",
    "Halcyon Vaccines", "Harbour & Hale", "Ibis Catering", "Juniper Spirits", "Kestrel Freight",
    "Lighthouse Seafood", "Løvås & Sønn", "Maple Ridge Orchards", "Meridian Blood Bank", "Moorland Meats",
    "Nightingale Clinics", "Nordwind Transport", "O'Malley's Creamery", "Orchidée Parfums", "Pemberton Museums",
    "Quince & Co", "Ravenscroft Wines", "Saffron Kitchens", "Skylark Airfreight", "Tern Island Oysters",
    "Umbra Data Centres", "Verdant Greenhouses", "Willowbrook Hospitals", "Zielona Farma", "三日月食品",
)  # fmt: skip

FIRST_NAMES = (
    "Ada", "Agnieszka", "Aiko", "Alasdair", "Amélie", "Anders", "Astrid", "Beatriz", "Björn", "Caoimhe",
    "Carlos", "Chiara", "Daniel", "Dilara", "Edith", "Elif", "Emeka", "Esther", "Farah", "Felix",
    "Françoise", "Gustavo", "Hana", "Henrik", "Ines", "Ingrid", "Jamal", "Jasper", "Jiří", "Joanna",
    "Kaya", "Kofi", "Leïla", "Linnea", "Łukasz", "Magnus", "Mariana", "Mateo", "Mei", "Miriam",
    "Nadia", "Niamh", "Noor", "Olga", "Oskar", "Paulo", "Priya", "Rafael", "Renée", "Rosa",
    "Samir", "Saoirse", "Sigrid", "Søren", "Tariq", "Théo", "Thandiwe", "Ursula", "Valentina", "Viktor",
    "Wanda", "Xiomara", "Yara", "Yusuf", "Zofia", "陽子",
)  # fmt: skip

LAST_NAMES = (
    "Abernathy", "Achterberg", "Adeyemi", "Almeida", "Bakker", "Bergström", "Blackwood", "Castellanos", "Çelik", "Chaudhry",
    "D'Angelo", "Delacroix", "Dvořák", "Eriksen", "Fairweather", "Farrow", "Fitzgerald", "Galloway", "García", "Grünwald",
    "Hadley", "Haugen", "Hawthorne", "Ibarra", "Ivanova", "Jankowski", "Kaplan", "Kowalczyk", "Lachance", "Lindqvist",
    "Macallister", "Mbeki", "Montgomery", "Müller", "Nakamura", "Nowak", "O'Rourke", "Okafor", "Østergaard", "Pacheco",
    "Pellegrini", "Quartermain", "Rasmussen", "Reyes", "Rosenthal", "Saint-Clair", "Santos", "Şahin", "Silverberg", "Tanaka",
    "Thorne", "Underhill", "Vandermeer", "Villanueva", "Weatherby", "Whitfield", "Yamada", "Yılmaz", "Zamora", "Żeleński",
)  # fmt: skip

JOB_TITLES = (
    "Head of Purchasing", "Quality Manager", "Operations Director", "Cold Chain Lead", "Warehouse Manager",
    "Chief Technology Officer", "Finance Director", "Plant Manager", "Buyer", "Logistics Coordinator",
    "Laboratory Manager", "Founder", "Facilities Engineer", "Compliance Officer", "Head of Maintenance",
)  # fmt: skip

OFFERS = (
    "cold room sensors", "fleet trackers", "calibration contract", "pilot in two depots", "alarm desk, round the clock",
    "data platform, one year", "humidity sensors", "replacement of old loggers", "second site", "audit trail add-on",
)  # fmt: skip

NOTES = (
    ("First call", "They log by **hand**, twice a day. A gap cost them a delivery.\n\n- wants a pilot\n- budget in spring"),
    ("Site visit", "Walked through the cold rooms. Concrete walls: plan for *two* gateways per floor."),
    ("Price talk", "Asked for a discount at 200 sensors. Offered 8 % with a contract of three years."),
    ("Reference call", "A neighbour of theirs already uses our loggers and is content. Worth a joint visit."),
    ("Security questions", "Sent the questionnaire back. Open: where the data lies, and who may read it."),
    ("Pilot, week two", "No gaps so far. One sensor behind a steel door drops out at night; moving it."),
    ("Lost and found", "The other offer was cheaper, but has no alarm desk. They will decide after Easter."),
    ("Thank-you lunch", "Renewal is likely. Introduced us to the sister company, see the new contact."),
)  # fmt: skip

TASKS = (
    "Send the offer", "Call back about the audit", "Prepare the demo kit", "Book the site visit",
    "Ask for a reference", "Check the calibration dates", "Renew the contract",
    "Answer the security questionnaire", "Ship two gateways", "Follow up after the fair",
)  # fmt: skip

CONVERSATIONS = (
    (
        "Sensors for the new cold room",
        "Hello {us},\n\nwe open a second cold room in May. Could you send prices for 40 sensors?\n\n{them}",
        "Hello {them},\n\ngladly; the offer is attached. Delivery takes two weeks.\n\n{us}",
        "Thank you, that was quick. I will take it to our finance meeting.\n\n{them}",
    ),
    (
        "Gap in the readings of Tuesday",
        "Dear {us},\n\nbetween two and four in the night there are no readings from dock 3. What happened?\n\n{them}",
        "Dear {them},\n\nthe gateway lost power. Everything was kept in the sensor and has been added since.\n\n{us}",
    ),
    (
        "Re: Visit next week",
        "Good morning {them},\n\nmay I come by on Thursday at ten? I would bring a demo kit.\n\n{us}",
        "Thursday is fine. Please bring safety shoes.\n\n{them}",
    ),
    (
        "Calibration certificates",
        "Hi {us},\n\nthe auditor asks for the certificates of all loggers by Friday.\n\n{them}",
        "Hi {them},\n\nhere they are, one file for each site.\n\n{us}",
        "Perfect. You saved our week!\n\n{them}",
    ),
    (
        "Your invoice",
        "Hello {them},\n\nplease find this quarter's invoice attached.\n\n{us}",
    ),
)  # fmt: skip

MEETINGS = (
    ("Demo", "A live look at the alarm desk, 30 minutes.", 30),
    ("Site visit", "Cold rooms and loading docks. Safety shoes!", 120),
    ("Contract review", "Terms, prices, and who signs.", 60),
    ("Quarterly review", "Gaps, alarms and uptime of the last three months.", 60),
    ("Kick-off", "Who does what until the pilot starts.", 45),
)
