"""News agencies, by the names that stand in bylines and datelines."""

from __future__ import annotations

import re

_NAMES = (
    "Agence France-Presse",
    "Agence France Presse",
    "Agencia EFE",
    "Agencia Brasil",
    "Agência Brasil",
    "Anadolu Agency",
    "Anadolu",
    "Asian News International",
    "Associated Press",
    "Australian Associated Press",
    "Austria Press Agency",
    "Austria Presse Agentur",
    "Baltic News Service",
    "Belga News Agency",
    "Bloomberg News",
    "Bloomberg",
    "Canadian Press",
    "China News Service",
    "CNN Wire",
    "Deutsche Presse-Agentur",
    "Europa Press",
    "Indo-Asian News Service",
    "Inter Press Service",
    "Interfax",
    "Islamic Republic News Agency",
    "Jiji Press",
    "Keystone-SDA",
    "Kyodo News",
    "Kyodo",
    "La Presse Canadienne",
    "News Agency of Nigeria",
    "PA Media",
    "Prensa Latina",
    "Press Association",
    "Press Trust of India",
    "Reuters",
    "Ritzau",
    "Saudi Press Agency",
    "Sputnik",
    "Tasnim News Agency",
    "Thomson Reuters",
    "Tribune News Service",
    "Ukrinform",
    "United News of India",
    "United Press International",
    "Xinhua News Agency",
    "Xinhua",
    "Yonhap News Agency",
    "Yonhap",
)
# Short forms only in their own letter case, and only those that are hardly ever anything else in a
# byline: AA, PA, SPA and TT name too many other things.
_SHORT_FORMS = (
    "AAP",
    "AFP",
    "ANI",
    "ANP",
    "ANSA",
    "AP",
    "APA",
    "BNS",
    "CNN",
    "CTK",
    "ČTK",
    "DPA",
    "dpa",
    "EFE",
    "IANS",
    "IRNA",
    "KCNA",
    "KNA",
    "KUNA",
    "PTI",
    "SDA",
    "TASS",
    "UNI",
    "UPI",
    "WAFA",
)


def _pattern() -> re.Pattern[str]:
    names = "|".join(
        re.escape(name).replace(r"\ ", r"\s+") for name in sorted(_NAMES, key=len, reverse=True)
    )
    short = "|".join(sorted(_SHORT_FORMS, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:(?i:the\s+)?(?i:{names})|(?:{short}))(?!\w)")


AGENCY = _pattern()
"""Matches one agency's name, an article before it included."""
