"""Writes the names of countries and months that typed text is read by: ``python -m tools.cldr_names``.

The names come from the Unicode Common Locale Data Repository (CLDR), by way of the package ``babel``, in the official
languages of the EU and the languages of the regions the calls are about. What the CLDR does not hold stands here:
official names, former names, and names that mean more than one country.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel import Locale
from babel.core import get_global

from mpfcheck.forms.typed import day as month_names
from mpfcheck.proposal import country_names_table
from mpfcheck.proposal.codes import COUNTRIES
from mpfcheck.proposal.country_names import distinct_words, name_of, words_of

__all__ = ["LANGUAGES", "country_table", "month_table", "written"]

EU_LANGUAGES = "bg cs da de el en es et fi fr ga hr hu it lt lv mt nl pl pt ro sk sl sv"
REGION_LANGUAGES = {
    "Eastern Partnership and Western Balkans": "uk ru be hy ka az az_Cyrl sq sr sr_Latn bs bs_Cyrl mk",
    "Southern Neighbourhood and West Africa": "ar he ha yo ig ff wo bm",
    "Horn of Africa": "am ti so om sw rw",
    "Silk Route and Central Asia": "tr fa ps ur hi bn pa ku ckb kk ky tg tk uz uz_Cyrl",
    "Others in use there, and in Europe": "ta te mr gu pt_PT en_GB fr_CH ca nb is",
}
LANGUAGES = tuple(" ".join((EU_LANGUAGES, *REGION_LANGUAGES.values())).split())

OFFICIAL = """
AD Principality of Andorra
AE Emirates
AF Islamic Emirate of Afghanistan; Islamic Republic of Afghanistan
AL Republic of Albania
AM Republic of Armenia
AO Republic of Angola
AR Argentine Republic
AT Republic of Austria
AU Commonwealth of Australia
AZ Republic of Azerbaijan; Azerbaijan Republic; Azerbaijani Republic
BA Republic of Bosnia and Herzegovina
BB Republic of Barbados
BD People's Republic of Bangladesh
BE Kingdom of Belgium
BG Republic of Bulgaria
BH Kingdom of Bahrain
BI Republic of Burundi
BJ Republic of Benin
BN Nation of Brunei; State of Brunei
BO Plurinational State of Bolivia
BR Federative Republic of Brazil
BS Commonwealth of the Bahamas
BT Kingdom of Bhutan
BW Republic of Botswana
BY Republic of Belarus
CD Democratic Republic of the Congo; Democratic Republic of Congo
CF Central African Republic
CG Republic of the Congo; Republic of Congo
CH Swiss Confederation
CI Republic of Côte d'Ivoire; Republic of Ivory Coast
CL Republic of Chile
CM Republic of Cameroon
CN People's Republic of China
CO Republic of Colombia
CR Republic of Costa Rica
CU Republic of Cuba
CV Republic of Cabo Verde; Republic of Cape Verde
CY Republic of Cyprus
DE Federal Republic of Germany
DJ Republic of Djibouti
DK Kingdom of Denmark
DM Commonwealth of Dominica
DZ People's Democratic Republic of Algeria; Democratic and Popular Republic of Algeria
EC Republic of Ecuador
EE Republic of Estonia
EG Arab Republic of Egypt
ER State of Eritrea
ES Kingdom of Spain
ET Federal Democratic Republic of Ethiopia
FI Republic of Finland
FJ Republic of Fiji
FM Federated States of Micronesia
FR French Republic
GA Gabonese Republic
GB United Kingdom of Great Britain and Northern Ireland
GE Republic of Georgia
GH Republic of Ghana
GM Republic of The Gambia; Islamic Republic of The Gambia
GN Republic of Guinea
GQ Republic of Equatorial Guinea
GR Hellenic Republic
GT Republic of Guatemala
GW Republic of Guinea-Bissau
GY Co-operative Republic of Guyana
HN Republic of Honduras
HR Republic of Croatia
HT Republic of Haiti
ID Republic of Indonesia
IE Republic of Ireland
IL State of Israel
IN Republic of India
IQ Republic of Iraq
IR Islamic Republic of Iran
IS Republic of Iceland
IT Italian Republic
JO Hashemite Kingdom of Jordan; Kingdom of Jordan
KE Republic of Kenya
KG Kyrgyz Republic; Republic of Kyrgyzstan
KH Kingdom of Cambodia
KI Republic of Kiribati
KM Union of the Comoros
KN Federation of Saint Kitts and Nevis
KP Democratic People's Republic of Korea
KR Republic of Korea
KW State of Kuwait
KZ Republic of Kazakhstan
LA Lao People's Democratic Republic; Lao PDR
LB Lebanese Republic; Republic of Lebanon
LI Principality of Liechtenstein
LK Democratic Socialist Republic of Sri Lanka
LR Republic of Liberia
LS Kingdom of Lesotho
LT Republic of Lithuania
LU Grand Duchy of Luxembourg
LV Republic of Latvia
LY State of Libya; Libyan Arab Jamahiriya; Great Socialist People's Libyan Arab Jamahiriya
MA Kingdom of Morocco
MC Principality of Monaco
MD Republic of Moldova
ME Republic of Montenegro
MG Republic of Madagascar
MH Republic of the Marshall Islands
MK Republic of North Macedonia; Republic of Macedonia; Former Yugoslav Republic of Macedonia
ML Republic of Mali
MM Republic of the Union of Myanmar; Union of Burma
MR Islamic Republic of Mauritania
MT Republic of Malta
MU Republic of Mauritius
MV Republic of Maldives
MW Republic of Malawi
MX United Mexican States
MZ Republic of Mozambique
NA Republic of Namibia
NE Republic of the Niger; Republic of Niger
NG Federal Republic of Nigeria
NI Republic of Nicaragua
NL Kingdom of the Netherlands
NO Kingdom of Norway
NP Federal Democratic Republic of Nepal
NR Republic of Nauru
OM Sultanate of Oman
PA Republic of Panama
PE Republic of Peru
PG Independent State of Papua New Guinea
PH Republic of the Philippines
PK Islamic Republic of Pakistan
PL Republic of Poland
PS State of Palestine; Occupied Palestinian Territory
PT Portuguese Republic
PW Republic of Palau
PY Republic of Paraguay
QA State of Qatar
RS Republic of Serbia
RU Russian Federation
RW Republic of Rwanda
SA Kingdom of Saudi Arabia
SC Republic of Seychelles
SD Republic of the Sudan; Republic of Sudan
SE Kingdom of Sweden
SG Republic of Singapore
SI Republic of Slovenia
SK Slovak Republic
SL Republic of Sierra Leone
SM Republic of San Marino
SN Republic of Senegal
SO Federal Republic of Somalia
SR Republic of Suriname
SS Republic of South Sudan
ST Democratic Republic of Sao Tome and Principe
SV Republic of El Salvador
SY Syrian Arab Republic
SZ Kingdom of Eswatini; Kingdom of Swaziland
TD Republic of Chad
TG Togolese Republic
TH Kingdom of Thailand
TJ Republic of Tajikistan
TL Democratic Republic of Timor-Leste
TN Republic of Tunisia; Tunisian Republic
TO Kingdom of Tonga
TR Republic of Türkiye; Republic of Turkey
TT Republic of Trinidad and Tobago
TZ United Republic of Tanzania
UA Republic of Ukraine
UG Republic of Uganda
US United States of America
UY Oriental Republic of Uruguay
UZ Republic of Uzbekistan
VA Vatican City State; State of the Vatican City
VE Bolivarian Republic of Venezuela
VN Socialist Republic of Viet Nam; Socialist Republic of Vietnam
VU Republic of Vanuatu
WS Independent State of Samoa
XK Republic of Kosovo
YE Republic of Yemen
ZA Republic of South Africa
ZM Republic of Zambia
ZW Republic of Zimbabwe
"""
"""Official English names. Each is known the way ISO 3166 turns it round too: "Moldova, Republic of"."""

OTHER = """
AE UAE
AM Hayastan
AZ Azerbaijan
BA BiH; Bosnia-Hercegovina; Bosnia Hercegovina; Bosnia and Hercegovina
BD Bangla Desh
BF Upper Volta
BJ Dahomey
BY Byelorussia; Belorussia; White Russia
BZ British Honduras
CD DR Congo; DRC; D.R. Congo; Congo DR; Congo DRC; Congo Kinshasa; Zaire; RDC
CG Congo Brazzaville; Congo Republic; Congo (Republic)
CI Ivory Coast; Côte d'Ivoire; Cote Divoire
CV Cape Verde; Cabo Verde
CZ Czech Republic; The Czech Republic; Česko; Cesko; Tchequie
DE FRG; BRD
EG Misr
EH Western Sahara; Sahrawi Republic
ER Erythrea
ET Abyssinia
FI Suomi
FK Malvinas
GB UK; U.K.; Great Britain; Britain; United Kingdom
GE Sakartvelo; Gruzia; Gruziya
GR EL; Hellas; Ellada
HU Magyarorszag
IE Eire
IN Bharat; Hindustan
IQ Irak
IR Persia
KG Kirghizia; Kirgizia; Kirghizstan; Kyrgyzia
KH Kampuchea
KP North Korea; DPRK; Korea (North); Korea North
KR South Korea; ROK; Korea (South); Korea South
KZ Qazaqstan; Kazakstan
LA Laos
LK Ceylon
LT Lietuva
LV Latvija
LY Libia; Lybia
MA Maroc; Al Maghrib
MD Moldavia; Moldova
ME Crna Gora
MK Macedonia; FYROM; FYR Macedonia; Severna Makedonija
MM Burma; Myanmar (Burma)
NL Holland; The Netherlands; Netherlands
PF Tahiti
PH Philippines
PS Palestine; Palestinian Authority; Palestinian Territories; Palestinian Territory; Gaza; West Bank
RU Russia; Rossiya; Rossija
RS Srbija
SZ Swaziland; eSwatini
SY Suriya; Syria
TH Siam
TJ Tadjikistan; Tadzhikistan
TL East Timor
TM Turkmenia
TR Turkey; Turkiye
TW Taiwan; Chinese Taipei; Formosa
TZ Tanganyika; Tanzania
UA Ukraine; Ukraina; Ukrayina; The Ukraine
US USA; U.S.A.; U.S.; America; United States
UZ Ozbekiston
VA Holy See; Vatican; The Vatican
VN Viet Nam; Vietnam
XK Kosova
YE Yemen
ZA RSA
ZW Rhodesia
"""
"""Names people use beside the official and the short one, former ones among them."""

SEVERAL = """
CD CG Congo
KP KR Korea
GN GW GQ Guinea
RS ME Serbia and Montenegro
RS ME Serbia Montenegro
CZ SK Czechoslovakia
SI HR BA RS ME MK XK Yugoslavia
RU UA BY GE AM AZ MD EE LV LT KZ KG TJ TM UZ USSR
RU UA BY GE AM AZ MD EE LV LT KZ KG TJ TM UZ Soviet Union
CW SX BQ Netherlands Antilles
VG VI Virgin Islands
MF SX Saint Martin
WS AS Samoa Islands
SD SS Sudans
TW CN Republic of China
TW CN China, Republic of
GE US State of Georgia
GE US Georgia (state)
GE US Georgia, USA
GB England
GB Scotland
GB Wales
GB Northern Ireland
BA Republika Srpska
TZ Zanzibar
SO Somaliland
DE East Germany
DE West Germany
DE GDR
YE South Yemen
YE North Yemen
MD Transnistria
MD Gagauzia
PT Azores
PT Madeira
ES Canary Islands
"""
"""Names that mean one of several countries, a part of one, or a state that is no more: always asked back."""

FAMILIES = (("CD", "CG"), ("KP", "KR"), ("GN", "GQ", "GW"))
"""Countries that share a name in most languages, by which alone none of them is meant."""

SHORTEST_ABBREVIATION = 3
ARAB_COUNTRIES = "ar_LB ar_MA ar_DZ ar_MR"
"""Months have other names in Arabic from country to country."""
BEFORE_MONTHS = {"he": "\N{HEBREW LETTER BET}"}
"""What is written together with the name of a month after the number of the day."""


def country_table() -> dict[str, dict[str, str]]:
    """Codes by name, several with blanks between them: short names, official ones, and those that are asked back."""
    short: defaultdict[str, dict[str, None]] = defaultdict(dict)
    official: defaultdict[str, dict[str, None]] = defaultdict(dict)
    several: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for language in LANGUAGES:
        names = {code: name for code, name in Locale.parse(language).territories.items() if code in COUNTRIES}
        for code, name in names.items():
            for way in _ways(name):
                short[name_of(way)][code] = None
        for stem, family in _stems(names):
            several[name_of(stem)] |= dict.fromkeys(family)
    for code, name in _listed(OTHER):
        short[name_of(name)][code] = None
    for three, codes in get_global("territory_aliases").items():
        if len(three) == 3 and three.isalpha() and len(codes) == 1 and codes[0] in COUNTRIES:
            short[name_of(three)][codes[0]] = None
    for code, name in _listed(OFFICIAL):
        for way in (name, *_turned_round(name)):
            official[name_of(way)][code] = None
    for line in SEVERAL.strip().splitlines():
        codes = [word for word in line.split() if len(word) == 2 and word in COUNTRIES]
        several[name_of(line[3 * len(codes) :])] |= dict.fromkeys(codes)
    english = {name_of(name): code for code, name in Locale.parse("en").territories.items() if code in COUNTRIES}
    for name, codes in short.items():
        meant = {code for one, code in english.items() if _is_shorter(name, one) or _is_shorter(one, name)}
        if name not in english and meant - codes.keys():
            several[name] |= codes | dict.fromkeys(meant)
    for name in [*several]:
        several[name] |= short.pop(name, {}) | official.pop(name, {})
    for name in [*official]:
        if name in short:
            short[name] |= official.pop(name)
    return {"short": _joined(short), "official": _joined(official), "several": _joined(several)}


def _listed(text: str) -> Iterator[tuple[str, str]]:
    for line in text.strip().splitlines():
        code, _, names = line.partition(" ")
        for name in names.split(";"):
            yield code, name.strip()


def _ways(name: str) -> Iterator[str]:
    """A name, and the same as people write it out."""
    yield name
    if "&" in name:
        yield name.replace("&", "and")
    if "St. " in name:
        yield name.replace("St. ", "Saint ").replace("&", "and")
    if "(" in name:
        yield name.partition("(")[0]


def _turned_round(name: str) -> Iterator[str]:
    for mark in (" of the ", " of "):
        kind, found, rest = name.partition(mark)
        if found:
            yield f"{rest}, {kind}{mark.rstrip()}"
            return


def _stems(names: dict[str, str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What the names of a family have in common in a language, and the names that are no more than that."""
    for family in FAMILIES:
        words = [set(words_of(names[code])) for code in family if code in names]
        for word in set.intersection(*words) if len(words) == len(family) else ():
            if (len(word) > 3 or not word.isascii()) and distinct_words(word):
                yield word, family
        for code in family:
            mine = set(words_of(names.get(code, "")))
            if mine and any(mine < set(words_of(names.get(other, ""))) for other in family if other != code):
                yield names[code], family


def _is_shorter(name: str, other: str) -> bool:
    """Whether a name is another one without one of its letters: "Nigēra" is Niger, and may be a slip for Nigeria."""
    return len(name) + 1 == len(other) and any(other[:at] + other[at + 1 :] == name for at in range(len(other)))


def _joined(table: dict[str, dict[str, None]]) -> dict[str, str]:
    return {name: " ".join(sorted(codes)) for name, codes in sorted(table.items()) if name and codes}


def month_table() -> dict[str, str]:
    """Numbers of months by name, several with blanks between them."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    for language in (*LANGUAGES, *ARAB_COUNTRIES.split()):
        months = Locale.parse(language).months
        for use in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in months[use][width].items():
                    key = name_of(name)
                    if key.isalpha() and (width == "wide" or len(key) >= SHORTEST_ABBREVIATION):
                        found[key].add(number)
                        if before := BEFORE_MONTHS.get(language):
                            found[before + key].add(number)
    return {name: " ".join(map(str, sorted(numbers))) for name, numbers in sorted(found.items())}


def written(table: object) -> str:
    """A table as its file holds it: a name on each line, so that a new CLDR shows as a difference people can read."""
    return json.dumps(table, ensure_ascii=False, indent=0) + "\n"


def main(files: Iterable[tuple[Path, object]]) -> None:
    """Write the files."""
    for file, table in files:
        file.write_text(written(table), encoding="utf-8")
        print(f"{file.name}: {file.stat().st_size // 1024} kB")


if __name__ == "__main__":
    main([(country_names_table.FILE, country_table()), (month_names.FILE, month_table())])
