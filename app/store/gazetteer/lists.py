"""Short forms, peoples and areas that no package lists: general knowledge, written from memory.

They hold what an atlas's index and a newspaper's style guide hold. Coordinates are those of a point
near the middle, to a degree. The GeoNames ids of divisions are those that GeoNames publishes.
"""

from __future__ import annotations

from typing import NamedTuple


class Area(NamedTuple):
    """A well-known area that is neither country nor division: its names and a point in it.

    `country` is given where the area lies in one.
    """

    kind: str
    names: tuple[str, ...]
    lat: float
    lon: float
    country: str | None = None


def _named(text: str) -> dict[str, tuple[str, ...]]:
    """`CODE: name, name; CODE: name` as a mapping."""
    table = {}
    for entry in text.split(";"):
        code, _, names = entry.partition(":")
        table[code.strip()] = tuple(" ".join(name.split()) for name in names.split(","))
    return table


# Everyday names of states beside those of GeoNames and ISO 3166-1.
COUNTRY_NAMES = _named("""
US: U.S., US, USA, U.S.A., America, United States of America, the States;
GB: UK, U.K., Britain, Great Britain; AE: UAE, U.A.E., Emirates; NL: Holland, The Netherlands;
MM: Burma; CI: Ivory Coast; CZ: Czech Republic, Czechia; MK: Macedonia; SZ: Swaziland;
CD: DR Congo, DRC, Democratic Republic of Congo, Congo-Kinshasa, Zaire, Congo;
CG: Congo-Brazzaville, Republic of Congo, Congo; KR: South Korea, Korea; KP: North Korea, DPRK;
RU: Russia; IR: Iran; SY: Syria; VN: Vietnam; LA: Laos; CV: Cape Verde; TL: East Timor;
VA: Vatican, Vatican City, Holy See; PS: Palestine, Palestinian territories,
Occupied Palestinian Territories; TR: Turkey; BA: Bosnia, Bosnia-Herzegovina; CN: China, PRC;
TW: Taiwan; HK: Hong Kong; MO: Macau; BN: Brunei; MD: Moldova; TZ: Tanzania; BO: Bolivia;
VE: Venezuela; FM: Micronesia; ST: Sao Tome; TT: Trinidad, Tobago; AG: Antigua; KN: St. Kitts;
VC: St. Vincent; LC: St. Lucia; CF: CAR; BS: The Bahamas; GM: The Gambia; SA: Saudi; IE: Eire;
NZ: Aotearoa; PG: Papua New Guinea, PNG; ZA: RSA
""")

# Alaska and Hawaii draw the middle of the United States out to sea: the centre of the others.
COUNTRY_POINTS = {"US": (39.83, -98.58)}

# What their people and things are called; plurals in -s are made of these.
PEOPLES = _named("""
US: American; CA: Canadian; MX: Mexican; GT: Guatemalan; HN: Honduran; SV: Salvadoran, Salvadorean;
NI: Nicaraguan; CR: Costa Rican; PA: Panamanian; CU: Cuban; HT: Haitian; JM: Jamaican;
BS: Bahamian; BB: Barbadian; TT: Trinidadian; BZ: Belizean; CO: Colombian; VE: Venezuelan;
EC: Ecuadorian, Ecuadorean; PE: Peruvian; BO: Bolivian; CL: Chilean; AR: Argentine, Argentinian;
UY: Uruguayan; PY: Paraguayan; BR: Brazilian; GY: Guyanese; SR: Surinamese; PR: Puerto Rican;
GB: British, Briton, Brits; IE: Irish; FR: French; DE: German; ES: Spanish, Spaniard;
PT: Portuguese; IT: Italian; GR: Greek; NL: Dutch; BE: Belgian; LU: Luxembourgish; CH: Swiss;
AT: Austrian; DK: Danish, Dane; NO: Norwegian; SE: Swedish, Swede; FI: Finnish, Finn;
IS: Icelandic, Icelander; EE: Estonian; LV: Latvian; LT: Lithuanian; PL: Polish, Pole;
CZ: Czech, Czechs; SK: Slovak, Slovakian; HU: Hungarian; RO: Romanian; BG: Bulgarian;
RS: Serbian, Serb; HR: Croatian, Croat; SI: Slovenian, Slovene; BA: Bosnian; ME: Montenegrin;
XK: Kosovar, Kosovan; AL: Albanian; MK: Macedonian; MD: Moldovan; UA: Ukrainian;
BY: Belarusian, Belarussian; RU: Russian; GE: Georgian; AM: Armenian;
AZ: Azerbaijani, Azeri; MT: Maltese; CY: Cypriot; TR: Turkish, Turk; SY: Syrian;
LB: Lebanese; IL: Israeli; PS: Palestinian; JO: Jordanian;
IQ: Iraqi; IR: Iranian; SA: Saudi, Saudi Arabian; KW: Kuwaiti; QA: Qatari; BH: Bahraini;
AE: Emirati; OM: Omani; YE: Yemeni, Yemenite; AF: Afghan; PK: Pakistani; IN: Indian;
BD: Bangladeshi; NP: Nepalese, Nepali; LK: Sri Lankan; BT: Bhutanese; MV: Maldivian;
KZ: Kazakh, Kazakhstani; UZ: Uzbek; TM: Turkmen; TJ: Tajik; KG: Kyrgyz; MN: Mongolian; CN: Chinese;
TW: Taiwanese; JP: Japanese; KR: South Korean, Korean; KP: North Korean; MM: Burmese; TH: Thai;
VN: Vietnamese; LA: Laotian; KH: Cambodian; MY: Malaysian; SG: Singaporean; ID: Indonesian;
PH: Philippine, Filipino; BN: Bruneian; TL: Timorese; AU: Australian, Aussie;
NZ: New Zealander, Kiwi; FJ: Fijian; WS: Samoan; TO: Tongan; EG: Egyptian; LY: Libyan; TN: Tunisian;
DZ: Algerian; MA: Moroccan; SD: Sudanese; SS: South Sudanese; ET: Ethiopian; ER: Eritrean;
SO: Somali, Somalian; DJ: Djiboutian; KE: Kenyan; UG: Ugandan; TZ: Tanzanian; RW: Rwandan;
BI: Burundian; CD: Congolese; AO: Angolan; ZM: Zambian; ZW: Zimbabwean; MZ: Mozambican;
MW: Malawian; BW: Botswanan; NA: Namibian; ZA: South African; MG: Malagasy; MU: Mauritian;
NG: Nigerian; NE: Nigerien; GH: Ghanaian; CI: Ivorian; TG: Togolese; BJ: Beninese; CM: Cameroonian;
GA: Gabonese; TD: Chadian; ML: Malian; SN: Senegalese; GM: Gambian; GN: Guinean; LR: Liberian;
SL: Sierra Leonean; BF: Burkinabe; MR: Mauritanian; GL: Greenlandic; HK: Hongkonger
""")

# Divisions by ISO 3166-2: the abbreviations of American, Canadian and Australian style guides,
# names in use beside ISO's, and peoples.
DIVISION_NAMES = _named("""
US-AL: Ala., AL, Alabaman, Alabamian; US-AK: Alaskan; US-AZ: Ariz., AZ, Arizonan;
US-AR: Ark., AR, Arkansan; US-CA: Calif., CA, Californian, Cal.; US-CO: Colo., Coloradan;
US-CT: Conn., CT; US-DE: Del., Delawarean; US-DC: D.C., DC; US-FL: Fla., FL, Floridian;
US-GA: Ga., GA; US-HI: Hawaiian; US-ID: Idahoan, Ida.; US-IL: Ill., IL, Illinoisan;
US-IN: Ind., Hoosier; US-IA: Ia., Iowan; US-KS: Kan., Kans., KS, Kansan;
US-KY: Ky., KY, Kentuckian; US-LA: La., Louisianan; US-ME: Mainer;
US-MD: Md., MD, Marylander; US-MA: Mass., MA; US-MI: Mich., MI, Michigander;
US-MN: Minn., MN, Minnesotan; US-MS: Miss., MS, Mississippian; US-MO: Mo., MO, Missourian;
US-MT: Mont., MT, Montanan; US-NE: Neb., Nebr., NE, Nebraskan; US-NV: Nev., NV, Nevadan;
US-NH: N.H., NH; US-NJ: N.J., NJ, New Jerseyan; US-NM: N.M., NM, New Mexican;
US-NY: N.Y., NY, New York State, New Yorker, upstate New York; US-NC: N.C., NC, North Carolinian;
US-ND: N.D., ND, N. Dak., North Dakotan; US-OH: OH, Ohioan; US-OK: Okla., Oklahoman;
US-OR: Ore., Oregonian; US-PA: Pa., PA, Penn., Penna., Pennsylvanian; US-RI: R.I., RI;
US-SC: S.C., SC, South Carolinian; US-SD: S.D., SD, S. Dak., South Dakotan;
US-TN: Tenn., TN, Tennessean; US-TX: Tex., TX, Texan; US-UT: UT, Utahn; US-VT: Vt., VT, Vermonter;
US-VA: Va., VA, Virginian; US-WA: Wash., WA, Washington state, Washingtonian;
US-WV: W.Va., W. Va., WV, West Virginian; US-WI: Wis., Wisc., WI, Wisconsinite;
US-WY: Wyo., WY;
CA-AB: Alta., AB, Albertan; CA-BC: B.C., BC, British Columbian; CA-MB: Man., MB, Manitoban;
CA-NB: N.B., NB; CA-NL: N.L., NL, Nfld., Newfoundland, Labrador, Newfoundlander;
CA-NS: N.S., NS, Nova Scotian; CA-NT: N.W.T., NWT; CA-ON: Ont., Ontarian; CA-PE: P.E.I., PEI;
CA-QC: Que., Quebec, Quebecer, Quebecois; CA-SK: Sask., SK; CA-YT: Y.T.;
AU-ACT: ACT, A.C.T.; AU-NSW: NSW, N.S.W.; AU-NT: N.T.; AU-QLD: Qld, Qld., Queenslander;
AU-SA: S.A.; AU-TAS: Tas., Tasmanian; AU-VIC: Vic., Victorian; AU-WA: W.A.;
GB-ENG: England, English; GB-SCT: Scotland, Scottish, Scot, Scots; GB-WLS: Wales, Welsh;
GB-NIR: Northern Ireland, Northern Irish;
DE-BY: Bavaria, Bavarian; DE-RP: Rhineland-Palatinate, Rhineland Palatinate;
DE-SN: Saxony; DE-NI: Lower Saxony; DE-NW: North Rhine-Westphalia; DE-TH: Thuringia; DE-HE: Hesse;
RU-DA: Dagestan, Dagestani; RU-CE: Chechnya, Chechen; RU-IN: Ingushetia; RU-TA: Tatarstan;
RU-SE: North Ossetia; GE-AB: Abkhazia, Abkhaz, Abkhazian; ES-CT: Catalonia, Catalan;
ES-PV: Basque Country, Basque; ES-AN: Andalusia; ES-AR: Aragon; ES-CL: Castile and Leon;
ES-NC: Navarre; IT-52: Tuscany; IT-82: Sicily; IT-88: Sardinia; IT-25: Lombardy; IT-21: Piedmont;
FR-NOR: Normandy; FR-BRE: Brittany; FR-20R: Corsica; CN-XZ: Tibet, Tibetan; CN-NM: Inner Mongolia;
CN-XJ: Xinjiang; CN-GD: Guangdong; IN-JK: Jammu and Kashmir, Kashmir;
IQ-KR: Iraqi Kurdistan; ID-BA: Bali; CH-GE: Geneva; BE-VLG: Flanders; BE-WAL: Wallonia
""")

# GeoNames ids of the divisions that are too large for a point to stand for them.
DIVISION_IDS = {
    **{"CA-AB": 5883102, "CA-BC": 5909050, "CA-MB": 6065171, "CA-NB": 6087430, "CA-NL": 6354959},
    **{"CA-NT": 6091069, "CA-NS": 6091530, "CA-NU": 6091732, "CA-ON": 6093943, "CA-PE": 6113358},
    **{"CA-QC": 6115047, "CA-SK": 6141242, "CA-YT": 6185811},
    **{"AU-ACT": 2177478, "AU-NSW": 2155400, "AU-NT": 2064513, "AU-QLD": 2152274},
    **{"AU-SA": 2061327, "AU-TAS": 2147291, "AU-VIC": 2145234, "AU-WA": 2058645},
    **{"GB-ENG": 6269131, "GB-SCT": 2638360, "GB-WLS": 2634895, "GB-NIR": 2641364},
    **{"BR-AM": 3665361, "BR-BA": 3471168, "BR-MG": 3457153, "BR-MT": 3457419, "BR-PA": 3393129},
}

# Everyday names of towns that GeoNames does not have as such, by its ids.
TOWN_NAMES: dict[int, tuple[str, ...]] = {
    5128581: ("New York", "NYC"),
    5368361: ("L.A.", "LA"),
    4560349: ("Philly",),
    5506956: ("Vegas",),
    4140963: ("Washington", "Washington DC", "Washington, D.C."),
    498817: ("St. Petersburg",),
    6325494: ("Quebec City",),
}

AREAS = (
    # Continents' parts and the regions that newspapers speak of.
    Area("area", ("Middle East", "Mideast", "Middle Eastern"), 29.0, 41.0),
    Area("area", ("Far East",), 35.0, 125.0),
    Area("area", ("Near East",), 33.0, 40.0),
    Area("area", ("Southeast Asia", "South East Asia", "Southeast Asian"), 10.0, 106.0),
    Area("area", ("South Asia", "South Asian"), 21.0, 78.0),
    Area("area", ("East Asia", "East Asian"), 35.0, 115.0),
    Area("area", ("Central Asia", "Central Asian"), 43.0, 66.0),
    Area("area", ("Western Europe", "West European"), 47.0, 4.0),
    Area("area", ("Eastern Europe", "Eastern European"), 50.0, 28.0),
    Area("area", ("Central Europe",), 49.0, 16.0),
    Area("area", ("Northern Europe",), 61.0, 16.0),
    Area("area", ("Southern Europe",), 41.0, 14.0),
    Area("area", ("Scandinavia", "Scandinavian"), 63.0, 15.0),
    # At its seat.
    Area("area", ("European Union", "EU", "E.U."), 50.85, 4.35),
    Area("area", ("Balkans", "Balkan"), 43.0, 21.0),
    Area(
        "area", ("Caucasus", "South Caucasus", "North Caucasus", "Caucasus Mountains"), 42.3, 44.0
    ),
    Area("area", ("Baltics", "Baltic states"), 57.0, 24.5),
    Area("area", ("Benelux",), 51.0, 5.0),
    Area("area", ("Latin America", "Latin American"), -15.0, -60.0),
    Area("area", ("Central America", "Central American"), 12.8, -85.0),
    Area("area", ("North Africa", "Maghreb", "North African"), 28.0, 10.0),
    Area("area", ("West Africa", "West African"), 12.0, -3.0),
    Area("area", ("East Africa", "East African"), 1.0, 38.0),
    Area("area", ("Central Africa",), 5.0, 20.0),
    Area("area", ("Southern Africa",), -22.0, 24.0),
    Area("area", ("Horn of Africa",), 8.0, 45.0),
    Area("area", ("Sub-Saharan Africa",), 0.0, 20.0),
    Area("area", ("Sahel",), 15.0, 5.0),
    Area("area", ("Sahara", "Sahara Desert"), 24.0, 9.0),
    Area("area", ("Arctic", "Arctic Circle"), 75.0, 0.0),
    Area("area", ("West Bank",), 32.0, 35.25, "PS"),
    Area("area", ("Gaza Strip", "Gaza"), 31.4, 34.35, "PS"),
    Area("area", ("Golan Heights", "Golan"), 33.0, 35.8, "SY"),
    Area("area", ("Sinai", "Sinai Peninsula"), 29.5, 33.8, "EG"),
    Area("area", ("Kurdistan", "Kurdish"), 36.8, 43.8),
    Area("area", ("Kashmir", "Kashmiri"), 34.0, 76.0, "IN"),
    Area("area", ("Darfur",), 13.5, 24.0, "SD"),
    Area("area", ("Crimea", "Crimean"), 45.2, 34.2, "UA"),
    Area("area", ("Donbas", "Donbass"), 48.3, 38.0, "UA"),
    Area("area", ("South Ossetia", "South Ossetian"), 42.3, 44.0, "GE"),
    Area("area", ("Nagorno-Karabakh",), 39.9, 46.6, "AZ"),
    Area("area", ("Transnistria",), 47.2, 29.4, "MD"),
    Area("area", ("Siberia", "Siberian"), 60.0, 95.0, "RU"),
    Area("area", ("Urals", "Ural Mountains"), 60.0, 60.0, "RU"),
    Area("area", ("Korean Peninsula",), 37.5, 127.0),
    Area("area", ("Anatolia",), 39.0, 33.0, "TR"),
    Area("area", ("Mesopotamia",), 33.0, 44.0),
    Area("area", ("Himalayas", "Himalaya"), 28.5, 84.0),
    Area("area", ("Alps",), 46.5, 9.5),
    Area("area", ("Pyrenees",), 42.6, 1.0),
    Area("area", ("Andes",), -20.0, -68.0),
    Area("area", ("Rocky Mountains", "Rockies"), 43.0, -110.0, "US"),
    Area("area", ("Appalachia", "Appalachian Mountains", "Appalachians"), 38.0, -81.0, "US"),
    Area("area", ("New England",), 43.7, -71.5, "US"),
    Area("area", ("Midwest", "Midwestern", "Upper Midwest"), 41.5, -93.0, "US"),
    Area("area", ("Pacific Northwest",), 46.0, -121.0, "US"),
    Area("area", ("Deep South",), 32.8, -87.0, "US"),
    Area("area", ("West Coast",), 38.0, -121.0, "US"),
    Area("area", ("East Coast", "Eastern Seaboard"), 39.5, -75.5, "US"),
    Area("area", ("Gulf Coast",), 30.0, -89.5, "US"),
    Area("area", ("Great Plains",), 41.0, -100.0, "US"),
    Area("area", ("Southern California", "Southland"), 34.2, -117.8, "US"),
    Area("area", ("Northern California",), 39.5, -122.0, "US"),
    Area("area", ("Central Valley", "San Joaquin Valley"), 36.7, -119.8, "US"),
    Area("area", ("Bay Area", "San Francisco Bay Area", "East Bay"), 37.7, -122.3, "US"),
    Area("area", ("Silicon Valley", "Santa Clara Valley"), 37.3, -121.9, "US"),
    Area("area", ("Manhattan", "Lower Manhattan"), 40.76, -73.98, "US"),
    Area("area", ("Wall Street",), 40.71, -74.01, "US"),
    Area("area", ("Long Island",), 40.8, -73.1, "US"),
    Area("area", ("Cape Cod",), 41.7, -70.2, "US"),
    Area("area", ("Hollywood",), 34.1, -118.33, "US"),
    Area("area", ("Capitol Hill",), 38.89, -77.0, "US"),
    Area("area", ("White House",), 38.9, -77.04, "US"),
    Area("area", ("Pentagon",), 38.87, -77.06, "US"),
    Area("area", ("Grand Canyon",), 36.1, -112.1, "US"),
    Area("area", ("Yellowstone", "Yellowstone National Park"), 44.6, -110.5, "US"),
    Area("area", ("Yosemite", "Yosemite National Park"), 37.8, -119.5, "US"),
    Area("area", ("Everglades",), 25.9, -80.9, "US"),
    Area("area", ("Florida Keys",), 24.7, -81.1, "US"),
    Area("area", ("Panhandle", "Texas Panhandle"), 35.3, -101.5, "US"),
    Area("area", ("Aleutian Islands", "Aleutians"), 52.5, -172.0, "US"),
    Area("area", ("Guantanamo Bay", "Guantanamo"), 19.95, -75.15, "CU"),
    Area("area", ("Greater Toronto Area", "GTA"), 43.7, -79.4, "CA"),
    Area("area", ("Lower Mainland",), 49.2, -122.5, "CA"),
    Area("area", ("Vancouver Island",), 49.6, -125.5, "CA"),
    Area("area", ("Maritimes", "Atlantic Canada"), 46.0, -63.5, "CA"),
    Area("area", ("Prairies",), 52.0, -106.0, "CA"),
    Area("area", ("Outback",), -25.0, 133.0, "AU"),
    Area("area", ("Great Barrier Reef",), -18.3, 147.7, "AU"),
    Area("area", ("North Island",), -39.0, 176.0, "NZ"),
    Area("area", ("South Island",), -43.5, 171.0, "NZ"),
    Area("area", ("Downing Street",), 51.5, -0.13, "GB"),
    Area("area", ("Westminster", "Whitehall"), 51.5, -0.13, "GB"),
    Area("area", ("West Midlands", "Midlands"), 52.5, -1.9, "GB"),
    Area("area", ("East Anglia",), 52.5, 1.0, "GB"),
    Area("area", ("Lake District",), 54.5, -3.1, "GB"),
    Area("area", ("Falkland Islands", "Falklands", "Malvinas"), -51.75, -59.0, "FK"),
    Area("area", ("Kremlin", "Red Square"), 55.75, 37.62, "RU"),
    # Oceans and seas.
    Area("sea", ("Pacific Ocean", "Pacific"), 0.0, -160.0),
    Area("sea", ("North Pacific", "North Pacific Ocean"), 30.0, -170.0),
    Area("sea", ("South Pacific", "South Pacific Ocean"), -30.0, -130.0),
    Area("sea", ("Atlantic Ocean", "Atlantic"), 10.0, -25.0),
    Area("sea", ("North Atlantic", "North Atlantic Ocean"), 30.0, -45.0),
    Area("sea", ("South Atlantic",), -30.0, -15.0),
    Area("sea", ("Indian Ocean",), -10.0, 70.0),
    Area("sea", ("Arctic Ocean",), 80.0, 0.0),
    Area("sea", ("Southern Ocean",), -65.0, 0.0),
    Area("sea", ("Mediterranean", "Mediterranean Sea"), 35.0, 20.0),
    Area("sea", ("Black Sea",), 43.0, 34.0),
    Area("sea", ("Caspian Sea", "Caspian"), 42.0, 50.0),
    Area("sea", ("Red Sea",), 20.0, 38.0),
    Area("sea", ("Dead Sea",), 31.5, 35.5),
    Area("sea", ("Baltic Sea",), 58.0, 20.0),
    Area("sea", ("North Sea",), 56.0, 3.0),
    Area("sea", ("Irish Sea",), 53.8, -5.0),
    Area("sea", ("English Channel",), 50.2, -1.0),
    Area("sea", ("Adriatic", "Adriatic Sea"), 43.0, 15.0),
    Area("sea", ("Aegean", "Aegean Sea"), 39.0, 25.0),
    Area("sea", ("Sea of Japan",), 40.0, 135.0),
    Area("sea", ("East China Sea",), 29.0, 125.0),
    Area("sea", ("South China Sea",), 13.0, 114.0),
    Area("sea", ("Yellow Sea",), 36.0, 123.0),
    Area("sea", ("Barents Sea",), 75.0, 37.0),
    Area("sea", ("Bering Sea",), 58.0, -178.0),
    Area("sea", ("Bering Strait",), 65.8, -168.9),
    Area("sea", ("Arabian Sea",), 15.0, 65.0),
    Area("sea", ("Bay of Bengal",), 15.0, 88.0),
    Area("sea", ("Persian Gulf", "Arabian Gulf", "Gulf"), 26.5, 52.0),
    Area("sea", ("Strait of Hormuz",), 26.6, 56.5),
    Area("sea", ("Gulf of Aden",), 12.5, 47.5),
    Area("sea", ("Gulf of Mexico",), 25.0, -90.0),
    Area("sea", ("Caribbean", "Caribbean Sea"), 15.0, -75.0),
    Area("sea", ("Hudson Bay",), 60.0, -86.0, "CA"),
    Area("sea", ("Suez Canal",), 30.6, 32.3, "EG"),
    Area("sea", ("Panama Canal",), 9.1, -79.7, "PA"),
    Area("sea", ("Golden Gate", "San Francisco Bay"), 37.8, -122.4, "US"),
    Area("sea", ("Chesapeake Bay", "Chesapeake"), 38.0, -76.2, "US"),
    Area("sea", ("Puget Sound",), 47.6, -122.4, "US"),
    Area("sea", ("Lake Michigan",), 44.0, -87.0, "US"),
    Area("sea", ("Lake Superior",), 47.7, -87.5, "US"),
    Area("sea", ("Lake Huron",), 44.8, -82.4),
    Area("sea", ("Lake Erie",), 42.2, -81.2),
    Area("sea", ("Lake Ontario",), 43.7, -77.9),
    Area("sea", ("Great Lakes",), 45.0, -84.0),
    Area("sea", ("Lake Victoria",), -1.0, 33.0),
    Area("sea", ("Great Salt Lake",), 41.1, -112.5, "US"),
    Area("sea", ("Lake Tahoe",), 39.1, -120.0, "US"),
    # Rivers, by a point on their middle course; longer ones than a point can stand for.
    Area("area", ("Nile", "Nile River", "River Nile"), 22.0, 31.5),
    Area("area", ("Amazon", "Amazon River", "Amazon rainforest"), -3.0, -60.0),
    Area("area", ("Mississippi River",), 35.0, -90.3, "US"),
    Area("area", ("Missouri River",), 42.5, -96.5, "US"),
    Area("area", ("Ohio River",), 38.5, -85.0, "US"),
    Area("area", ("Colorado River",), 36.1, -113.0, "US"),
    Area("area", ("Rio Grande",), 28.5, -101.0),
    Area("area", ("Hudson River",), 41.7, -73.95, "US"),
    Area("area", ("Potomac River", "Potomac"), 38.9, -77.1, "US"),
    Area("area", ("Columbia River",), 45.8, -120.5, "US"),
    Area("area", ("Jordan River", "River Jordan"), 32.0, 35.55),
    Area("area", ("Euphrates",), 34.5, 41.5),
    Area("area", ("Tigris",), 34.5, 43.8, "IQ"),
    Area("area", ("Danube",), 46.0, 19.0),
    Area("area", ("Rhine",), 50.0, 7.7, "DE"),
    Area("area", ("Thames", "River Thames"), 51.5, -0.5, "GB"),
    Area("area", ("Seine",), 49.0, 2.0, "FR"),
    Area("area", ("Volga",), 50.0, 46.0, "RU"),
    Area("area", ("Ganges",), 25.3, 83.0, "IN"),
    Area("area", ("Mekong",), 15.0, 105.0),
    Area("area", ("Yangtze",), 30.6, 114.3, "CN"),
)
