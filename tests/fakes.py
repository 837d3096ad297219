"""Test doubles and generated records that several tests share."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import strategies as st

from pipeline.records import (
    Dated,
    DateHow,
    Document,
    Extraction,
    Kind,
    Post,
    Precision,
    Prediction,
    Quotation,
    QuoteKind,
    Sentiment,
    SentimentScore,
    Skipped,
    SkipReason,
    Span,
    Stance,
    StanceScore,
    Votes,
    VotesKind,
)
from pipeline.targets import Target, find_mentions, load_targets


class WordLabeller:
    """A labeller whose answers follow from the text alone: praise and blame words decide. For tests only."""

    name = "words"
    version = "1"

    def __init__(self, targets: tuple[Target, ...] | None = None) -> None:
        self.targets = targets or load_targets()

    def predict(self, texts: Sequence[str], *, evidence: bool = True) -> list[Prediction]:
        return [self._one(text, evidence) for text in texts]

    def _one(self, text: str, evidence: bool) -> Prediction:
        scores = {target.key: self._stance(text, target, evidence) for target in self.targets}
        mood = Sentiment.POSITIVE if "支持" in text else Sentiment.NEGATIVE if "批判" in text else Sentiment.NEUTRAL
        moods = tuple(0.8 if item is mood else 0.1 for item in Sentiment)
        return Prediction(scores, SentimentScore(mood, (moods[0], moods[1], moods[2])), self.name, self.version)

    def _stance(self, text: str, target: Target, evidence: bool) -> StanceScore:
        mentions = find_mentions(text, target)
        if not mentions:
            return StanceScore(Stance.NONE, (0.01, 0.01, 0.01, 0.97))
        if "支持" in text:
            return StanceScore(Stance.FAVOR, (0.7, 0.1, 0.1, 0.1), mentions if evidence else ())
        if "批判" in text:
            return StanceScore(Stance.AGAINST, (0.1, 0.7, 0.1, 0.1), mentions if evidence else ())
        return StanceScore(Stance.NEUTRAL, (0.2, 0.2, 0.4, 0.2), mentions if evidence else (), needs_review=True)


# NUL cannot be stored by PostgreSQL and never leaves the loader; lone surrogates are no text at all.
texts = st.text(st.characters(exclude_characters="\x00", exclude_categories=("Cs",)), min_size=1, max_size=60)
optional_texts = st.none() | texts
optional_counts = st.none() | st.integers(0, 10_000)
dates = st.none() | st.builds(
    Dated,
    st.dates().map(str),
    st.just(Precision.DAY),
    st.sampled_from([DateHow.STATED, DateHow.INFERRED]),
    texts,
)
ids = st.text("0123456789abcdef", min_size=16, max_size=16)
votes = st.builds(Votes, optional_counts, st.sampled_from(VotesKind), optional_counts)
quotations = st.builds(
    Quotation,
    st.sampled_from(QuoteKind),
    optional_texts,
    optional_texts,
    st.booleans(),
    st.tuples(texts),
    optional_texts,
)


@st.composite
def extractions(draw: st.DrawFn, max_posts: int = 5) -> Extraction:
    """A document with posts that answer each other, and skipped parts."""
    document = Document(
        id=draw(ids),
        source=draw(texts),
        url=draw(optional_texts),
        site=draw(optional_texts),
        title=draw(optional_texts),
        authors=tuple(draw(st.lists(texts, max_size=2))),
        published_at=draw(dates),
        body=draw(texts),
        page_states_comments=draw(optional_counts),
    )
    posts: list[Post] = []
    for position, post_id in enumerate(draw(st.lists(ids, max_size=max_posts, unique=True))):
        parent = draw(st.none() | st.sampled_from(posts)) if posts else None
        kind = draw(st.sampled_from(Kind))
        posts.append(
            Post(
                id=post_id,
                document_id=document.id,
                kind=kind,
                text=draw(texts),
                position=position,
                author=draw(optional_texts),
                affiliation=draw(optional_texts),
                posted_at=draw(dates),
                votes=draw(votes),
                parent_id=parent.id if parent else None,
                depth=(parent.depth or 0) + 1 if parent else 0,
                span=draw(st.none() | st.builds(Span, st.integers(1, 99), st.integers(100, 999))),
                quotation=draw(quotations) if kind is Kind.QUOTATION else None,
            )
        )
    reasons = draw(st.lists(st.sampled_from(SkipReason), max_size=3))
    skipped = tuple(Skipped(document.id, Span(i, i + 1), 1, reason, "…") for i, reason in enumerate(reasons, 1))
    return Extraction(document, tuple(posts), skipped)
