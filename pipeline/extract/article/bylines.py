"""Names of authors and news agencies in bylines, datelines and closing brackets."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.extract.dates import parse_date
from pipeline.records import Dated

# Agencies as they sign in Japanese media; the longer form first, because the first that matches counts.
_AGENCIES = (
    r"AFP=?時事|AFPBB News|共同通信(?:社)?|時事通信(?:社)?|トムソン・?ロイター|ロイター(?:通信)?"
    r"|ブルームバーグ(?:・?ニュース)?|インタファクス(?:通信)?|タス通信|新華社(?:通信)?|聯合ニュース|聯合|中央通訊社"
    r"|Reuters|Bloomberg|Xinhua|共同|時事|AFP|UPI|DPA|AP|CNN"
)
_SIGNED = re.compile(
    rf"[\[［〔(（【]\s*([^\[\]［］〔〕()（）【】]{{0,30}}?)\s*({_AGENCIES})\s*[\]］〕)）】]", re.IGNORECASE
)
_ENDS_WITH_AGENCY = re.compile(rf"(?:^|[\s=＝・、日]|[^\x00-\x7f])({_AGENCIES})$", re.IGNORECASE)
_DATELINE = re.compile(r"^[『「]?\s*[【〔\[［]([^【】〔〕\[\]［］]{2,80})[】〕\]］]")
_ENGLISH = re.compile(
    r"By\s+(?P<names>[A-Z][^–—|]{2,120}?)(?:\s+[–—|]\s+(?P<paper>[^–—|]{2,60}?))?"
    r"(?:\s+[–—|]\s+(?P<date>[^–—|]{6,60}))?"
)
_LABELLED = re.compile(
    r"(?:取材・?文|文・?(?:写真|撮影|構成)?|執筆(?:者)?|著者|筆者|記者|ライター|作者|投稿者|書いた人|寄稿|構成・?文"
    r"|text|writer|author|reported by|written by)"
    r"\s*(?:[:：●／/|｜=＝]|\s)\s*(?P<names>.{2,60})",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"[一-龯々ヶヵ]{1,5}[ 　・]?[一-龯々ヶヵぁ-んァ-ヴー]{1,6}"
    r"|[ァ-ヴー]+(?:[・=＝ ][ァ-ヴー]+)+"
    r"|[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){1,3}"
)
_LATIN_NAME = re.compile(r"[A-Z][\w.'’-]*(?: [\w.'’-]+){0,4}")
_ROLE = re.compile(r"(?:編集委員|論説委員|特派員|記者|支局長?|編集部|ライター|氏|さん)+$")
_NEWSROOM = r"(?:本紙|本社)?(?:編集委員|論説委員|論説副?主幹|特派員|記者|支局長?|コラムニスト|ライター|編集長|デスク)"
_ROLE_AND_NAME = re.compile(
    rf"\w{{0,10}}?{_NEWSROOM}[\s、,・:：]+(?P<after>[一-龯々ぁ-んァ-ヴー]{{2,5}}(?:[ 　][一-龯々ぁ-んァ-ヴー]{{1,5}})?)"
    rf"|(?P<before>[一-龯々]{{2,4}}[ 　]?[一-龯々ぁ-んァ-ヴー]{{1,4}})[\s、,・]*{_NEWSROOM}"
)
_NAMES_APART = re.compile(r",\s*(?:and\s+)?|\s+and\s+|\s*&\s*")
_SIGNATURE = 60


@dataclass(frozen=True, slots=True)
class Byline:
    """What one byline says."""

    authors: tuple[str, ...] = ()
    agency: str | None = None
    paper: str | None = None
    published_at: Dated | None = None


def english_byline(line: str) -> Byline | None:
    """Byline such as "By A and B – Paper – Thursday, December 30, 2021", or None; paper and date may be missing."""
    match = _ENGLISH.fullmatch(line.strip())
    if match is None:
        return None
    names = tuple(name.strip() for name in _NAMES_APART.split(match["names"]) if name.strip())
    if not all(map(_LATIN_NAME.fullmatch, names)):
        return None
    return Byline(names, None, match["paper"], parse_date(match["date"]) if match["date"] else None)


def dateline(line: str) -> Byline | None:
    """Names in 【ワシントン=坂口幸裕、モスクワ=桑本太】, agency in 【ロンドン共同】 or [モスクワ 30日 ロイター]."""
    match = _DATELINE.match(line)
    if match is None:
        return None
    inside = match[1].replace("＝", "=")
    agency = agency_in(inside)
    authors: list[str] = []
    placed = False
    for part in re.split(r"[、,，]", inside) if "=" in inside else ():
        place, _, name = part.rpartition("=")
        placed = placed or bool(place)
        name = _ROLE.sub("", name.strip())
        if placed and agency_in(name) is None and _PERSON.fullmatch(name):
            authors.append(name)
    return Byline(tuple(authors), agency) if authors or agency else None


def agency_in(text: str) -> str | None:
    """The agency that the text ends with (「モスクワ 30日 ロイター」), or None."""
    match = _ENDS_WITH_AGENCY.search(text.strip())
    return match[1] if match else None


def signed_agency(line: str) -> str | None:
    """Agency that signs a text in brackets at its end: [ロイター], (共同), 〔AP〕; None where none does."""
    signature = line[-_SIGNATURE:]
    match = max(_SIGNED.finditer(signature), key=lambda found: found.end(), default=None)
    if match is None or signature[match.end() :].strip(" 』"):
        return None
    return match[2] if re.fullmatch(r"[\w\s=＝・、日年月]*", match[1]) else None


def is_role_and_name(text: str) -> bool:
    """Whether the text is an office in a newsroom with a name: 「編集委員 中沢克二」, 「山田太郎記者」."""
    return _ROLE_AND_NAME.fullmatch(text.strip()) is not None


def name_in(text: str) -> str | None:
    """The name of 「編集委員 中沢克二」 or 「山田太郎記者」, or None."""
    match = _ROLE_AND_NAME.fullmatch(text.strip())
    return (match["after"] or match["before"]) if match else None


def labelled_authors(line: str) -> tuple[str, ...]:
    """Names after a label such as 文: or 執筆:, or of 「山田太郎記者」; empty where the line is no byline."""
    match = _LABELLED.fullmatch(line.strip())
    if match is None:
        return ()
    names = [_ROLE.sub("", name.strip()) for name in re.split(r"[、,，/／・](?![ァ-ヴ])", match["names"])]
    return tuple(name for name in names if _PERSON.fullmatch(name))
