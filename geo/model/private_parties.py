"""
What in a text may lead to a private party: doors, numbers, words for businesses.

What the ledger's texts use such words for is allowed by phrase: a “news agency” leads to
nobody's door.
"""

from __future__ import annotations

import re
from functools import lru_cache

from geo.wording import N_

#: characters that are looked at: the patterns take long over more, which is reported as too long
LONGEST_TEXT = 2000
# Names of streets, by where the word for “street” is: behind, in front, or joined to the name.
_NAME = r"[A-ZÀ-Þ][\w'’.-]*"
_STREETS = re.compile(
    rf"\b(?:{_NAME}\s+){{1,3}}(?:Street|St\.?(?=\s*(?:[,;:)]|$))|Road|Avenue|Ave\.?|Boulevard|Blvd\.?"
    rf"|Broadway|Lane|Alley|Terrace|Crescent|Quay|Highway|Square)(?![\w’'])"
    rf"|\b(?:[Cc]alle|[Aa]venida|[Aa]vda\.?|[Pp]aseo|[Pp]raça|[Rr]ua|[Vv]iale|Via|[Pp]iazzale"
    rf"|[Pp]iazza|[Cc]orso|[Rr]ue|[Aa]venue|[Bb]oulevard|[Qq]uai|[Pp]laza|[Ss]trada|[Uu]l\.|[Uu]lica"
    rf"|[Jj]alan|[Cc]arrer|[Ss]os\.|[Uu]litsa)\s+(?:(?:de|da|do|del|della|delle|di|du|des|la|las"
    rf"|los|le)\s+|d[’']|l[’'])*{_NAME}"
    r"|\b[A-ZÀ-Þ]\w+(?:stra(?:ß|ss)e|straat|gracht|gatan|vägen|vej|gasse)\b"
    r"|\b[A-ZÀ-Þ]\w+(?:laan|weg|plein|platz|allee|gata|gade|kade|ring|utca|utja)\s+\d{1,3}[a-z]?\b"
    # “via” is an English word too: a street where a house’s number follows
    rf"|\bvia\s+(?:{_NAME}\s+){{1,3}}\d{{1,3}}\b|\bat\s+(?:[Nn]o\.?\s*)?\d{{1,4}}[A-Za-z]?,?\s+{_NAME}"
    rf"|\b{_NAME}\s+(?:utca|út|ulice|náměstí|sokak|caddesi)\b"
    r"|[\u4e00-\u9fff](?:路|街|大道|巷)[0-9〇-九一-十]+[号號]|[0-9〇-九一-十]+(?:丁目|番地)"
    r"|[가-힣](?:로|길)\s?[0-9]+(?:번길)?\b"
)
_POSTCODES = re.compile(
    r"\b[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2}\b"  # United Kingdom
    r"|\b(?!(?:19|20)\d\d)[1-9]\d{3}\s[A-Z]{2}\b(?!\s*\d)"  # Netherlands
    r"|\b[A-Z]\d[A-Z]\s?\d[A-Z]\d\b"  # Canada
    r"|\b[A-Z]\d{2}\s(?=[A-Z\d]*\d)(?=[A-Z\d]*[A-Z])[A-Z\d]{4}\b"  # Ireland
    r"|\b(?:[A-Z]{2}|[A-ZÀ-Þ][a-zà-þ]+),?\s\d{5}(?:-\d{4})?\b"  # United States
    r"|\b(?:[A-Z]{1,2}-\d{4,5}|\d{5})\s[A-ZÀ-Þ][a-zà-þ]+\b"  # Germany, France, Italy, Spain
    r"|\b\d{3}\s\d{2}\s[A-ZÀ-Þ][a-zà-þ]+\b"  # Sweden, Czechia, Greece
    r"|\b\d{4}-\d{3}\s[A-ZÀ-Þ]\w+|〒\s*\d{3}|\b\d{5}-\d{3}\b"
)
_TELEPHONES = re.compile(
    r"(?<![\w.])\+\s?\d(?:[\s().\/–-]*\d){6,}"
    r"|(?<![\w.-])\(0\d{1,5}\)\s*\d(?:[\s\/–-]?\d){3,}"
    r"|(?<![\w.-])\(\d{3}\)\s*\d{3}[\s.-]\d{4}\b|(?<![\w.-])\d{3}[\s.-]\d{3}[\s.-]\d{4}(?![\w-])"
    r"|(?<![\w.,-])0\d{1,4}(?:[\s\/–-]\d{2,8}){1,4}(?![\w-]|\.\d)"
    r"|(?<![\w.,-])0\d{8,10}(?![\w-])|(?<![\w.,-])1[3-9]\d{9}(?![\w-])"
    r"|\b(?:tel|phone|telephone|mobile|fax|whatsapp|wechat)\b\.?:?\s*(?:no\.?|number)?:?\s*\d(?:[\s\/-]?\d){4,}",
    re.IGNORECASE,
)
_MAILS = re.compile(r"[\w.+-]+\s?(?:@|\[at\]|\(at\))\s?[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)

_TRADES = re.compile(
    r"\b(?:restaurants?|shops?|church(?:es)?|associations?|agenc(?:y|ies))\b", re.IGNORECASE
)
_WIRES = "AFP|ANI|ANP|ANSA|AP|ČTK|dpa|EFE|Kyodo|Lusa|PA|Reuters|TASS|Xinhua|Yonhap"
#: phrases with such words, or with the form of a street, that lead to nobody
_ALLOWED = re.compile(
    r"\b(?:news|press|wire|photo|intelligence|security|spy|police|state|government(?:al)?|public"
    r"|federal|national|international|law[- ]enforcement|border|tax|UN|EU|European|Chinese)"
    r"\s+agenc(?:y|ies)\b"
    r"|\bagency(?:['’]s)?\s+(?:report|text|dispatch|copy|story|material)s?\b"
    r"|\b(?:the|an)\s+agency,?\s+(?:had|has|adds?|added|says?|said|cites?|cited|reports?|reported|writes?"
    r"|wrote|counts?|counted|notes?|noted|quotes?|quoted|that\s+(?:says?|reports?|counts?))\b"
    rf"|\bagency\s+(?:{_WIRES})\b|\b(?:relayed|carried|reported)\s+by\s+an?\s+agency\b"
    r"|\binputs?\s+from\s+agenc(?:y|ies)\b"
    r"|\bfrom\s+the\s+agencies\b"
    r"|\b(?:checks\s+on|checks\s+of|more|other|further|Chinese)\s+associations\b"
    r"|\b(?:press|bar|medical|football|local\s+government)\s+association\b|\bin\s+association\s+with\b"
    r"|\b(?:Catholic|Orthodox|Anglican|Protestant)\s+church\b|\bchurch\s+and\s+state\b"
    r"|\bChurch\s+of\s+(?:England|Ireland|Scotland|Norway|Sweden)\b"
    r"|\b(?:cop|talk|talking)\s+shops?\b|\bset\s+up\s+shop\b"
    r"|\b(?:Wall|Downing|Fleet|Bay)\s+Street\b|\b(?:Belt\s+and|Silk)\s+Road\b"
    r"|\bTiananmen\s+Square\b|\b(?:one|two)[- ]way\s+street\b",
    re.IGNORECASE,
)

_DIGIT = re.compile(r"[\d〇-九一-十]")
_ANY = re.compile("")
#: pattern, what it looks like, and what each match contains: most texts lack that, and to look
#: for it is faster
_PATTERNS: tuple[tuple[re.Pattern[str], str, re.Pattern[str]], ...] = (
    (_MAILS, N_("an e-mail address"), re.compile(r"@|at[\])]", re.IGNORECASE)),
    (_TELEPHONES, N_("a telephone number"), _DIGIT),
    (_POSTCODES, N_("a postcode"), _DIGIT),
    (_STREETS, N_("a street"), _ANY),
    (_TRADES, N_("a business or an association"), _ANY),
)


@lru_cache(maxsize=8192)
def private_party(text: str, trades: bool = True) -> tuple[str, str]:
    """
    Find what may lead to a private party.

    Parameters
    ----------
    text : str
        Of a cell.
    trades : bool
        Whether words for businesses and associations count.

    Returns
    -------
    found, kind : str
        The words, and what they look like, to be translated; both empty if there is nothing.
    """
    text = text[:LONGEST_TEXT]
    likely = [
        (pattern, kind)
        for pattern, kind, part in (_PATTERNS if trades else _PATTERNS[:-1])
        if part.search(text) and pattern.search(text)
    ]
    if likely:
        rest = _ALLOWED.sub(" … ", text)
        for pattern, kind in likely:
            if match := pattern.search(rest):
                return match.group().strip(), kind
    return "", ""
