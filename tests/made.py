"""Stores of made-up posts, of any size, for tests of screens, screenshots and benchmarks."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from hashlib import sha256

from pipeline.label import label_posts
from pipeline.records import (
    Dated,
    DateHow,
    Document,
    Extraction,
    Kind,
    Post,
    Precision,
    Quotation,
    QuoteKind,
    Skipped,
    SkipReason,
    Span,
    Votes,
    VotesKind,
)
from pipeline.store import Store
from tests.fakes import WordLabeller

_SITES = ("朝の新聞", "北の放送", "港のブログ", "週刊ことば")
_NAMES = ("米国", "ロシア", "ウクライナ")
_OPENINGS = (
    "きのうの発表を読んだ。",
    "記事の見出しが気になった。",
    "地図を見ながら考えた。",
    "友人とも話したのだが、",
    "",
)
_MIDDLES = (
    "{name}のやり方は批判されて当然だと思う。",
    "{name}の判断を支持したい。",
    "{name}がこの先どう動くのか、まだ分からない。",
    "物の値段が上がって困っている。",
    "{name}と{other}の話し合いは続くだろう。",
)
_CLOSINGS = ("続きの記事を待つ。", "皆さんはどう考えますか。", "いまは静かに見守るしかない。", "")
_SPEAKERS = (("北山大統領", "大統領"), ("南川外相", "外相"), ("東野報道官", "報道官"), (None, None))

# Texts that would run, format or cover something if a screen let them.
HOSTILE = (
    "<script>document.title='pwned'</script><img src=x onerror=\"document.title='pwned'\">米国を批判",
    "**太字** # 見出し [押す](javascript:alert(1)) :red[赤] `code` | 表 |\n- 項目 ロシアを支持",
    "値は $\\frac{1}{2}$ と $$x^2$$ だ。ウクライナを支持",
    "\u202eこれは逆さ\u202c \u2067مرحبا\u2069 ロシアを批判",
    "ロ" + "\u0300\u0301\u0302\u0303\u0304\u0305" * 40 + "シア ウクライナ",
    "米国を支持する。" + "あ" * 100_000,
    "<a href='javascript:alert(1)' onclick='alert(1)'>押して</a> <style>body{display:none}</style> &amp; &lt;",
    "W" * 400 + " ロシア",
)


def key(*parts: object) -> str:
    """An id as the extraction gives: 16 hex digits."""
    return sha256("/".join(map(str, parts)).encode()).hexdigest()[:16]


def fill(store: Store, *, experts: int = 3, readers: int = 12, quotations: int = 9, documents: int = 2) -> None:
    """Add documents with so many posts in all, the same on every call; the last document has no comments."""
    for extraction in extractions(experts, readers, quotations, documents):
        save(store, extraction)
    bare = Document(key("bare"), "empty.html", site=_SITES[0], title="コメントのない記事", body="本文だけの記事。")
    save(store, Extraction(bare, (), (Skipped(bare.id, Span(3, 9), 6, SkipReason.RELATED, "関連記事"),)))


def fill_hostile(store: Store) -> None:
    """Add a document whose names and texts are all hostile."""
    bad = HOSTILE[0]
    document = Document(key("hostile"), "bad.html", url="https://example.org/", site=bad, title=HOSTILE[1])
    posts = [
        Post(
            key("hostile", at), document.id, Kind.READER, text, at, author=bad, affiliation=HOSTILE[1], label=HOSTILE[2]
        )
        for at, text in enumerate(HOSTILE)
    ]
    speaker = Quotation(QuoteKind.DIRECT, bad, HOSTILE[1])
    posts.append(Post(key("hostile", "q"), document.id, Kind.QUOTATION, "ロシアを批判", 99, quotation=speaker))
    skipped = Skipped(document.id, Span(1, 2), 1, SkipReason.SPAM, bad)
    save(store, Extraction(document, tuple(posts), (skipped,)))


def save(store: Store, extraction: Extraction) -> None:
    """Label with words and store."""
    store.save(extraction, list(label_posts(extraction.posts, WordLabeller())))


def extractions(experts: int, readers: int, quotations: int, documents: int) -> Iterator[Extraction]:
    """Documents that share the posts out evenly."""
    for number in range(documents):
        chance = random.Random(number)
        document = Document(
            key("document", number),
            f"page{number:04d}.html",
            url=f"https://example.org/{number}",
            site=_SITES[number % len(_SITES)],
            title=f"三つの国の話し合い、第{number + 1}回",
            published_at=_day(number),
            page_states_comments=None,
        )
        shares = [total // documents + (number < total % documents) for total in (experts, readers, quotations)]
        kinds = [kind for kind, share in zip(Kind, shares, strict=True) for _ in range(share)]
        posts = _posts(document, kinds, chance)
        skipped = [Skipped(document.id, Span(40, 52), 12, SkipReason.RANKING, "人気の記事 1位")]
        yield Extraction(document, tuple(posts), tuple(skipped))


def _posts(document: Document, kinds: Sequence[Kind], chance: random.Random) -> list[Post]:
    posts: list[Post] = []
    for position, kind in enumerate(kinds):
        parent = (
            posts[-1] if kind is Kind.READER and posts and posts[-1].kind is kind and chance.random() < 0.2 else None
        )
        speaker = chance.choice(_SPEAKERS)
        votes = Votes(int(chance.paretovariate(0.9)), VotesKind.UP) if chance.random() < 0.7 else Votes()
        posts.append(
            Post(
                key(document.id, position),
                document.id,
                kind,
                _text(chance),
                position,
                author=f"{kind}-{chance.randrange(1 + len(kinds) // 2)}" if kind is not Kind.QUOTATION else None,
                affiliation="みなと大学 教授" if kind is Kind.EXPERT else None,
                label="分析・考察" if kind is Kind.EXPERT else None,
                posted_at=_day(chance.randrange(12)) if chance.random() < 0.9 else None,
                votes=votes if kind is Kind.READER else Votes(),
                parent_id=parent.id if parent else None,
                depth=(parent.depth or 0) + 1 if parent else 0,
                span=Span(10 + 3 * position, 12 + 3 * position),
                quotation=Quotation(QuoteKind.DIRECT, *speaker) if kind is Kind.QUOTATION else None,
            )
        )
    return posts


def _text(chance: random.Random) -> str:
    name, other = chance.sample(_NAMES, 2)
    middle = chance.choice(_MIDDLES).format(name=name, other=other)
    return chance.choice(_OPENINGS) + middle + chance.choice(_CLOSINGS)


def _day(number: int) -> Dated:
    value = f"2022-02-{10 + number % 18:02d}"
    return Dated(value, Precision.DAY, DateHow.STATED, value)
