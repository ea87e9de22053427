"""What fields of life a text is about, by its words: for people whose occupation is not told.

The fields are those of `occupations`. General knowledge, written from memory; words as `traits`
folds them, without a final "s".
"""

from __future__ import annotations

from collections.abc import Mapping

from app.words import words

_WORDS: dict[str, str] = {
    "politics": """
        vote voted voter voting election elected electorate campaign parliament congress senate
        council councillor ballot poll bill motion committee coalition opposition cabinet minister
        ministry government legislation legislature mayor governor candidate majority turnout
        referendum policy reshuffle constituency lawmaker party treaty summit embassy ward
        constituent senator democrat republican amendment
        """,
    "law": """
        court judge jury trial verdict sentence sentenced appeal ruling ruled lawsuit sued defendant
        plaintiff prosecution prosecutor attorney lawyer charge charged bail convicted conviction
        acquitted indictment testimony hearing courtroom courthouse fined bench statute case
        """,
    "police": """
        police officer patrol arrest arrested detective crime murder robbery burglary suspect
        homicide sheriff jail precinct investigation firefighter blaze
        """,
    "military": """
        troop army navy soldier missile battalion regiment frontline ceasefire artillery invasion
        airstrike brigade weapon deployment squadron warship
        """,
    "medicine": """
        hospital patient surgery surgeon transplant clinic doctor nurse disease vaccine virus
        treatment diagnosis cancer symptom ward medicine epidemic organ liver kidney therapy
        infection dose ambulance
        """,
    "science": """
        research researcher study scientist laboratory telescope astronomer planet orbit experiment
        fossil species ecologist biologist data specimen physics chemistry genome particle galaxy
        volcano climate glacier expedition astronaut spacecraft satellite professor
        """,
    "business": """
        company profit revenue share shareholder market investor investment sale merger takeover
        chairman executive quarter dividend bank loan customer export factory firm stock startup
        bankruptcy subsidiary supplier earning
        """,
    "labour": "union strike picket wage worker shift docker miner mineworker layoff workforce",
    "sea": "trawler fishing boat skipper catch cod herring harbour crew vessel net quota lifeboat",
    "land": "farm farmer crop harvest orchard cattle herd tractor seed drought livestock barn",
    "sport": """
        match goal league season coach player team tournament champion championship cup final race
        medal olympic striker goalkeeper penalty defender innings wicket bowler batsman referee
        stadium score scored scorer win winner title boxing boxer fight ring sprint marathon lap
        swimmer relay skater jockey carnival grandmaster round training trainer qualifier podium
        """,
    "arts": """
        concert recital orchestra symphony violin piano guitar harp cello singer song album opera
        stage theatre theater play playwright actor novel novelist poem poet poetry painting painter
        mural sculpture sculptor exhibition gallery museum dance dancer choreographer ballet film
        director audience composer conductor premiere festival band jazz melody drum tune paint
        painted verse rehearsal
        """,
    "media": "newspaper editor journalist newsroom broadcast columnist headline reporter",
    "religion": """
        church mosque temple synagogue prayer priest bishop imam rabbi congregation sermon parish
        faith pilgrimage pilgrim worship
        """,
    "food": """
        restaurant chef kitchen recipe menu dish bakery baker bread oven baking cake pastry dough
        flour cook cooked brewery wine smoked butter cheese diner cuisine
        """,
    "teaching": "school pupil teacher classroom student lesson curriculum exam headteacher campus",
}

FIELDS_OF_WORDS: dict[str, frozenset[str]] = {}
for _field, _listed in _WORDS.items():
    for _word in words(_listed):
        FIELDS_OF_WORDS[_word] = FIELDS_OF_WORDS.get(_word, frozenset()) | {_field}
# So many different words, and so large a share of all that point anywhere, make a field.
LEAST_WORDS, LEAST_SHARE = 2, 0.3


def fields_of_topics(topics: Mapping[str, int]) -> frozenset[str]:
    """The fields that the words of some articles point to; none where they are too few."""
    found: dict[str, int] = {}
    for word in topics:
        for field in FIELDS_OF_WORDS.get(word, ()):
            found[field] = found.get(field, 0) + 1
    least = max(LEAST_WORDS, LEAST_SHARE * sum(found.values()))
    return frozenset(field for field, n in found.items() if n >= least)
