"""Verbs and nouns that report what somebody said, believed, intended or felt.

Written down from general knowledge of English (the verb classes follow the spirit of Levin 1993:
say, tell, talk, judgement, conjecture, want and desire verbs), not collected from annotated data.
Training data only decided which *class* of frames pays.

A verb stands here by its base form; `forms` inflects it, because the pipeline has no lemmatizer.
"""

from __future__ import annotations

from app.domain import CueClass
from app.words import listed, words

# A finite clause or a quotation as the complement: "say (that) …", "…", said X.
SAY = listed(
    """
    acknowledge add address admit advise affirm agree allege announce answer argue assert
    assure attest aver avow boast brag caution challenge charge chide cite claim clarify
    comment complain concede conclude concur confess confide confirm contend convey counter
    cry declare deny describe detail disclose echo elaborate emphasize emphasise exclaim
    explain gush hint imply indicate inform inquire insist instruct interject intone joke
    lament maintain mention mumble murmur muse mutter note notify observe opine plead pledge
    predict proclaim promise propose protest quip rail reaffirm recall recount reiterate
    remark remind repeat reply report respond retort reveal say scream shout signal sigh
    snap speculate state stress suggest summarize swear teach tell testify thank threaten
    tweet underline underscore urge volunteer vow warn whisper wonder write yell ask demand
    order recommend request read post blog bellow blurt chant bark deadpan enthuse fume
    grumble howl crow rant reason sneer sniff stammer text email preach postulate forecast
    estimate project calculate
    """
)

# Verbs that only introduce quotation marks ("…", he continued), never a clause of their own.
QUOTE_ONLY = listed(
    """
    continue begin laugh smile nod finish start end interrupt joke offer ask call go put
    """
)

BELIEVE = listed(
    """
    believe think feel know understand consider assume suppose suspect doubt realize realise
    recognize recognise expect hope fear worry guess imagine presume reckon deem figure
    fancy foresee anticipate learn find discover determine decide conclude see show
    demonstrate prove mean wish dream forget remember notice hear appreciate accept
    """
)

INTEND = listed(
    """
    want plan intend hope aim seek wish refuse decline vow pledge promise threaten agree
    offer decide resolve prefer expect propose choose opt swear swear demand desire prepare
    mean ask consent plot
    """
)

# "urge voters to go", "accuse X of doing", "call X a liar": person first, then what is wanted of or
# said of them.
PERSON_FRAME = listed(
    """
    urge ask tell order instruct warn advise encourage press implore beg beseech exhort
    persuade invite call label brand dub term deem describe portray cast characterize depict
    accuse blame fault criticize criticise praise hail laud thank credit congratulate
    commend condemn denounce mock ridicule chide rebuke scold challenge charge compare
    consider regard view see name declare want expect allow command counsel forbid remind
    """
)

# An opinion of something: the object is the content.
JUDGE = listed(
    """
    praise criticize criticise condemn denounce decry slam blast attack assail lambaste
    deride mock ridicule dismiss reject deny dispute oppose support back endorse favor
    favour applaud welcome hail laud defend deplore lament question challenge propose
    advocate champion embrace demand seek blame fault rebuke rip bash tout cite describe
    discuss mention outline detail express reiterate emphasize stress highlight announce
    acknowledge predict promise pledge recall explain reveal disclose claim note fear admire
    love hate dislike resent trust distrust prefer want doubt regret disavow repudiate
    renounce admit confirm address reaffirm suggest recommend request urge report warn
    understand know expect anticipate plan attribute
    """
)

# Verb + preposition: the preposition's object is the content.
PREPOSITIONAL = {
    "call": ("for",),
    "ask": ("for", "about"),
    "speak": ("of", "about", "against"),
    "talk": ("about", "of"),
    "refer": ("to",),
    "allude": ("to",),
    "point": ("to",),
    "object": ("to",),
    "complain": ("about", "of"),
    "worry": ("about",),
    "warn": ("of", "about", "against"),
    "think": ("of", "about"),
    "hope": ("for",),
    "agree": ("with", "to", "on"),
    "disagree": ("with", "about"),
    "argue": ("for", "against"),
    "push": ("for",),
    "advocate": ("for",),
    "apologize": ("for",),
    "apologise": ("for",),
    "joke": ("about",),
    "boast": ("of", "about"),
    "brag": ("about",),
    "rail": ("against",),
    "lash": ("at", "against"),
    "vote": ("for", "against"),
    "plead": ("for",),
    "press": ("for",),
    "comment": ("on",),
    "elaborate": ("on",),
    "focus": ("on",),
    "dream": ("of",),
    "insist": ("on",),
    "wonder": ("about",),
    "respond": ("to",),
    "believe": ("in",),
    "care": ("about",),
    "inquire": ("about",),
    "vouch": ("for",),
    "testify": ("about",),
}

# Seeming: no source, the subject is part of the content ("he seems tired").
SEEM = ("seem", "appear", "look", "sound")

# Things that carry a claim: "her claim that …".
NOUNS = words(
    """
    claim claims argument arguments assertion assertions allegation allegations accusation
    accusations statement statements belief beliefs view views opinion opinions idea hope
    hopes fear fears concern concerns worry worries suggestion suggestions promise promises
    pledge pledges vow vows threat threats warning warnings prediction predictions
    contention insistence conviction suspicion suspicions report reports rumor rumors rumour
    rumours charge charges complaint complaints demand demands plan plans desire intention
    decision proposal proposals announcement admission acknowledgment acknowledgement
    conclusion notion sense doubt doubts assurance assurances commitment confirmation denial
    declaration observation remark remarks message request requests call calls
    """
)

IRREGULAR = {
    "say": "says said saying",
    "tell": "tells told telling",
    "write": "writes wrote written writing",
    "speak": "speaks spoke spoken speaking",
    "think": "thinks thought thinking",
    "know": "knows knew known knowing",
    "feel": "feels felt feeling",
    "swear": "swears swore sworn swearing",
    "read": "reads reading",
    "see": "sees saw seen seeing",
    "find": "finds found finding",
    "show": "shows showed shown showing",
    "hear": "hears heard hearing",
    "understand": "understands understood understanding",
    "seek": "seeks sought seeking",
    "mean": "means meant meaning",
    "forget": "forgets forgot forgotten forgetting",
    "foresee": "foresees foresaw foreseen foreseeing",
    "choose": "chooses chose chosen choosing",
    "go": "goes went gone going",
    "put": "puts putting",
    "begin": "begins began begun beginning",
    "forecast": "forecasts forecasting",
    "cast": "casts casting",
    "teach": "teaches taught teaching",
    "beg": "begs begged begging",
    "forbid": "forbids forbade forbidden forbidding",
    "dub": "dubs dubbed dubbing",
    "brag": "brags bragged bragging",
    "plan": "plans planned planning",
    "nod": "nods nodded nodding",
    "rip": "rips ripped ripping",
    "slam": "slams slammed slamming",
    "chat": "chats chatted chatting",
    "hum": "hums hummed humming",
    "snap": "snaps snapped snapping",
    "quip": "quips quipped quipping",
    "admit": "admits admitted admitting",
    "concur": "concurs concurred concurring",
    "aver": "avers averred averring",
    "commit": "commits committed committing",
    "plot": "plots plotted plotting",
    "opt": "opts opted opting",
    "rant": "rants ranted ranting",
    "blog": "blogs blogged blogging",
    "prefer": "prefers preferred preferring",
    "refer": "refers referred referring",
    "regret": "regrets regretted regretting",
    "lead": "leads led leading",
    "rap": "raps rapped rapping",
    "blurt": "blurts blurted blurting",
    "get": "gets got getting",
    "underwrite": "underwrites underwrote underwritten underwriting",
}


def forms(base: str) -> tuple[str, ...]:
    """A verb's forms, base form first."""
    if base in IRREGULAR:
        return (base, *IRREGULAR[base].split())
    stem = base[:-1] if base.endswith("e") else base
    third = base + ("es" if base.endswith(("s", "sh", "ch", "x", "o")) else "s")
    if base.endswith("y") and base[-2] not in "aeiou":
        return base, base[:-1] + "ies", base[:-1] + "ied", base + "ing"
    return base, third, stem + "ed", stem + "ing"


def table(bases: list[str] | tuple[str, ...]) -> dict[str, str]:
    """Every form of the given verbs, with its base form."""
    return {form: base for base in bases for form in forms(base)}


SAY_FORMS = table(SAY)
QUOTE_FORMS = SAY_FORMS | table(QUOTE_ONLY)
BELIEVE_FORMS = table(BELIEVE)
CLAUSE_FORMS = BELIEVE_FORMS | SAY_FORMS
INTEND_FORMS = table(INTEND)
PERSON_FORMS = table(PERSON_FRAME)
JUDGE_FORMS = table(JUDGE)
PREPOSITION_FORMS = table(tuple(PREPOSITIONAL))
SEEM_FORMS = table(SEEM)

FEELING_BASES = words(
    """
    feel fear worry hope wish love hate dislike resent regret admire trust distrust enjoy
    appreciate prefer lament deplore care dream
    """
)
INTENTION_BASES = words(
    "want plan intend aim seek refuse resolve choose opt desire prepare plot decide"
)
BELIEF_BASES = words(
    """
    believe think know understand consider assume suppose suspect doubt realize realise
    recognize recognise expect guess imagine presume reckon deem figure fancy foresee
    anticipate learn find discover determine see show demonstrate prove mean forget remember
    notice hear accept seem appear look sound support oppose favor favour
    """
)

ALL_FORMS: dict[str, str] = (
    SEEM_FORMS
    | PREPOSITION_FORMS
    | JUDGE_FORMS
    | PERSON_FORMS
    | INTEND_FORMS
    | BELIEVE_FORMS
    | QUOTE_FORMS
)


def class_of(base: str) -> CueClass:
    """The cue class of a verb by its base form; whatever is not listed otherwise is speech."""
    if base in FEELING_BASES:
        return CueClass.FEELING
    if base in INTENTION_BASES:
        return CueClass.INTENTION
    return CueClass.BELIEF if base in BELIEF_BASES else CueClass.SPEECH
