"""Words that tell what a name is: titles, heads of institutions and of places, legal forms.

General knowledge of English news style, written from memory, and added to while reading errors on
the training and development articles that `docs/accuracy.md` names. A word stands here because it
is right in general; no list was copied or counted out of gold data.
"""

from __future__ import annotations

from app.words import words

# Forms of address, with the gender they state ("" where they state none).
HONORIFICS: dict[str, str] = {
    "mr": "m", "mister": "m", "sir": "m", "lord": "m", "king": "m", "prince": "m", "duke": "m",
    "father": "m", "brother": "m", "mrs": "f", "ms": "f", "miss": "f", "dame": "f", "lady": "f",
    "queen": "f", "princess": "f", "duchess": "f", "sister": "f", "madam": "f", "mme": "f",
    "dr": "", "doctor": "", "prof": "", "professor": "", "rev": "", "reverend": "", "pope": "m",
    "cardinal": "m", "bishop": "", "archbishop": "", "imam": "m", "ayatollah": "m", "sheikh": "m",
    "rabbi": "", "saint": "", "cr": "", "cllr": "", "honourable": "", "honorable": "",
}  # fmt: skip

# Offices and ranks that stand before a name as its title.
OFFICES = words("""
    president premier chancellor minister secretary senator sen representative rep congressman
    congresswoman governor gov mayor judge justice general gen colonel col captain capt lieutenant
    lt sergeant sgt major maj admiral adm commander cmdr corporal private officer constable
    detective inspector superintendent sheriff marshal ambassador envoy coach manager director
    chairman chairwoman chair chief head leader boss spokesman spokeswoman spokesperson
    commissioner attorney prosecutor councillor councilman councilwoman councilor alderman deputy
    speaker treasurer analyst economist lawyer solicitor barrister scientist researcher author
    writer actor actress singer musician comedian director producer presenter host journalist
    reporter editor columnist correspondent photographer founder owner executive president-elect
    counterpart colleague candidate nominee mp congressmember lawmaker striker midfielder defender
    goalkeeper winger quarterback pitcher forward guard driver rider champion skipper winger
    outfielder infielder shortstop catcher closer reliever lineman linebacker cornerback batsman
    bowler opener wicketkeeper halfback fullback flanker ruckman
    teammate wife husband father mother son daughter brother sister
    """)

# What people do for a living, beside these.
WORK = words("""
    academic accountant administrator adviser advisor advocate agent aide airman anchor announcer
    apprentice archaeologist architect artist assistant associate astronaut astronomer
    astrophysicist auditor baker banker baritone bartender biographer blogger bodyguard bookseller
    boss botanist broadcaster broker builder butcher cabinetmaker campaigner caretaker carpenter
    cartoonist cellist chaplain chef chemist choreographer cleaner clerk co-author columnist
    commentator composer conductor consultant contractor cook coordinator counsel counsellor
    counselor critic curator dancer dealer dean dentist designer developer diplomat dj docker doctor
    dramatist drummer educator electrician employee engineer entertainer entrepreneur epidemiologist
    executive expert explorer farmer financier firefighter fisherman forester gardener geographer
    geologist guitarist hairdresser historian homeopath hunter illustrator influencer instructor
    intern interpreter inventor investigator investor janitor jeweller jurist labourer laborer
    landlord lawmaker lecturer legislator librarian linguist lobbyist locksmith magician
    mathematician mechanic mediator medic merchant meteorologist midwife miner missionary model monk
    mountaineer negotiator newsreader novelist nun nurse nutritionist observer operator organiser
    organizer organist painter paediatrician paramedic pathologist pharmacist philosopher
    photographer physicist pianist pilot pioneer playwright plumber poet pollster porter postman
    potter priest programmer promoter proprietor psychiatrist psychologist publicist publisher
    pundit rabbi rancher ranger realtor receptionist recruiter regulator restaurateur retailer
    sailor salesman salesperson saleswoman scholar schoolteacher sculptor servant shepherd
    shopkeeper singer sociologist soldier songwriter soprano specialist spy stockbroker strategist
    stuntman surveyor tailor teacher technician tenor theologian therapist trader trainer translator
    tutor undertaker vet veterinarian violinist volunteer waiter waitress warden whistleblower
    winemaker worker youtuber
    """)
ATHLETES = words("""
    athlete boxer climber cyclist cricketer footballer golfer gymnast hurdler jockey judoka jumper
    marathoner paralympian racer referee rower runner skater skier skipper sprinter swimmer thrower
    umpire weightlifter wrestler batter batsman bowler catcher cornerback defenceman defenseman
    flanker fly-half fullback goaltender hooker infielder lineman linebacker netminder outfielder
    playmaker receiver scrum-half shortstop substitute wicketkeeper medalist medallist finalist
    semifinalist all-rounder attacker
    """)

# Offices that are said of a body's people and never end a body's name.
HOLDERS = words("""
    spokesman spokeswoman spokesperson president chairman chairwoman director minister secretary
    ceo coach manager captain senator representative mp official officials analyst editor reporter
    administrator commissioner chief boss leader
    """)

# Forms of address that belong to what their bearer is called: "Pope Francis", "Prince Harry".
NOBLE = words("sir lord lady dame king queen prince princess duke duchess pope saint sheikh")

# Last words that make a name an institution's.
ORGANISATION_HEADS = words("""
    inc corp corporation co company companies ltd llc plc gmbh ag sa group holdings holding
    partners associates bank banks fund funds trust foundation institute institution university
    college school academy council committee commission ministry department agency authority
    bureau office administration service services police army navy force forces guard court
    parliament senate congress assembly cabinet government party union league federation
    association society club fc united city rovers team nations organisation organization network
    alliance coalition front movement brigade corps command centre center laboratory laboratories
    lab labs times post journal news herald tribune guardian telegraph gazette magazine press
    radio tv television broadcasting channel studios pictures records entertainment media
    airlines airways air motors industries systems technologies technology software energy oil
    petroleum pharmaceuticals insurance consulting church ministries orchestra board panel
    taskforce exchange securities capital investments ventures republicans democrats
    reserve treasury charity watch amnesty international chamber conference
    """) - words("city air capital office front radio centre center")

# What makes a centre a body rather than a building.
BODY_CENTRES = words("""
    medical health cancer care law legal detention research treatment policy studies rights
    resource trade counselling counseling crisis information cultural
    """)

# First words that make "X of Y" an institution's name.
ORGANISATION_STARTS = words("""
    university department ministry bank college institute house court office church
    association federation society council league chamber school board bureau centre center
    """)

# Last words of a unit's name that its number stands before ("20th Armoured Brigade").
MILITARY_UNITS = words("""
    brigade division regiment battalion legion infantry airborne fleet army corps circuit squadron
    wing cavalry
    """)

# Words in lower case that stand within names.
PARTICLES = words("""
    of the and for in on at de la le du des del della dello van von der den bin ibn al el e y da do
    dos di a as with to ul wa und et
    """)

# Last words that make a name a place's.
LOCATION_HEADS = words("""
    street st road rd avenue ave lane drive boulevard square bridge river lake sea ocean bay gulf
    island islands isle mount mountain mountains hills hill valley desert forest park beach coast
    peninsula strait canal county province state region territory village town city
    airport airfield station port harbour harbor base stadium arena hotel castle tower palace
    cathedral hall prison jail cemetery crescent close terrace parkway highway motorway airbase
    strip heights springs creek falls
    border peak canyon museum theatre theater towers centre center building plaza mall hospital
    mosque temple gallery basilica abbey zoo gardens garden terminal camp mansion resort
    """)

# Points of the compass: alone, places only in "the South".
COMPASS = words("""
    north south east west northern southern eastern western central northeast northwest southeast
    southwest
    """)

# Nouns that say that a name beside them is a place's ("the village of", "the border of") and a
# body's ("oil company", "newspaper").
PLACE_NOUNS = words("""
    village villages town towns city cities county counties province provinces district districts
    region regions state states island islands suburb suburbs port capital municipality borough
    parish hamlet outskirts streets neighbourhood neighborhood boulevard street area border coast
    peninsula governorate commune valley
    """)
# Offices of a place: the name before them is its name ("Oldmoor Mayor Jan Brandt").
PLACE_OFFICES = words("mayor governor premier")
BODY_NOUNS = words("""
    company firm group bank airline giant retailer maker manufacturer agency party newspaper
    magazine website network broadcaster charity team club band brand startup union chain insurer
    lender publisher operator contractor supplier carrier automaker carmaker rival archrival
    """)

# Legal forms and words that a company's everyday name leaves out.
LEGAL_FORMS = words("""
    inc corp corporation co company ltd limited llc plc gmbh ag sa nv bv group holdings holding
    incorporated international
    """)

# Verbs of saying: what stands as their subject is a person more often than not.
SAYING = words("""
    said says say told tells added adds explained argued claimed warned insisted replied admitted
    tweeted wrote recalled joked thinks believes thought smiled laughed noted
    """)

# Words that end a person's name without being part of the family name.
NAME_SUFFIXES = words("jr jnr sr snr ii iii iv")

# Initials that name no body: what "an acronym is an organisation" must not catch.
NO_BODY = words("""
    ceo cfo coo cto vp tv dvd cd dna rna hiv aids covid gdp gmt bst est pst edt cet utc am pm phd
    md mp mps mep ma ba bsc mba ok diy faq id iq it ai pr hr vip sms gps suv usb pc ip url www html
    pdf ps ii iii iv vi vii viii ix xi xii ad bc bce ce ufo ngo ngos ngo pow lgbt lgbtq
    usd gbp eur mph kph asap rip fyi q&a vs nsw obe mbe cbe kbe qc sars mers adhd ptsd ied rpg dj
    mc mvp era rbi ko tko jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu
    fri sat sun
    """)

# Endings of an adjective made of a name ("Berlin-based", "NATO-led"): the whole is no name.
ADJECTIVE_ENDINGS = words("""
    -affiliated -aligned -allied -appointed -approved -area -backed -based -born -bound -built
    -centric -controlled -dominated -educated -era -friendly -funded -governed -held -influenced
    -inspired -issued -leaning -led -level -like -linked -listed -made -majority -mandated -occupied
    -only -operated -organised -organized -owned -protected -related -run -sponsored -style
    -supported -trained -type -wide
    """)

# Capitalised words that are no names by themselves.
CALENDAR = words("""
    january february march april may june july august september october november december monday
    tuesday wednesday thursday friday saturday sunday christmas easter ramadan thanksgiving
    halloween jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri sat sun god
    internet covid-19 covid brexit english
    """)

# What a name ends with that is an event, a prize, a law or a study, and no body.
EVENT_HEADS = words("""
    act award awards championship championships cup derby festival index marathon olympics prix
    prize prizes regatta study tour treaty trophy war
    """)
# The same of two words, where the last one alone may end the name of a company or a magazine.
EVENT_ENDINGS = frozenset({
    "asian games", "commonwealth games", "olympic games", "paralympic games", "summer games",
    "winter games", "art fair", "book fair", "county fair", "job fair", "science fair",
    "state fair", "trade fair", "world's fair",
})  # fmt: skip
# Ships and spacecraft are no bodies: what their names begin with, and no names by themselves.
VESSELS = words("hmas hmcs hms rms shuttle uss")
# Faiths and observances.
FAITHS = words("""
    buddhism catholicism christianity confucianism hinduism islam jainism judaism mormonism
    protestantism shintoism sikhism sufism taoism zoroastrianism
    advent ashura diwali eid epiphany hajj hanukkah holi lent nowruz passover pentecost purim umrah
    vesak
    """)

# Words of sports reports, and what only a team does or has.
SPORT = words("""
    match goal goals season league striker midfielder defender goalkeeper coach semi-final
    semifinal quarterfinal cup tournament championship kick half-time halftime innings
    wicket wickets batsman bowler rugby football soccer basketball baseball hockey tennis cricket
    scored scorer fixture squad playoff playoffs teammate teammates fc touchdown quarterback game
    games
    """)
TEAM_VERBS = words("""
    beat beats won win wins lost lose loses drew draw scored score played play defeated thrashed
    trailed led equalised hosted host face faces faced qualified advanced kicked signed edged
    crushed routed visit visited conceded clinched dominated meet met
    """)
TEAM_NOUNS = words("""
    coach striker midfielder defender goalkeeper captain manager forward winger squad team players
    player side fans supporters batsman bowler skipper prop hooker fullback goal defence attack
    """)
