"""Who can speak: noun phrases with a person, office or organisation as their head, and their names in one article."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

_OFFICES = (
    "大統領補佐官|大統領報道官|首席補佐官|補佐官|大統領|副大統領|首相|副首相|外務次官|次官|審議官|政務官|参事官|事務次長|事務総長|事務局長|国務副長官|国務長官|国防長官"
    "|副長官|長官|報道官|報道部長|外交顧問|顧問|国防相|外相|財務相|内相|法相|経済相|統一相|環境相|保健相|農相|商務相|[一-龯]{1,4}相|特使|大使|公使"
    "|総領事|司令官|参謀総長|参謀長|将軍|元帥|大将|中将|少将|大佐|中佐|議長|委員長|書記長|国家主席|主席|総書記|幹事長|総裁|総長|党首|代表"
    "|議員|上院議員|下院議員|知事|市長|町長|村長|区長|州知事|社長|会長|頭取|最高経営責任者|CEO|理事長|局長|次長|部長|課長|所長|院長|学長"
    "|名誉教授|准教授|教授|助教|講師|主任研究員|上級研究員|客員研究員|研究員|研究部長|アナリスト|エコノミスト|ストラテジスト|監督|選手|主将|コーチ"
    "|記者|編集長|論説委員|編集委員|弁護士|検事|判事|裁判官|医師|牧師|司教|法王|教皇|国王|女王|皇帝|皇太子|王子|王女|被告|容疑者|団長|隊長|船長|機長"
    "|理事|委員|書記|会頭|取締役|専務|常務|総務|首席|総主教|大主教|司祭|支局長|特派員"
)
_PEOPLE = (
    "高官|当局者|関係者|関係筋|消息筋|情報筋|外交筋|政府筋|筋|幹部|担当者|広報担当|報道担当|責任者|指導者|支援者|支持者|専門家|有識者|識者|研究者|学者|評論家|作家"
    "|政治家|実業家|投資家|活動家|首脳|外交官|職員|社員|党員|隊員|兵士|軍人|住民|市民|国民|男性|女性|学生|若者|遺族|家族|目撃者|参加者|被害者"
    "|農家|漁師|店主|経営者|運転手|教師|教員|看護師|母親|父親|夫婦|息子|娘|祖母|祖父|友人|同僚|知人|難民|避難民|避難者|有権者|読者|乗客|歴史家"
    "|詩人|客|人|ら|一人|氏|さん|双方|両者|閣僚|官僚|市長ら"
)
_BODIES = (
    "政府|政権|当局|大統領府|首相府|内閣府|官邸|省|庁|軍|参謀本部|国防軍|警察|検察|裁判所|最高裁|議会|国会|上院|下院|与党|野党|党|委員会|理事会|事務局"
    "|機構|機関|連合|同盟|連盟|協会|組合|団体|財団|大使館|領事館|大学|研究所|研究機関|シンクタンク|銀行|中銀|企業|会社|社|メディア|テレビ|放送|通信|通信社"
    "|新聞|紙|誌|局|側|陣営|判決|報告書|社説|両国|各国|同国|[一-龯]国|州|市|自治体"
    "|ホワイトハウス|クレムリン|ペンタゴン|ワシントン|モスクワ|キーウ|キエフ|ロンドン|ブリュッセル|NATO|EU|国連|OSCE|IAEA|WHO|CNN|BBC|NHK|AP|AFP|CBS|NBC|ABC"
    "|ロイター|タス|ブルームバーグ|ジャーナル|タイムズ|ポスト|ニュース"
)
_COUNTRIES = (
    "ロシア|ウクライナ|アメリカ|米|米国|英国|イギリス|フランス|ドイツ|イタリア|スペイン|ポーランド|トルコ|イラン|イラク|イスラエル|インド|中国|日本|韓国"
    "|北朝鮮|台湾|ベラルーシ|ジョージア|ハンガリー|フィンランド|スウェーデン|カナダ|サウジ|サウジアラビア|エジプト|シリア|欧州|西側|欧米|米欧"
)
_HEAD = re.compile(
    rf"(?:(?:{_OFFICES}|{_PEOPLE}|{_BODIES}|{_COUNTRIES})(?:ら|たち|自身|側)?|(?:紙|誌|テレビ|放送|通信)[ァ-ヴーA-Za-z・]{{2,}})$"
)
# Words that only look like one of the heads.
_NOT_HEAD = re.compile(
    r"(?:国家|家庭|専門|全体|個人|大人|法人|成人|本人|他人|世論|社会|会社法|憲法|超大国|立場|市場|都市|手紙|表紙|用紙|通信網|結局|薬局|時局|難局|政局|破局"
    r"|反省|帰省|真相|様相|世相|位相|内側|外側|右側|左側|裏側|表側|道筋|本筋|全国|外国|入国|帰国|出国|建国|愛国|時代表|電気通信|ネット通信)$"
)
# A public body that is named by what it governs, and by nothing more: 県は…, 同市は….
_PUBLIC = re.compile(r"同?[国県市町村都府]")
_MASS = re.compile(r"^[ァ-ヴー]{2,}(?:[・=＝][ァ-ヴー]+)+$")
# Signs of a noun phrase up to its particle; hiragana only in の, である, や, と, ら and for 「…する女性」 not at all.
_PHRASE = re.compile(
    r"(?:[一-龯々〆ヶァ-ヴーA-Za-zＡ-Ｚａ-ｚ0-9０-９・=＝.．&'’\-]|□|の|である|や(?=[一-龯ァ-ヴ])|と(?=[一-龯ァ-ヴ])|ら|たち|さん|ちゃん|くん)+$"
)
_ANYBODY = re.compile(r"(?:女性|男性|住民|市民|学生|若者|兵士|職員|社員|家族|遺族|人)(?:ら|たち)?")
_CLAUSE_BEFORE = re.compile(r"[^、。「」はが]+[るたいだなうくすつぬむぐぶ]$")
# What a person does for a living: 組合長を務めるA氏.
_OFFICE_HELD = re.compile(r"[一-龯々ァ-ヴーA-Za-z0-9の・]{2,24}を(?:務める|率いる|営む)$")
_POINTER = re.compile(r"(?:この|その|ある)$")
_WINDOW = 48
_MODIFIER = 20
_MEMORY = 64
_MENTION = re.compile(
    rf"(?P<lead>(?:[一-龯々ァ-ヴーA-Za-z0-9]{{1,20}}(?:の|である)){{0,3}})(?P<title>[一-龯々]{{2,10}}(?=[ァ-ヴー]))?"
    rf"(?P<name>[ァ-ヴー]{{1,20}}(?:[・=＝][ァ-ヴー]{{1,20}}){{0,4}}|[一-龯々]{{2,4}}(?=氏))"
    rf"(?P<nation>米|英|仏|独|伊|露|ロ|中|韓)?(?P<role>{_OFFICES}|氏)"
)
# What a mention can consist of, and the signs with which one ends.
_STRETCH = re.compile(r"[一-龯々ァ-ヴーA-Za-z0-9・=＝のである]{2,}")
_LAST_SIGN = re.compile(f"[{''.join(sorted({office[-1] for office in _OFFICES.split('|')}))}氏]")
_ANONYMOUS = re.compile(
    r"(?:高官|当局者|関係者|関係筋|消息筋|情報筋|外交筋|政府筋|筋|幹部|担当者|外交官|アナリスト|専門家|議員の一人|の一人|匿名.*)(?:ら|たち)?$"
)
_ANONYMOUS_ROLE = re.compile(
    r"(高官|当局者|関係者|関係筋|消息筋|情報筋|外交筋|政府筋|筋|幹部|担当者|外交官|アナリスト|専門家)(?:ら|たち)?$"
)
_SAME = re.compile(r"^(?:同|この|その)(?P<head>.+)$")
_ROLE = re.compile(rf"(?:{_OFFICES})$")
_WHILE = re.compile(r"^(?:[一-龯々ァ-ヴー]+(?:中|後|前)の|一方|一部の|複数の|別の)")


@dataclass(frozen=True, slots=True)
class Speaker:
    """A speaker as the article names him most fully."""

    name: str
    role: str | None = None
    anonymous: bool = False


def phrase_before(shadow: str, end: int, start: int = 0) -> tuple[int, str]:
    """The noun phrase that ends at ``end``: (where it begins, its text); empty where there is none."""
    low = max(start, end - _WINDOW)
    match = _PHRASE.search(shadow[low:end])
    if match is None:
        return end, ""
    begin = low + match.start() + len(match[0]) - len(match[0].lstrip("の"))
    if _ANYBODY.fullmatch(
        shadow, begin, end
    ):  # 「避難所で暮らす女性」: without what tells who she is, the noun says nothing
        clause = _CLAUSE_BEFORE.search(shadow[max(start, begin - _MODIFIER) : begin])
        begin -= len(clause[0]) if clause else 0
    held = _OFFICE_HELD.search(shadow[low:begin])
    begin -= len(held[0]) if held else 0
    pointer = _POINTER.search(shadow[low:begin])
    begin -= len(pointer[0]) if pointer else 0
    return begin, shadow[begin:end]


def agent(phrase: str) -> str | None:
    """The part of a noun phrase that can speak (its head with its modifiers), or None."""
    phrase = phrase.replace("□", "").strip("・の")
    phrase = re.sub(r"^(?:である|や|と|ら)+", "", phrase)
    phrase = _WHILE.sub("", phrase)
    parts = re.split(r"と(?=[一-龯ァ-ヴ])", phrase)
    if len(parts) > 1 and not all(_is_head(part) for part in parts[:-1]):
        phrase = parts[-1]
    return phrase if phrase and _is_head(phrase) else None


def _is_head(phrase: str) -> bool:
    if _NOT_HEAD.search(phrase):
        return False
    return any(found is not None for found in (_HEAD.search(phrase), _MASS.match(phrase), _PUBLIC.fullmatch(phrase)))


@dataclass(slots=True)
class Cast:
    """The people and bodies of one article: short forms are resolved to the fullest mention."""

    _full: dict[str, str] = field(default_factory=dict)
    _roles: dict[str, str] = field(default_factory=dict)
    _recent: deque[Speaker] = field(default_factory=lambda: deque(maxlen=_MEMORY))

    @classmethod
    def of(cls, text: str) -> Cast:
        """Collect the mentions of a text; the first with an office counts, else the longest."""
        cast = cls()
        for match in _mentions(text):
            surname = _surname(match)
            if match["role"] != "氏":
                cast._roles.setdefault(surname, match["role"])
            mention = _WHILE.sub("", match[0]).strip("の")
            known = cast._full.get(surname)
            if known is None or _better(mention, known):
                cast._full[surname] = mention
        return cast

    def resolve(self, phrase: str) -> Speaker:
        """The speaker that a noun phrase means."""
        same = _SAME.match(phrase)
        speaker = self._earlier(same["head"]) if same else None
        mention = _last_mention(phrase)
        if speaker is None and mention is not None:
            surname = _surname(mention)
            speaker = _speaker(self._canonical(phrase, surname))
            speaker = replace(speaker, role=speaker.role or self._roles.get(surname))
        speaker = speaker or self._by_office(phrase) or _speaker(phrase)
        self._recent.append(speaker)
        return speaker

    def _canonical(self, phrase: str, surname: str) -> str:
        if "と" in phrase and len(_MENTION.findall(phrase)) > 1:
            return phrase
        full = self._full.get(surname)
        own = _WHILE.sub("", phrase)
        return own if full is None or _better(own, full) else full

    def _earlier(self, head: str) -> Speaker | None:
        """The last one with the head of 「同補佐官」 or 「この高官」; 同氏 is the last person."""
        for speaker in reversed(self._recent):
            if head in ("氏", "人物") and not speaker.anonymous and speaker.role:
                return speaker
            if speaker.name.endswith(head) or (speaker.role or "").endswith(head):
                return speaker
        return None

    def _by_office(self, phrase: str) -> Speaker | None:
        """A bare office (「外相は…」) is the last one who holds it."""
        if _ROLE.fullmatch(phrase) is None:
            return None
        return next(
            (s for s in reversed(self._recent) if s.role and s.role.endswith(phrase) and s.name != phrase), None
        )


def _mentions(text: str) -> Iterator[re.Match[str]]:
    """All mentions, looked for only where the signs of one stand together and an office may end."""
    for stretch in _STRETCH.finditer(text):
        if _LAST_SIGN.search(stretch[0]):
            yield from _MENTION.finditer(text, *stretch.span())


def _better(new: str, old: str) -> bool:
    """Whether a mention names somebody more fully: with an office instead of 氏 alone."""
    return old.endswith("氏") and "の" not in old and len(new) > len(old) and not new.endswith("氏")


def _surname(mention: re.Match[str]) -> str:
    return re.split(r"[・=＝]", mention["name"])[-1]


def _last_mention(phrase: str) -> re.Match[str] | None:
    """The named person that the phrase ends with, or None."""
    last = max(_MENTION.finditer(phrase), key=re.Match.end, default=None)
    bare = phrase.removesuffix("自身").removesuffix("ら")
    return last if last is not None and last.end() >= len(bare) else None


def _speaker(name: str) -> Speaker:
    anonymous = _ANONYMOUS.search(name) is not None and _MENTION.search(name) is None
    if anonymous:
        role = _ANONYMOUS_ROLE.search(name)
        return Speaker(name, role[1] if role else None, True)
    mention = _last_mention(name)
    if mention is not None and mention["role"] != "氏":
        return Speaker(name, mention["role"])
    if mention is not None:
        lead = (mention["title"] or "") or mention["lead"].rstrip("の").removesuffix("である")
        office = re.search(rf"(?:[一-龯]{{0,4}}(?:{_OFFICES}))$", lead.split("の")[-1])
        return Speaker(name, office[0] if office else None)
    office = _ROLE.search(name)
    return Speaker(name, office[0] if office else None)


def agents(shadow: str, start: int, end: int, particles: str) -> Iterator[tuple[int, int, str, str]]:
    """(begin, end after the particle, phrase that can speak, particle) of the subjects in a range, in order."""
    for match in re.compile(particles).finditer(shadow, start, end):
        begin, phrase = phrase_before(shadow, match.start(), start)
        speaker = agent(phrase)
        if speaker is not None:
            yield begin, match.end(), speaker, match[0]
