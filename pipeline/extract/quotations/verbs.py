"""How statements are reported: verbs, frames such as 「…との見方を示した」, sources, and what is only supposed.

All patterns run on shadows of sentences (:mod:`pipeline.extract.quotations.sentences`). The lists are closed: in news
few expressions report almost all statements.
"""

from __future__ import annotations

import re

# Stems whose conjugation follows in kana. Passives (と言われる, と報じられた) name no speaker and are left out.
_STEMS = (
    r"言い切|言い放|言い出|言い張|述べ(?!られ)|語(?=[りるっろ])(?!り合)|話(?=[しすせそ])(?!し合)|言(?=[いうっえお])(?!い換)|言わ(?=な)|いい(?=ます)"
    r"|応じ(?!られ)|応え|答え(?!られ)|訴え(?!られ)|評し|評す|報じ(?!られ)|伝え(?!られ)|認め(?!られ)|明か(?=[しす])|打ち明け"
    r"|漏ら(?=[しす])|もら(?=[しす])|振り返|迫(?=[りるっろ])|書き込|書(?=[いきく])|記(?=[しす])|つづ(?=[っり])|誓(?=[っいう])|促(?=[しす])"
    r"|呼びかけ|呼び掛け|求め(?!られ)|付け加え|付け足|切り捨て|断じ|論じ|皮肉(?=[っり])|突き放|引き締め"
    r"|(?:くぎ|釘)を[刺さ]|異を唱え|警鐘を鳴ら|苦言を呈|疑問を呈|声を荒|気勢を上げ|告げ(?!られ)|叫(?=[んびぶ])|繰り返(?=[しす])|脅(?=[しす])"
    r"|つぶや(?=[いき])|ささや(?=[いき])|申し出|切り出(?=[しす])|言い添え|付言|口にし|頭を抱え|胸を張|首をかしげ|語気を強め|不快感を"
    r"|嘆(?=[いきく])|位置[付づ]け(?!られ)|結論[付づ]け|言及し|明らかに(?=し|す)|明確に(?=し|す)|み(?=て(?:い|お)|る(?:。|と|が|、))|見(?=て(?:い|お))"
    r"|(?:不満|懸念|疑問|期待|理解|失望|難色|不快感|危機感|憂慮|反対|支持|賛意|感謝|警戒感|自信)を(?:示|表明|述べ|あらわ|漏ら|口に|強調|表[しす])"
)
# Nouns that become verbs with する, and stand alone at the end of a clause (「…」と強調。).
_NOUNS = (
    "明言|言明|断言|宣言|証言|発言|反論|反発|主張|強調|説明|指摘|警告|忠告|批判|非難|評価|称賛|賞賛|歓迎|表明|発表|公表|投稿|回答|コメント"
    "|答弁|追及|一蹴|弁解|述懐|回顧|論評|推測|推定|指示|助言|進言|提言|勧告|懇願|絶叫|絶賛|酷評|叱責|自賛|自負|強弁|詰問|質問|応酬|予告|予言"
    "|ツイート|分析|予測|予想|危惧|懸念|約束|要求|要請|けん制|牽制|示唆|弁明|釈明|力説|激励|提案|提唱|通告|抗議|糾弾|擁護|断定|警戒"
    "|否定|肯定|総括|解説|報告|告発|陳謝|謝罪|補足|提起|問題視|疑問視|陳述|通知|伝達"
)
_SAYS = (
    rf"(?:{_STEMS}|(?:{_NOUNS})(?=し|す|。|、|$)|し(?=て(?:い(?:る|た|ます|ました)|おり|、)|た(?:。|が|うえ|上)|、))"
)
_ADVERB = (
    r"改めて|あらためて|強く|繰り返し|再三|たびたび|明確に|はっきり(?:と)?|互いに|相互に|公に|正式に|厳しく|率直に|静かに|淡々と|また|さらに|こう"
    r"|一斉に|直ちに|即座に|かつて|既に|すでに|同日|前日|この日|涙ながらに|口々に"
)
_NOUN = r"[一-龯々ァ-ヴーA-Za-z0-9・の□ら]{1,24}"
# Between と and the verb: adverbs, places, addressees, or the speaker himself.
_PIECE = rf"(?:(?:{_ADVERB})、?|{_NOUN}(?:に対し(?:て)?|に向けて|には|では|に|で|へ|は|が|も)、?)"

SAID = re.compile(rf"と(?:も|は)?、?(?P<gap>(?:{_PIECE}){{0,4}}?)(?P<verb>{_SAYS})")
# Right behind a quotation anything short may stand between.
SAID_OF_QUOTE = re.compile(
    r"(?<=」)□*(?P<link>(?:など|とか)?(?:だ|である|だった|なのだ)?(?:など)?)と(?:も|は)?、?"
    rf"(?P<gap>[^。「」]{{0,30}}?)(?P<verb>{_SAYS}|(?<=と)し(?=て))"
)
# Where the clause has a subject and the quoted words are a sentence, any other verb reports as well (と頭をかく),
# but those that name, compare or join.
OPEN = re.compile(r"(?<=」)□*と(?P<gap>)(?P<verb>[^。、「」■□]{2,20})(?=[。、]|$)")
NO_REPORT = re.compile(
    r"^(?:いう|いっ|呼[ばびぶん]|名付け|名づけ|題|称し|名乗|銘打|書かれ|なっ|なる|なり|は|も|の|同|違|異|比べ|並|合わせ|合流|共に|ともに|一緒"
    r"|思わ|考えられ|見られ|みられ|する|した|して|さ|[一-龯]{2,}(?:の|と|が|は)|[ァ-ヴー]{2,})"
    r"|(?:れ(?:る|た|ます|て)|ない限り|なければ|[えけせてべめれ]ば|たら|なら|のは|のか|だろう|でしょう|ようだ|かもしれ|違いな|たい)"
)
_VIEW = (
    "見方|見解|考え|認識|見通し|意向|方針|立場|意見|分析|懸念|期待|意思|決意"
    "|主張|予測|見込み|姿勢|憂慮|不満|反応|声明|談話"
)
_SHOWN = "示|表明|強調|述べ|伝え|明らかに|確認|明確に|説明|繰り返|語|発表|披露|崩さ"
FRAME = re.compile(
    rf"(?:と(?:の|いう)(?P<named>{_VIEW})|(?<=[るいたうくすつぬむぐぶ])(?P<plain>考え|方針|意向|見通し|見方|認識|見解))"
    rf"(?:を|も)(?P<gap>(?:{_PIECE}){{0,3}}?)(?P<verb>{_SHOWN})"
)
FACT = re.compile(
    rf"こと(?:を|も)(?P<gap>(?:{_PIECE}){{0,2}}?)(?P<verb>明らかに|認め(?!られ)|明か(?=[しす])|公表|発表|示唆|強調|告白|打ち明け)"
)
# What somebody calls possible or necessary, without saying that it is so.
POSSIBLE = re.compile(
    rf"(?:(?<=可能性)|(?<=必要性)|(?<=重要性)|(?<=用意)|(?<=余地))(?:を|も|に)(?P<gap>(?:{_PIECE}){{0,2}}?)"
    r"(?P<verb>言及|指摘|示唆|強調|訴え(?!られ)|表明|否定しな|排除しな)"
)
# What somebody calls for: …するよう呼びかけた. A demand (求めた, 要求した) reports what is wanted, not what was said.
WISHED = re.compile(
    rf"(?<=[るうくすつぬむぐぶい])よう(?:に)?、?(?P<gap>(?:{_PIECE}){{0,2}}?)"
    r"(?P<verb>呼びかけ|呼び掛け|促(?=[しす])|訴え(?!られ))"
)
# …との見方だ: a view without a verb.
HELD = re.compile(rf"と(?:の|いう)(?P<gap>)(?P<verb>{_VIEW})(?=(?:だ|です|である)(?:。|$))")
# A clause that is given as the reason of a stand, and so is said: …おそれがあるとして注意を呼びかけた.
STAND = re.compile(
    r"として(?:は|も)?、?(?P<gap>[^。「」、]{0,12}?)(?P<verb>(?:注意|警戒|自制|理解|協力|支持|対応|備え|避難)を"
    r"(?:呼びかけ|呼び掛け|求め(?!られ)|促(?=[しす]))|(?:反対|反発|批判|抗議|警戒|非難|歓迎|評価)(?=して|した|する))"
)
# A view that is common among people, who are named with AMONG.
SPREAD = re.compile(
    rf"と(?:の|いう)(?:{_VIEW}|声|観測|批判|指摘|疑問)(?:が|も)(?P<gap>[^。「」、]{{0,10}}?)"
    r"(?P<verb>広が|出てい|出始|強ま|多[いく]|根強|上が|聞かれ|くすぶ|漏れ|相次|支配的)"
)
AMONG = re.compile(r"(?:の間|の中|内部|周辺|内)(?:で|から)(?:は|も)?、?")
AGREED = re.compile(
    r"(?<=」)こと(?:で|に|を)も?(?P<gap>[^。「」、]{0,12}?)(?P<verb>一致|合意|確認|認識を共有|同意)(?=し|す|。)"
)
ASKED = re.compile(
    rf"(?<=」)(?:を|も)(?P<gap>(?:{_PIECE}){{0,2}}?)(?P<verb>求め(?!られ)|要求|要請|呼びかけ|呼び掛け|約束|主張|強調)"
)
ANNOUNCES = re.compile(r"次のよう|以下のよう")
THUS = re.compile(
    rf"(?:こう|そう|次のように|以下のように|このように|そのように)(?P<gap>(?:{_PIECE}){{0,2}}?)(?P<verb>{_SAYS})"
)
# A verb of speech at the end, with no statement of its own: it reports the quotation before it.
SPOKE = re.compile(rf"(?<!を)(?:{_STEMS}|(?:{_NOUNS})し)(?:た|る|い?ている|ました|ます)。?$")
# What somebody does with his face or voice while he speaks: it reports the quotation before it.
WHILE_SPEAKING = re.compile(
    r"(?:笑みを浮かべ|笑顔を見せ|ほほ笑|苦笑いし|苦笑し|肩を落と|肩をすくめ|ため息をつ|声を(?:震わせ|詰まらせ|弾ませ|落と|荒らげ|張り上げ)|目を"
    r"(?:細め|伏せ|潤ませ|輝かせ)|唇をか|うなず|涙を(?:拭|ぬぐ|浮かべ|流|こらえ)|首をかしげ|胸を(?:張|なで下ろ)|頭を(?:下げ|抱え))"
    r"[ぁ-ん]{1,4}。?$"
)
SOURCE = re.compile(
    r"(?:の(?:話|説明|発表|声明|報道|調べ|まとめ|分析|証言|発言|投稿|関係者の話))?(?:で)?に(?:よると|よれば|よりますと)、?"
    r"|(?:の(?:話|説明|発表|声明|報道|分析))では、"
)
HEARSAY = re.compile(r"(?:と(?:いう|のこと(?:だ|です)|いいます|いうことだ)|とされる)。?$")
REPORTED_BY = re.compile(
    r"(?:が|は)(?:同日|[0-9０-９]+日)?(?:、)?(?:一斉に|速報で)?(?P<verb>伝え|報じ)(?:た|ている|ました|ています)。?$"
)
CLEFT = re.compile(r"(?:た|る|う|ている)のは、?(?P<who>[^。、]{2,40}?)(?:だ|です|である|だった|でした)?。?$")

_HYPOTHETICAL = re.compile(
    r"[ぁ-ん]{0,4}?(?:ない(?:限り|なら|と)|なければ|なかったら|[えけせてべめれげねへ]ば|た(?:ら(?!し)|なら|としても|場合)"
    r"|[るうくすつ](?:なら|としても|場合)|ても(?!い|お)|ようものなら)"
)
_IMPUTED = re.compile(
    r"[ぁ-ん]{0,3}?(?:た(?:い(?!う)|かった|が(?:っ|る|り))|[るうくすつ]の(?:は|が|も|を)|[るうくすつ](?:に等し|も同然)"
    r"|(?:[ぁ-ん]{0,4})(?:のでは(?:ない|なかろう)|だろう|でしょう|よう(?:だ|です|に見え)|かのよう|かもしれ|に違いな|はずだ|はずです|らしい))"
)


def is_hypothetical(after: str) -> bool:
    """Whether what follows the stem of the verb makes the statement a condition."""
    return _HYPOTHETICAL.match(after) is not None


def is_imputed(after: str) -> bool:
    """Whether what follows the stem of the verb makes the statement a wish, a guess, or what somebody would say."""
    return _IMPUTED.match(after) is not None
