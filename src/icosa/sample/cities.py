"""Where the sample plays: towns, and the phone numbers kept free for fiction there."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class City:
    """`number` is a national number with # for each digit of chance; it and `calling_code` are empty where
    no range is kept free."""

    city: str
    country: str
    country_code: str
    currency: str
    latitude: str
    longitude: str
    calling_code: str = ""
    number: str = ""
    street: str = "High Street"


CITIES = (
    City("London", "United Kingdom", "GB", "GBP", "51.5074", "-0.1278", "+44", "2079460###", "Cable Street"),
    City("Leeds", "United Kingdom", "GB", "GBP", "53.8008", "-1.5491", "+44", "1134960###", "Mill Lane"),
    City("New York", "United States", "US", "USD", "40.7128", "-74.006", "+1", "21255501##", "Water Street"),
    City("Chicago", "United States", "US", "USD", "41.8781", "-87.6298", "+1", "31255501##", "Lake Avenue"),
    City("Portland", "United States", "US", "USD", "45.5152", "-122.6784", "+1", "50355501##", "Alder Street"),
    City("Montréal", "Canada", "CA", "CAD", "45.5019", "-73.5674", "+1", "51455501##", "Rue du Port"),
    City("Paris", "France", "FR", "EUR", "48.8566", "2.3522", "+33", "19900####", "Quai de la Gare"),
    City("Lyon", "France", "FR", "EUR", "45.764", "4.8357", "+33", "46571####", "Rue des Tanneurs"),
    City("Berlin", "Germany", "DE", "EUR", "52.52", "13.405", "+49", "3023125###", "Hafenstraße"),
    City("München", "Germany", "DE", "EUR", "48.1351", "11.582", "+49", "8999998###", "Gärtnerplatz"),
    City("Melbourne", "Australia", "AU", "AUD", "-37.8136", "144.9631", "+61", "35550####", "Wharf Road"),
    City("Göteborg", "Sweden", "SE", "SEK", "57.7089", "11.9746", "+46", "3139006##", "Norra Hamngatan"),
    City("Kraków", "Poland", "PL", "PLN", "50.0647", "19.945", street="Ulica Szklarska"),
    City("Porto", "Portugal", "PT", "EUR", "41.1579", "-8.6291", street="Rua da Ribeira"),
    City("Bergen", "Norway", "NO", "NOK", "60.3913", "5.3221", street="Strandgaten"),
    City("大阪", "日本", "JP", "JPY", "34.6937", "135.5023", street="港町"),
)
