"""The words that made-up people, companies and places are put together from."""

FIRST_NAMES = (
    "Abelone", "Adalbern", "Aurelind", "Balthara", "Belinor", "Brunhardt", "Calistine", "Casimira", "Cordelin", "Dagomar",
    "Dorabel", "Edelmira", "Eldwin", "Emerind", "Fabrion", "Fenella", "Florimond", "Galatine", "Gisbert", "Gwendrel",
    "Haldora", "Hesper", "Hildemar", "Idalia", "Ismerel", "Jocasta", "Jorindel", "Kasimir", "Lavendra", "Leofric",
    "Lorimer", "Mafalda", "Melisand", "Merivale", "Nerissa", "Oberin", "Odalys", "Ottokar", "Perdita", "Philander",
    "Quillan", "Ragnfrid", "Rosamund", "Rowena", "Sidonie", "Sigismund", "Tamsin", "Theodric", "Ulrika", "Valdemar",
    "Vesper", "Wilfrida", "Wystan", "Xanthe", "Yolanda", "Ysolde", "Zephyrin", "Zerlina",
)  # fmt: skip

LAST_NAMES = (
    "Amberwell", "Ashgrove", "Barrowmere", "Birkenhain", "Bramblecot", "Brightwater", "Cinderford", "Cloverly", "Corvander", "Dandelow",
    "Dovemarsh", "Driftwood", "Eldermoor", "Emberson", "Fallowmead", "Fernsby", "Foxtrot", "Gablewick", "Goldfinch", "Greywillow",
    "Hartsbloom", "Hazelrigg", "Heronsgate", "Inkwright", "Ivorson", "Kettlewood", "Kingsfern", "Larkholm", "Lindenau", "Marlowick",
    "Meadowlark", "Mistlethorn", "Nettlebay", "Nightshade", "Oakenfell", "Otterbourne", "Pebblebrook", "Plumtree", "Quickthorn",
    "Ravenholm", "Rookwood", "Saltmarsh", "Silverlake", "Sparrowhurst", "Stillwater", "Teasel", "Thistledown", "Umberleigh", "Vanterpool",
    "Violetta", "Waldenstern", "Wetherfield", "Willowmere", "Wintersedge", "Wrenfield", "Yarrowby",
)  # fmt: skip

COMPANIES = (
    "Amber", "Anvil", "Aster", "Beacon", "Birch", "Bobbin", "Candle", "Cedar", "Cobalt", "Comet", "Copper", "Coral", "Crane", "Delta",
    "Dune", "Echo", "Ember", "Fathom", "Finch", "Flint", "Gannet", "Glade", "Granite", "Harbour", "Heron", "Indigo", "Ivory", "Jasper",
    "Kelp", "Lantern", "Larch", "Maple", "Marble", "Meadow", "Nimbus", "Nutmeg", "Onyx", "Opal", "Orchard", "Pebble", "Pepper", "Pine",
    "Quarry", "Quartz", "Raven", "River", "Saffron", "Sage", "Slate", "Sorrel", "Summit", "Tallow", "Teal", "Thistle", "Umber", "Velvet",
    "Walnut", "Willow", "Yarrow", "Zephyr",
)  # fmt: skip

TRADES = ("Works", "Trading", "Holding", "Partners", "Services", "Group", "Supply", "Studio", "Labs", "Mills", "Foundry", "Systems")

JOB_TITLES = (
    "Keeper of Ledgers", "Head of Lanterns", "Senior Cartographer", "Buyer of Oddments", "Clerk of Works", "Master of Ropes",
    "Junior Alchemist", "Chief Beekeeper", "Bookbinder", "Warden of Stores", "Signal Officer", "Keeper of Clocks",
)  # fmt: skip

STREETS = (
    "Bellows Lane",
    "Cobbler Street",
    "Dial Row",
    "Fennel Road",
    "Juniper Way",
    "Kiln Street",
    "Lantern Walk",
    "Orchard Rise",
    "Tinder Alley",
)

PLACES = (
    ("Alderport", "Northmark", "Elsewhere", "12.5", "-41.25"),
    ("Birkhaven", "Eastfold", "Elsewhere", "13.75", "-40.5"),
    ("Cinderquay", "Southmoor", "Elsewhere", "11.25", "-42.75"),
    ("Dunmarrow", "Westlea", "Elsewhere", "14.5", "-43.5"),
    ("Elmsgate", "Northmark", "Elsewhere", "12.25", "-44.25"),
    ("Fernwick", "Southmoor", "Elsewhere", "10.75", "-41.75"),
    ("Glasshaven", "Eastfold", "Elsewhere", "13.5", "-42.5"),
    ("Hollowmere", "Westlea", "Elsewhere", "14.25", "-40.75"),
)
"""City, state, country, latitude, longitude: far out at sea."""

AREA_CODES = (
    "201", "202", "206", "212", "213", "214", "215", "216", "303", "304", "305", "307", "312", "313", "314", "315", "401", "402", "404",
    "406", "410", "412", "415", "419", "501", "502", "503", "504", "505", "512", "513", "515", "601", "602", "603", "605", "612", "615",
    "617", "619", "701", "702", "703", "712", "713", "716", "717", "718", "801", "802", "803", "804", "808", "812", "816", "901", "904",
    "907", "913", "915",
)  # fmt: skip
"""Of North America, where the numbers 555-0100 to 555-0199 of each are given to nobody."""

SYLLABLES = tuple(consonant + vowel for consonant in "bdfghjklmnprstvwz" for vowel in ("a", "e", "i", "o", "u"))
