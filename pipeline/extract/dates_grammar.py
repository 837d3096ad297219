"""The patterns behind :mod:`pipeline.extract.dates`: era names, month names, clock, decoration.

All patterns run on a shadow of the text in which full-width digits and signs are ASCII; one character stands for one
character, so that positions hold in the text itself.
"""

from __future__ import annotations

import re

# Japanese era -> the year before its first year (明治6年 = 1873 is the first year of the solar calendar).
ERAS = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018}
_SHORT_ERAS = {"M": 1867, "T": 1911, "S": 1925, "H": 1988, "R": 2018}

# Month names of the languages whose pages were met; lower case, dot removed. Abbreviations are cut forms of these.
_MONTHS: dict[str, int] = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar jänner janvier enero ene gennaio januari janeiro",
            "february feb februar februari février fevrier févr fév febrero febbraio fevereiro",
            "march mar märz maerz mär mrz mars marzo maart março",
            "april apr avril avr abril aprile abr",
            "may mai mayo maggio mei maio",
            "june jun juni juin junio giugno junho",
            "july jul juli juillet juil julio luglio julho",
            "august aug août aout agosto augustus ago",
            "september sep sept septembre septiembre settembre setembro",
            "october oct oktober okt octobre octubre ottobre outubro",
            "november nov novembre noviembre novembro",
            "december dec dezember dez décembre decembre déc diciembre dicembre dezembro",
        ),
        start=1,
    )
    for name in names.split()
}

_FULL = "０１２３４５６７８９：／．，－（）［］\u3000\u00a0\u2009\u202f"
_HALF = "0123456789:/.,-()[]    "
FOLD = str.maketrans(dict(zip(_FULL, _HALF, strict=True)) | {"〜": "~", "–": "-", "\n": " ", "\t": " ", "\r": " "})

_NAMES = "|".join(sorted(_MONTHS, key=len, reverse=True))
_MONTH = rf"(?P<name>{_NAMES})\b\.?"
_YEAR = r"(?P<year>(?:1[89]|2[01])\d\d)(?!\d)"
_DAY = r"(?P<day>\d{1,2})(?!\d)"
_ERA = r"(?P<era>明治|大正|昭和|平成|令和)\s*(?P<era_year>元|\d{1,2})"
_ORDINAL = r"(?:st|nd|rd|th|er|º|°)?"


def _compiled(*forms: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(form, re.IGNORECASE) for form in forms)


# The forms that begin with a year of four digits, with one or two digits, with a letter, and with an era.
YEAR_FORMS = _compiled(
    # 2022年 2月 21日, 2022年2月, 2022年
    rf"{_YEAR}\s*年(?:\s*(?P<month>\d{{1,2}})\s*月(?:\s*{_DAY}\s*日)?)?",
    # 2022-02-21, 2022/2/21, 2022. 2. 21
    rf"{_YEAR}\s?(?P<sep>[-/.])\s?(?P<month>\d{{1,2}})\s?(?P=sep)\s?{_DAY}",
)
DIGIT_FORMS = _compiled(
    # 22/02/21(月): two digits of the year only where the weekday shows that it is a date
    r"(?P<short_year>\d\d)/(?P<month>\d\d)/(?P<day>\d\d)(?=\([日月火水木金土]\))",
    # 21.02.2022, 11/08/2020, 11-08-2020
    rf"(?P<first>\d{{1,2}})(?P<slash>[./-])\s?(?P<second>\d{{1,2}})(?P=slash)\s?{_YEAR}",
    # 12. März 2013, 21 February 2022, 1er mars 2013, 12 de marzo de 2013
    rf"{_DAY}\.?{_ORDINAL}[\s-]*(?:of\s+|de\s+)?{_MONTH}[\s,-]*(?:de\s+|del\s+)?(?:{_YEAR}|'(?P<short_year>\d\d)(?!\d))",
)
DIGIT_FORMS_WITHOUT_YEAR = _compiled(
    # 12月30日
    rf"(?<!年)(?<!年\s)(?P<month>\d{{1,2}})\s*月\s*{_DAY}\s*日",
    # 2/21(月): only where the weekday shows that it is a date
    rf"(?P<month>\d{{1,2}})/{_DAY}(?=\s?\([日月火水木金土]\))",
    # 7. Februar
    rf"{_DAY}\.\s*{_MONTH}",
)
# 令和4年2月21日, 平成元年1月8日
ERA_FORMS = _compiled(rf"{_ERA}\s*年(?:\s*(?P<month>\d{{1,2}})\s*月(?:\s*{_DAY}\s*日)?)?")
LETTER_FORMS = _compiled(
    # R4.2.21, H31/4/30
    r"(?P<short_era>[MTSHR])(?P<era_year>\d{1,2})(?P<sep>[./])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})(?![\d.])",
    # June 28, 2015; Feb 7 '14
    rf"{_MONTH}\s+{_DAY}{_ORDINAL}\s*(?:,|\bat\b)?\s*(?:{_YEAR}|'(?P<short_year>\d\d)(?!\d))",
    # June 2015
    rf"{_MONTH}\s+{_YEAR}",
)
# Feb 7
LETTER_FORMS_WITHOUT_YEAR = _compiled(rf"{_MONTH}\s+{_DAY}{_ORDINAL}(?!\s*:)")

# A machine-readable date, which most pages have: read without trying the forms.
ISO = re.compile(
    r"(?P<date>\d{4}-\d\d-\d\d)(?:[T ](?P<clock>\d\d:\d\d(?::\d\d)?)(?:\.\d+)?\s?(?:Z|UTC|[+-]\d\d:?\d\d)?)?"
)


def _past_initial(words: dict[str, str]) -> str:
    """Pattern of words, each with what must follow it, where the first letter was consumed just before.

    Alternatives open with the second letter in both cases, which the engine looks at before it tries one.
    """
    tails: dict[str, dict[str, list[str]]] = {}
    for word, after in words.items():
        tails.setdefault(word[1], {}).setdefault(word[0], []).append(word[2:] + after)
    return "|".join(
        f"{_either(second)}(?:"
        + "|".join(f"(?<={_either(first)}.)(?i:{'|'.join(rest)})" for first, rest in by_first.items())
        + ")"
        for second, by_first in tails.items()
    )


def _either(letter: str) -> str:
    return f"[{letter}{letter.upper()}]"


_WORDS = dict.fromkeys(sorted(_MONTHS, key=len, reverse=True), r"\b") | {
    "an": r"\s",
    "vor": r"\s",
    "il": r"\sy\sa",
    "just": r"\snow",
    "yesterday": "",
    "gestern": "",
    "hier": r"\b",
}
_LETTERS = "".join(sorted({letter for word in _WORDS for letter in (word[0], word[0].upper())} | set("MTSHRmtshr")))

# Where a date may begin: a cheap test of a text or of its shadow, before the forms are tried. A digit or letter inside
# a word begins none. The pattern opens with one set of characters, which Python's engine looks for many times faster
# than for a list of alternatives (measured: a hundred characters of Japanese in 1 us instead of 77).
CANDIDATE = re.compile(
    rf"[\d{_LETTERS}明大昭平令た先さ昨一今本数](?:"
    r"(?<![\dA-Za-z_][\s\S])"
    rf"(?:(?<=\d)|\d(?<=[MTSHRmtshr].)\d?[./．／]\d|\s(?<=[Aa].)|{_past_initial(_WORDS)})"
    r"|\d(?<=[A-Za-z]\d.)\d\d[-/.年－／．]"
    r"|(?<=明)治|(?<=大)正|(?<=昭)和|(?<=平)成|(?<=令)和|(?<=た)った今|(?<=先)ほど|(?<=さ)きほど"
    r"|(?<=一)昨日|(?<=[昨今本])日|(?<=数)(?:秒|分|時間|日)前)"
)

_UNIT = (
    r"(?:seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?"
    r"|Sekunden?|Minuten?|Stunden?|Tag(?:en?)?|Wochen?|Monat(?:en?)?|Jahr(?:en?)?"
    r"|secondes?|heures?|jours?|semaines?|mois|ans?|années?)"
)
RELATIVE = re.compile(
    r"(?:約|およそ)?(?:\d+|数)\s*(?:秒|分|時間|日|週間?|か月|ヶ月|カ月|ヵ月|ケ月|月|年)(?:以上)?\s*前"
    r"|たった今|先ほど|さきほど|(?:一昨日|昨日|今日|本日)\s*\d{1,2}(?::|時)\d{2}分?"
    rf"|(?:\d+|an?|one)\s+{_UNIT}\s+(?:ago|her|zuvor|il y a|plus tôt)\b"
    r"|\d+\s?(?:s|m|h|d|w|mo|y)\s+ago\b"
    rf"|(?:vor|il y a)\s+(?:\d+|einem|einer|einigen|un|une|about)\s+{_UNIT}\b"
    r"|just now\b|(?:yesterday|gestern|hier)\s*(?:at|um|à)?\s*\d{1,2}:\d{2}(?:\s*[ap]m)?",
    re.IGNORECASE,
)

WEEKDAY = re.compile(
    r"\s*(?:[(\[]\s*(?:[日月火水木金土](?:曜日?)?|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*)(?:[・/]祝)?\s*[)\]]|[日月火水木金土]曜日?)",
    re.IGNORECASE,
)
_HALF_DAY = r"午前|午後|[ap]\.?m\b\.?"
CLOCK = re.compile(
    r"(?:T|[\s,|・/~(-]*(?:(?:at|um|à|a las|alle|om|@|-|·|に)\s*)?)"
    rf"(?:(?P<before>{_HALF_DAY})\s*)?(?P<hour>\d{{1,2}})(?:\s?(?::|時|h)\s?)(?P<minute>\d{{2}})(?!\d)(?:\s?分)?"
    rf"(?:(?:\s?:|(?<=分))\s?(?P<second>\d{{2}})(?!\d)(?:\.\d+)?秒?)?(?:\s*(?P<after>{_HALF_DAY}))?"
    r"(?:\s*Uhr\b|\s?min\b|(?:\.\d+)?(?:Z\b|\s?[+-]\d{2}:?\d{2}(?!\d)))?",
    re.IGNORECASE,
)

DECORATION = re.compile(
    r"(?:[\W_]|更新|公開|投稿|作成|配信|掲載|発行|記入|日時|日付|登録|最終|現在|より|に|の|日本時間|コメント"
    r"|\b(?:posted|published|updated|edited|written|created|on|at|by|am|um|le|el|date|the|about|etwa|circa|uhr|von|vom|said|in"
    r"|mon|tue|wed|thu|fri|sat|sun|mo|di|mi|do|fr|sa|so|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
    r"|jst|utc|gmt|cet|cest|est|edt|pst|pdt|permalink|link)\b)*",
    re.IGNORECASE,
)


def year_of(parts: dict[str, str | None]) -> int | None:
    """Year of a match: as written, from an era, or from two digits (70-99 are 19xx); None where it has none."""
    if parts.get("year"):
        return int(parts["year"] or 0)
    if era_year := parts.get("era_year"):
        base = ERAS.get(parts.get("era") or "") or _SHORT_ERAS[(parts.get("short_era") or "").upper()]
        return base + (1 if era_year == "元" else int(era_year))
    if short := parts.get("short_year"):
        return int(short) + (1900 if int(short) >= 70 else 2000)
    return None


def month_of(parts: dict[str, str | None]) -> int | None:
    """Month of a match, from digits or a name; None where it has none."""
    if parts.get("month"):
        return int(parts["month"] or 0)
    name = parts.get("name")
    return _MONTHS[name.lower().rstrip(".")] if name else None


def needs_year(parts: dict[str, str | None]) -> bool:
    """Whether the form is one of those without a year."""
    return not any(parts.get(key) for key in ("year", "era_year", "short_year"))
