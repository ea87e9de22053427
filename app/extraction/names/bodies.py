"""Bodies that every newspaper reader knows: general knowledge, written from memory.

Parties, agencies, media and companies whose names look like something else (a surname, an
adjective, initials). Like the gazette, they are evidence, not a verdict.
"""

from __future__ import annotations

_BODIES = """
labour; labour party; conservative party; democratic party; republican party; gop; ukip; snp; lib
dems; liberal democrats; liberal party; sinn fein; plaid cymru; anc; bjp; likud; fatah; hamas;
hezbollah; taliban; al-qaeda; al qaeda; al-shabaab; boko haram; isis; isil; islamic state; plo; ira;
eta; farc; pkk; un; united nations; unesco; unicef; unhcr; who; wto; imf; world bank; nato; eu;
european union; european commission; european parliament; european central bank; ecb; opec; oecd;
african union; arab league; interpol; europol; red cross; red crescent; amnesty international; human
rights watch; greenpeace; oxfam; congress; senate; house of commons; house of lords; house of
representatives; white house; kremlin; pentagon; state department; supreme court; downing street;
scotland yard; fbi; cia; nsa; nasa; noaa; irs; epa; fda; cdc; sec; fcc; nhs; hmrc; mi5; mi6; gchq;
federal reserve; bank of england; ofcom; ofsted; nypd; lapd; reuters; associated press; ap; afp;
bbc; cnn; nbc; abc; cbs; msnbc; fox news; itv; sky news; al jazeera; new york times; washington
post; wall street journal; usa today; guardian; daily mail; daily telegraph; financial times;
bloomberg; newsweek; economist; daily mirror; bild; der spiegel; le monde; el pais; xinhua; tass;
npr; pbs; google; facebook; twitter; youtube; instagram; whatsapp; snapchat; tiktok; linkedin;
wikipedia; reddit; microsoft; apple; amazon; netflix; ibm; intel; samsung; sony; nokia; huawei;
oracle; uber; airbnb; tesla; boeing; airbus; ford; toyota; honda; nissan; volkswagen; bmw; fiat;
renault; general motors; general electric; siemens; shell; bp; exxonmobil; chevron; gazprom;
walmart; tesco; sainsbury's; asda; ikea; starbucks; mcdonald's; coca-cola; pepsi; nestle; unilever;
pfizer; novartis; disney; goldman sachs; jpmorgan; barclays; hsbc; lloyds; citigroup; deutsche bank;
visa; mastercard; fifa; uefa; ioc; nfl; nba; mlb; nhl; harvard; yale; stanford; princeton;
smithsonian; vatican; church of england; greens; manchester united; manchester city; chelsea;
arsenal; real madrid; juventus
"""
BODIES = frozenset(" ".join(body.split()) for body in _BODIES.split(";"))
