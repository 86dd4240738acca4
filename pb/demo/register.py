"""The invented register of the round: 13,250 people who may vote. Pure, and the same on every machine.

Areas and streets do not exist like this in Alphen; the two postcode districts do.
"""

from datetime import date

SURNAMES = "Aksoy de Boer Bakker Bos van den Berg Brouwer El Idrissi Dekker Demir Dijkstra van Dam van Dijk Groen Haddad Hendriks"
SURNAMES_LIST = (
    "Aksoy", "Bakker", "Bos", "Brouwer", "Dekker", "Demir", "Dijkstra", "El Idrissi", "Groen", "Haddad", "Hendriks",
    "Hoekstra", "Jansen", "Kaya", "Kok", "Kuipers", "Meijer", "Mulder", "Nguyen", "Peters", "Prins", "Schouten", "Smit",
    "Visser", "Vos", "de Boer", "de Graaf", "de Groot", "de Vries", "de Wit", "van Dam", "van Dijk", "van Leeuwen",
    "van Vliet", "van den Berg", "van der Linden",
)  # fmt: skip
CITY = "Alphen aan den Rijn"
REFERENCE = date(2020, 5, 1)
