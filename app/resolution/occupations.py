"""What people are called by what they do, in fields that seldom meet in one person.

General knowledge, written from memory. A person may have several fields; two namesakes whose fields
have nothing in common are probably two.
"""

from __future__ import annotations

from app.words import words

_FIELDS: dict[str, str] = {
    "politics": """
        president premier chancellor minister secretary senator representative congressman
        congresswoman congressmember governor mayor councillor councilor councilman councilwoman
        alderman alderwoman lawmaker legislator mp msp mep deputy speaker politician candidate
        nominee ambassador envoy diplomat democrat republican campaigner activist lobbyist premier
        commissioner treasurer chairwoman chairman chair statesman monarch king queen prince
        princess
        """,
    "law": """
        judge justice lawyer attorney prosecutor solicitor barrister magistrate advocate notary
        defendant suspect
        """,
    "police": """
        sheriff officer constable detective inspector superintendent sergeant policeman policewoman
        commissioner captain lieutenant firefighter warden guard
        """,
    "military": """
        general colonel major captain lieutenant sergeant admiral commander soldier marine corporal
        brigadier marshal veteran pilot
        """,
    "medicine": """
        surgeon doctor physician nurse midwife dentist pharmacist paramedic psychiatrist
        psychologist cardiologist neurologist oncologist paediatrician pediatrician vet veterinarian
        therapist epidemiologist virologist
        """,
    "science": """
        scientist researcher professor physicist chemist biologist ecologist geologist astronomer
        mathematician economist historian sociologist anthropologist archaeologist volcanologist
        climatologist meteorologist oceanographer seismologist zoologist botanist engineer
        epidemiologist virologist psychologist academic lecturer astronaut philosopher linguist
        """,
    "business": """
        executive ceo entrepreneur businessman businesswoman founder owner investor banker financier
        trader analyst economist broker manager director developer industrialist retailer chairman
        chairwoman chair treasurer shareholder landlord governor
        """,
    "labour": """
        unionist docker miner steelworker driver welder electrician plumber carpenter builder
        mechanic labourer cleaner porter postman courier
        """,
    "sea": "skipper fisherman trawlerman sailor captain seaman lobsterman boatbuilder",
    "land": "farmer rancher grower orchardist gardener shepherd winemaker beekeeper forester",
    "sport": """
        footballer striker midfielder defender goalkeeper winger quarterback pitcher bowler batsman
        cricketer swimmer runner sprinter athlete boxer trainer coach jockey golfer cyclist skater
        skier rower gymnast climber mountaineer wrestler referee umpire champion medallist medalist
        player driver rider captain manager grandmaster marathoner
        """,
    "arts": """
        singer actor actress musician violinist pianist guitarist cellist composer conductor
        drummer rapper dancer choreographer painter sculptor artist photographer poet novelist
        playwright author writer filmmaker director producer comedian architect designer curator
        screenwriter illustrator soprano tenor
        """,
    "media": """
        journalist reporter editor columnist correspondent broadcaster presenter newsreader
        blogger publisher critic commentator author writer
        """,
    "religion": """
        priest bishop archbishop cardinal pope imam rabbi pastor preacher vicar reverend monk nun
        minister chaplain
        """,
    "food": "chef cook baker butcher brewer restaurateur waiter waitress caterer",
    "teaching": """
        teacher headteacher headmaster headmistress lecturer professor principal librarian
        """,
    "crime": "defendant suspect burglar robber murderer killer smuggler dealer gangster hacker",
}

FIELDS: dict[str, frozenset[str]] = {}
for _field, _listed in _FIELDS.items():
    for _word in words(_listed):
        FIELDS[_word] = FIELDS.get(_word, frozenset()) | {_field}

# One occupation under several words.
SAME = {
    "rep": "representative", "congressman": "representative", "congresswoman": "representative",
    "sen": "senator", "gov": "governor", "prof": "professor", "mp": "lawmaker",
    "councilman": "councillor", "councilwoman": "councillor", "councilor": "councillor",
    "alderwoman": "alderman", "chairman": "chair", "chairwoman": "chair", "actress": "actor",
    "trawlerman": "fisherman", "medalist": "medallist", "attorney": "lawyer", "ceo": "executive",
    "businesswoman": "businessman", "sgt": "sergeant", "capt": "captain", "lt": "lieutenant",
    "col": "colonel", "gen": "general",
}  # fmt: skip
for _word, _other in SAME.items():
    FIELDS.setdefault(_word, FIELDS[_other])

# Of scholars and clergymen as well.
FIELDS["dr"] = frozenset({"medicine", "science", "teaching", "religion"})

# Said of people in every field: shared, they show little; alone, they contradict nothing.
VAGUE = words(
    "director manager head chief leader boss spokesman spokeswoman official founder owner member "
    "chair president secretary captain deputy executive candidate author writer veteran "
    "officer driver champion dr"
)


def is_occupation(word: str) -> bool:
    """Whether a lower-case word says what somebody does."""
    return word in FIELDS or word in VAGUE


def fields_of(roles: frozenset[str]) -> frozenset[str]:
    """The fields of some occupations; vague ones are in none."""
    none: frozenset[str] = frozenset()
    return frozenset(f for role in roles if role not in VAGUE for f in FIELDS.get(role, none))
