"""Who takes part in generated proposals: names as they look in practice, with letters beyond ASCII."""

from __future__ import annotations

from random import Random
from typing import NamedTuple
from zlib import crc32

__all__ = ["LEADS", "OPERATORS", "OTHER_PARTNERS", "PUBLIC_PARTNERS", "Organisation", "contact", "pic"]


class Organisation(NamedTuple):
    """A name, the country it sits in, its kind and, for an operator, the state that mandates it."""

    name: str
    country: str
    kind: str = "public_body"
    mandated_by: str | None = None


LEADS = (
    Organisation("State Border Guard Service at the Ministry of the Interior", "LT"),
    Organisation("Straż Graniczna, Komenda Główna", "PL"),
    Organisation("Inspectoratul General al Poliției de Frontieră", "RO"),
    Organisation("Dirección General de la Policía", "ES"),
    Organisation("Valsts robežsardze", "LV"),
    Organisation("Politsei- ja Piirivalveamet", "EE"),
    Organisation("Ministero dell'Interno, Direzione Centrale dell'Immigrazione", "IT"),
    Organisation("Bundeskriminalamt", "DE"),
    Organisation("Rajavartiolaitos", "FI"),
    Organisation("Koninklijke Marechaussee", "NL"),
    Organisation("Υπουργείο Προστασίας του Πολίτη", "GR"),
    Organisation("Главна дирекция „Гранична полиция“", "BG"),
)
OPERATORS = (
    Organisation("CIVIPOL Conseil", "FR", "mandated_operator", "FR"),
    Organisation("Fundación Internacional y para Iberoamérica", "ES", "mandated_operator", "ES"),
    Organisation("Enabel", "BE", "mandated_operator", "BE"),
    Organisation("Agence Luxembourgeoise, bureau de Genève", "CH", "mandated_operator", "LU"),
)
PUBLIC_PARTNERS = (
    Organisation("General Inspectorate of Border Police", "MD"),
    Organisation("Ministry of Internal Affairs, Patrol Police Department", "GE"),
    Organisation("Police of the Republic of Armenia, Passport and Visa Department", "AM"),
    Organisation("Drejtoria e Kufirit dhe Migracionit", "AL"),
    Organisation("Granična policija Bosne i Hercegovine", "BA"),
    Organisation("Direction de l'Immigration et de la Lutte contre la Fraude", "MA"),
    Organisation("National Agency for the Prohibition of Trafficking in Persons", "NG"),
    Organisation("Direction Nationale de la Police aux Frontières", "SN"),
    Organisation("Federal Investigation Agency", "PK"),
    Organisation("Border Service of the State Committee", "KG"),
    Organisation("Directorate of Immigration and Citizenship", "UG"),
    Organisation("Security Information Service, Liaison Unit", "CZ"),
    Organisation("Ministério da Administração Interna", "PT"),
)
OTHER_PARTNERS = (
    Organisation("International Organization for Migration, Mission to Moldova", "MD", "international_organisation"),
    Organisation("INTERPOL, Regional Bureau", "KE", "international_organisation"),
    Organisation("Centre for Migration Studies „Saulė“", "LT", "ngo"),
    Organisation("La Strada International", "NL", "ngo"),
    Organisation("Association of Women Border Guards", "GE", "ngo"),
    Organisation("Fundacja Ocalenie", "PL", "ngo"),
    Organisation("Institut für Dokumentensicherheit gGmbH", "AT", "private_law_body"),
    Organisation("Forensic Science Foundation", "RS", "private_law_body"),
)
"""Partners that are no public bodies."""

PEOPLE = ("Rūta Kazlauskienė", "Ion Ţurcanu", "Marie-Hélène Dupont", "Nino Beridze", "José Núñez", "Agnieszka Wójcik")


def pic(organisation: Organisation) -> str:
    """A participant identification code: nine digits, the same for an organisation in all its proposals."""
    return str(900_000_000 + crc32(f"{organisation.name}, {organisation.country}".encode()) % 100_000_000)


def contact(random: Random, country: str) -> dict[str, str]:
    """A person and an address that reaches nobody."""
    return {"name": random.choice(PEOPLE), "email": f"project{random.randrange(100)}@example.{country.lower()}"}
