"""Places and peoples that everyone knows: general-knowledge lists, written from memory.

They hold what an atlas's table of contents holds (states, their everyday short forms, the peoples'
names). A name that stands here is still only *evidence*: the vote over the article decides.
"""

from __future__ import annotations

# Countries with the adjective of their people, as in any atlas. One line a region.
_COUNTRY_ADJECTIVES = """
United States:American:US:USA; Canada:Canadian; Mexico:Mexican; Guatemala:Guatemalan;
Honduras:Honduran; El Salvador:Salvadoran; Nicaragua:Nicaraguan; Costa Rica:Costa Rican;
Panama:Panamanian; Cuba:Cuban; Haiti:Haitian; Jamaica:Jamaican; Dominican Republic:Dominican;
Colombia:Colombian; Venezuela:Venezuelan; Ecuador:Ecuadorian; Peru:Peruvian; Bolivia:Bolivian;
Chile:Chilean; Argentina:Argentine:Argentinian; Uruguay:Uruguayan; Paraguay:Paraguayan;
Brazil:Brazilian; Guyana:Guyanese; Suriname:Surinamese; Puerto Rico:Puerto Rican;
United Kingdom:British:UK:Britain:Great Britain; England:English; Scotland:Scottish; Wales:Welsh;
Northern Ireland:Northern Irish; Ireland:Irish; France:French; Germany:German; Spain:Spanish;
Portugal:Portuguese; Italy:Italian; Greece:Greek; Netherlands:Dutch; Belgium:Belgian;
Luxembourg:Luxembourgish; Switzerland:Swiss; Austria:Austrian; Denmark:Danish; Norway:Norwegian;
Sweden:Swedish; Finland:Finnish; Iceland:Icelandic; Estonia:Estonian; Latvia:Latvian;
Lithuania:Lithuanian; Poland:Polish; Czech Republic:Czech; Slovakia:Slovak; Hungary:Hungarian;
Romania:Romanian; Bulgaria:Bulgarian; Serbia:Serbian; Croatia:Croatian; Slovenia:Slovenian;
Bosnia:Bosnian; Montenegro:Montenegrin; Kosovo:Kosovar; Albania:Albanian; Macedonia:Macedonian;
Moldova:Moldovan; Ukraine:Ukrainian; Belarus:Belarusian; Russia:Russian; Soviet Union:Soviet;
Georgia:Georgian; Armenia:Armenian; Azerbaijan:Azerbaijani; Malta:Maltese; Cyprus:Cypriot;
Turkey:Turkish; Syria:Syrian; Lebanon:Lebanese; Israel:Israeli; Palestine:Palestinian;
Jordan:Jordanian; Iraq:Iraqi; Iran:Iranian; Saudi Arabia:Saudi; Kuwait:Kuwaiti; Qatar:Qatari;
Bahrain:Bahraini; United Arab Emirates:Emirati:UAE; Oman:Omani; Yemen:Yemeni;
Afghanistan:Afghan; Pakistan:Pakistani; India:Indian; Bangladesh:Bangladeshi; Nepal:Nepalese;
Sri Lanka:Sri Lankan; Bhutan:Bhutanese; Maldives:Maldivian; Kazakhstan:Kazakh; Uzbekistan:Uzbek;
Turkmenistan:Turkmen; Tajikistan:Tajik; Kyrgyzstan:Kyrgyz; Mongolia:Mongolian; China:Chinese;
Taiwan:Taiwanese; Hong Kong:Hongkonger; Japan:Japanese; South Korea:South Korean;
North Korea:North Korean; Korea:Korean; Myanmar:Burmese; Thailand:Thai; Vietnam:Vietnamese;
Laos:Laotian; Cambodia:Cambodian; Malaysia:Malaysian; Singapore:Singaporean;
Indonesia:Indonesian; Philippines:Filipino; Brunei:Bruneian; East Timor:Timorese;
Australia:Australian; New Zealand:New Zealander; Fiji:Fijian; Samoa:Samoan; Tonga:Tongan;
Egypt:Egyptian; Libya:Libyan; Tunisia:Tunisian; Algeria:Algerian; Morocco:Moroccan;
Sudan:Sudanese; South Sudan:South Sudanese; Ethiopia:Ethiopian; Eritrea:Eritrean;
Somalia:Somali; Djibouti:Djiboutian; Kenya:Kenyan; Uganda:Ugandan; Tanzania:Tanzanian;
Rwanda:Rwandan; Burundi:Burundian; Congo:Congolese; Angola:Angolan; Zambia:Zambian;
Zimbabwe:Zimbabwean; Mozambique:Mozambican; Malawi:Malawian; Botswana:Botswanan;
Namibia:Namibian; South Africa:South African; Madagascar:Malagasy; Mauritius:Mauritian;
Nigeria:Nigerian; Niger:Nigerien; Ghana:Ghanaian; Ivory Coast:Ivorian; Togo:Togolese;
Benin:Beninese; Cameroon:Cameroonian; Gabon:Gabonese; Chad:Chadian; Mali:Malian;
Senegal:Senegalese; Gambia:Gambian; Guinea:Guinean; Liberia:Liberian;
Sierra Leone:Sierra Leonean; Burkina Faso:Burkinabe; Mauritania:Mauritanian
"""

_ENTRIES = [entry.strip().split(":") for entry in _COUNTRY_ADJECTIVES.split(";")]

# adjective or short form, lower case -> country, lower case: "german" and "germany" mean one state.
COUNTRY_OF: dict[str, str] = {
    form.lower(): country.lower() for country, *forms in _ENTRIES for form in (country, *forms)
}
COUNTRIES = frozenset(country.lower() for country, *_ in _ENTRIES)
ADJECTIVES = frozenset(adjective.lower() for _, adjective, *_ in _ENTRIES)

# States with "Federal" offices: those that call themselves federations or are built as one.
_FEDERATIONS = """
argentina; australia; austria; belgium; bosnia; brazil; canada; ethiopia; germany; india; iraq;
malaysia; mexico; nepal; nigeria; pakistan; russia; somalia; south sudan; switzerland;
united arab emirates; united states; venezuela
"""
FEDERATIONS = frozenset(country.strip() for country in _FEDERATIONS.split(";"))

# The full name that a short form stands for. Only forms with a single current meaning in news text.
SHORT_FORMS: dict[str, str] = {
    "US": "United States",
    "USA": "United States",
    "UK": "United Kingdom",
    "UAE": "United Arab Emirates",
    "EU": "European Union",
    "UN": "United Nations",
}

# Peoples, faiths and political families beside the adjectives of countries.
_OTHER_PEOPLES = """
african asian european arab arabic kurd kurdish jew jewish muslim christian catholic protestant
orthodox hindu buddhist sikh sunni shia shiite evangelical mormon lutheran anglican methodist
baptist roman hispanic latino latina latinx caucasian black white native aboriginal indigenous
eskimo inuit maori roma gypsy pashtun hazara tajik uighur uyghur tibetan tamil bengali punjabi
chechen basque catalan flemish briton brit scot englishman frenchman irishman dane swede finn
norwegian pole turk greek spaniard croat serb slovak czech hungarian latin americas western
eastern northern southern texan californian yorker londoner parisian republican democrat
democratic conservative liberal tory socialist communist marxist islamist islamic jihadist
nazi fascist anarchist nationalist unionist loyalist separatist leftist rightist centrist zionist
salafist semitic anti-semitic israelite persian ottoman byzantine victorian georgian soviet
iroquois cherokee navajo apache sioux zulu yoruba igbo hausa hutu tutsi slavic nordic
scandinavian balkan baltic iberian caribbean polynesian congolese argentine
"""
PEOPLES = ADJECTIVES | frozenset(_OTHER_PEOPLES.split())
# Endings of the names of peoples and followers that English forms freely.
PEOPLE_SUFFIXES = ("ian", "ean", "ese", "ish", "ist", "ite", "ians", "eans", "ists", "ites")

# Regions, US states and cities of the first rank: the names a schoolbook map prints.
_PLACES = """
africa; asia; europe; north america; south america; latin america; central america; antarctica;
middle east; balkans; scandinavia; caribbean; gaza; gaza strip; west bank; crimea; kashmir; tibet;
siberia; catalonia; kurdistan; britain; great britain; america; us; usa; uk; uae; holland; burma;
alabama; alaska; arizona; arkansas; california; colorado; connecticut; delaware; florida; hawaii;
idaho; illinois; indiana; iowa; kansas; kentucky; louisiana; maine; maryland; massachusetts;
michigan; minnesota; mississippi; missouri; montana; nebraska; nevada; new hampshire; new jersey;
new mexico; new york; north carolina; north dakota; ohio; oklahoma; oregon; pennsylvania;
rhode island; south carolina; south dakota; tennessee; texas; utah; vermont; west virginia;
wisconsin; wyoming; washington; ontario; quebec; alberta; british columbia; manitoba; nova scotia;
new south wales; queensland; victoria; tasmania; western australia; south australia; london;
manchester; birmingham; liverpool; leeds; glasgow; edinburgh; cardiff; belfast; dublin; bristol;
sheffield; newcastle; nottingham; oxford; cambridge; yorkshire; kent; essex; sussex; cornwall;
devon; norfolk; suffolk; cumbria; lancashire; paris; marseille; lyon; berlin; munich; hamburg;
frankfurt; cologne; rome; milan; naples; turin; venice; madrid; barcelona; lisbon; athens; vienna;
zurich; geneva; brussels; antwerp; amsterdam; rotterdam; the hague; copenhagen; oslo; stockholm;
helsinki; warsaw; prague; budapest; bucharest; sofia; belgrade; zagreb; sarajevo; kiev; kyiv; minsk;
moscow; st petersburg; istanbul; ankara; damascus; aleppo; beirut; jerusalem; tel aviv; amman;
baghdad; mosul; tehran; riyadh; jeddah; doha; dubai; abu dhabi; sanaa; kabul; kandahar; islamabad;
karachi; lahore; delhi; new delhi; mumbai; kolkata; chennai; bangalore; dhaka; kathmandu; colombo;
beijing; shanghai; guangzhou; shenzhen; wuhan; hong kong; taipei; tokyo; osaka; hiroshima; seoul;
pyongyang; hanoi; bangkok; kuala lumpur; jakarta; manila; sydney; melbourne; brisbane; perth;
adelaide; canberra; auckland; wellington; cairo; tripoli; tunis; algiers; casablanca; khartoum;
addis ababa; mogadishu; nairobi; kampala; kigali; kinshasa; lagos; abuja; accra; dakar;
johannesburg; cape town; pretoria; harare; toronto; montreal; vancouver; ottawa; calgary;
los angeles; san francisco; san diego; chicago; houston; dallas; austin; philadelphia; phoenix;
boston; seattle; detroit; denver; atlanta; miami; las vegas; new orleans; baltimore; brooklyn;
manhattan; hollywood; mexico city; havana; bogota; caracas; lima; santiago; buenos aires;
sao paulo; rio de janeiro; brasilia
"""
PLACES = COUNTRIES | frozenset(place.strip() for place in _PLACES.split(";"))


# What stands behind a town and a comma. The lists above run from the first state to the last.
_IN_ORDER = [place.strip().replace("\n", " ") for place in _PLACES.split(";")]
STATES_AND_COUNTRIES = COUNTRIES | frozenset(
    _IN_ORDER[_IN_ORDER.index("alabama") : _IN_ORDER.index("london")]
)


def is_people(word: str) -> bool:
    """Whether a word is the known name of a people or of followers ("Afghans", "Irish")."""
    low = word.lower()
    singular = low[:-1] if low.endswith("s") else low
    return low in PEOPLES or singular in PEOPLES


def looks_like_people(word: str) -> bool:
    """Whether a word is, or by its ending may be, the name of a people ("Islamists")."""
    return is_people(word) or word.lower().endswith(PEOPLE_SUFFIXES)


def country_of(words: str) -> str | None:
    """The country (lower case) that a name, short form or adjective belongs to."""
    return COUNTRY_OF.get(words.replace(".", "").lower())
