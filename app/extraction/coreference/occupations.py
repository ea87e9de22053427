"""What people are called by what they do, and whether a noun says so.

General knowledge of English news, written from memory. A word stands here because it names one
person's work, office, rank or part in something.
"""

from __future__ import annotations

from app.extraction.coreference.people_nouns import PERSON_NOUNS
from app.extraction.coreference.roles import ROLE_NOUNS
from app.extraction.names.lexicon import ATHLETES, HONORIFICS, OFFICES, WORK
from app.words import words

_OFFICE = words("""
    chancellor comptroller commander-in-chief commissar consul coroner councilmember delegate
    dictator editor-in-chief emissary emir emperor governor-general head magistrate mep msp member
    monarch mufti ombudsman operative overseer parliamentarian patriarch premier principal provost
    rapporteur rector registrar sultan superintendent stateswoman statesman taoiseach treasurer
    trooper trustee undersecretary viceroy vicar vice-chancellor vice-president co-chair co-chairman
    co-director co-founder co-host co-owner co-star co-writer creator winner successor predecessor
    laureate leader mastermind fellow custodian captain commander cadet marine airwoman seaman
    """)
_PART = words("""
    celebrity socialite dissident convict criminal fugitive gangster gunman hacker immigrant inmate
    killer migrant militant nationalist oligarch opponent patient plaintiff petitioner prisoner
    rebel recruit refugee resident retiree schoolboy schoolgirl separatist shareholder shooter slave
    sniper strongman student supporter survivor suspect tenant terrorist undergraduate victim
    villager voter warlord witness eyewitness caller passenger pensioner teenager native fan
    follower disciple customer
    """)
# Forms of address say nothing of what somebody is; these are offices and professions as well.
_ADDRESSED = words(
    "doctor professor prof bishop archbishop cardinal rabbi imam ayatollah reverend rev pope"
)
ADDRESSES = (frozenset(HONORIFICS) | words("st mlle m")) - _ADDRESSED
# Whose relatives they are must be said with them: "wife" alone is no role.
KIN = words("""
    father mother son daughter husband wife brother sister uncle aunt nephew niece cousin
    grandfather grandmother grandson granddaughter grandparent stepfather stepmother stepson
    stepdaughter boyfriend girlfriend ex-husband ex-wife ex-boyfriend ex-girlfriend fiancé fiancée
    fiance fiancee widow widower partner father-in-law mother-in-law brother-in-law sister-in-law
    son-in-law daughter-in-law parent sibling twin spouse heir heiress friend ally acquaintance
    neighbour neighbor roommate housemate flatmate classmate cellmate colleague teammate
    rival foe protégé mentor
    """)
# Say of somebody only that there is one.
_ANYBODY = words("man woman boy girl guy lady gentleman person child kid dad mum mom")
_ALL = (
    ((ROLE_NOUNS | OFFICES | frozenset(PERSON_NOUNS)) - ADDRESSES)
    | WORK
    | _OFFICE
    | _PART
    | ATHLETES
    | KIN
) - _ANYBODY
# Endings of nouns for people; what else ends so stands in `_THINGS`.
_ENDINGS = (
    "ologist", "ician", "eer", "woman", "keeper", "maker", "writer", "fighter", "worker", "holder",
    "player", "owner", "founder", "manager", "leader", "rider", "driver", "dealer", "trainer",
    "ographer", "master", "guard", "ist",
)  # fmt: skip
_THINGS = words("""
    twist checklist shortlist blacklist playlist whitelist career placeholder safeguard typewriter
    """)
# Ranks before a name, and what they are short for.
RANKS = {
    "capt": "captain", "col": "colonel", "det": "detective", "gen": "general",
    "insp": "inspector", "lt": "lieutenant", "sgt": "sergeant", "supt": "superintendent",
}  # fmt: skip
# What one person is not beside another of these; a governor may be a leader, too, and a father.
PROFESSIONS = WORK.union(RANKS.values(), words("""
    attorney barrister coach constable goalkeeper judge lawyer sheriff solicitor
    """)) - words("executive expert worker")  # fmt: skip


def is_role_noun(word: str) -> bool:
    """Whether a lower-case noun says what somebody is ("nurse", "ceo", "vice-president")."""
    word = word.rstrip(".")
    if word in _ALL:
        return True
    return len(word) > 5 and word.endswith(_ENDINGS) and word not in _THINGS | _ANYBODY
