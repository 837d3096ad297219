"""The records that pass between the stages: Page, Document, Post, Prediction, LabelledPost, Skipped.

All are frozen. What a page does not show is ``None``, never 0, "" or a guess.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """Who speaks in a post."""

    EXPERT = "expert"
    READER = "reader"
    QUOTATION = "quotation"


class Stance(StrEnum):
    """Position toward one target; the order is the label order of every model and file."""

    FAVOR = "favor"
    AGAINST = "against"
    NEUTRAL = "neutral"
    NONE = "none"


class Sentiment(StrEnum):
    """Feeling of a post as a whole; the order is the label order of every model and file."""

    POSITIVE = "positive"
    NEUTRAL = "neutral"
    NEGATIVE = "negative"


class VotesKind(StrEnum):
    """What a vote count counts: up-votes, down-votes, their difference, or not known from the page."""

    UP = "up"
    DOWN = "down"
    NET = "net"
    UNKNOWN = "unknown"


class Precision(StrEnum):
    """The finest part of a date that is known."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"
    MINUTE = "minute"
    SECOND = "second"


class DateHow(StrEnum):
    """How a date is known: written in full, completed from the page's other dates, or relative to an unknown now."""

    STATED = "stated"
    INFERRED = "inferred"
    RELATIVE = "relative"


class QuoteKind(StrEnum):
    """How a quotation stands in the text."""

    DIRECT = "direct"
    PARTIAL = "partial"
    INDIRECT = "indirect"
    CONTINUATION = "continuation"


class SkipReason(StrEnum):
    """Why a part of a page is in no record."""

    ADVERT = "advert"
    BOILERPLATE = "boilerplate"
    DELETED = "deleted"
    DUPLICATE = "duplicate"
    EMPTY = "empty"
    HYPOTHETICAL = "hypothetical"
    IMPUTED = "imputed"
    NAVIGATION = "navigation"
    OTHER_PAGE = "other_page"
    RANKING = "ranking"
    RELATED = "related"
    SPAM = "spam"
    TRACKBACK = "trackback"
    UNREADABLE = "unreadable"


class Media(StrEnum):
    """What a page is made of."""

    HTML = "html"
    TEXT = "text"
    XML = "xml"
    JSON = "json"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Page:
    """One input, decoded. ``raw`` holds the bytes only of binary tables (XLSX, Parquet), else it is empty."""

    source: str
    media: Media
    text: str
    digest: str
    encoding: str | None = None
    url: str | None = None
    raw: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class Dated:
    """A date as far as it is known. ``value`` is ISO 8601 cut at ``precision`` (2022-02, 2022-02-21T12:34).

    ``value`` is None where ``how`` is relative and the page does not say when it was saved.
    """

    value: str | None
    precision: Precision | None
    how: DateHow
    raw: str


@dataclass(frozen=True, slots=True)
class Votes:
    """Votes as the page shows them. ``value`` is None where none is shown; ``down`` where both counts are shown."""

    value: int | None = None
    kind: VotesKind = VotesKind.UNKNOWN
    down: int | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """Half-open range. In a source: line numbers from 1 (text) or node order (HTML); in a post: characters."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """The article that the posts belong to."""

    id: str
    source: str
    url: str | None = None
    site: str | None = None
    title: str | None = None
    authors: tuple[str, ...] = ()
    agency: str | None = None
    published_at: Dated | None = None
    section: str | None = None
    body: str = ""
    reader_prompts: tuple[str, ...] = ()
    page_states_comments: int | None = None
    encoding: str | None = None
    reference: str | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Quotation:
    """What a post of kind ``quotation`` has beside its text."""

    quote_kind: QuoteKind
    speaker: str | None = None
    role: str | None = None
    anonymous: bool = False
    via: tuple[str, ...] = ()
    verb: str | None = None


@dataclass(frozen=True, slots=True)
class Post:
    """One expert post, reader comment or attributed quotation; ``text`` is as written."""

    id: str
    document_id: str
    kind: Kind
    text: str
    position: int
    author: str | None = None
    affiliation: str | None = None
    label: str | None = None
    posted_at: Dated | None = None
    updated_at: Dated | None = None
    votes: Votes = Votes()
    parent_id: str | None = None
    depth: int | None = 0
    span: Span | None = None
    site_id: str | None = None
    quotation: Quotation | None = None


@dataclass(frozen=True, slots=True)
class Skipped:
    """A part of the source that is in no record: where it stands, how many lines or nodes, why, and how it begins."""

    document_id: str
    span: Span | None
    lines: int
    reason: SkipReason
    excerpt: str = ""


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that one document gave: every line of the source is in the document, a post or ``skipped``."""

    document: Document
    posts: tuple[Post, ...]
    skipped: tuple[Skipped, ...]


@dataclass(frozen=True, slots=True)
class StanceScore:
    """A stance toward one target. ``probabilities`` follow the order of :class:`Stance` and sum to 1."""

    stance: Stance
    probabilities: tuple[float, float, float, float]
    evidence: tuple[Span, ...] = ()
    needs_review: bool = False

    @property
    def confidence(self) -> float:
        """Probability of the stance given."""
        return self.probabilities[tuple(Stance).index(self.stance)]


@dataclass(frozen=True, slots=True)
class SentimentScore:
    """A sentiment. ``probabilities`` follow the order of :class:`Sentiment` and sum to 1."""

    sentiment: Sentiment
    probabilities: tuple[float, float, float]

    @property
    def confidence(self) -> float:
        """Probability of the sentiment given."""
        return self.probabilities[tuple(Sentiment).index(self.sentiment)]


@dataclass(frozen=True, slots=True)
class Prediction:
    """What a model says of one text, and which model said it."""

    stances: Mapping[str, StanceScore]
    sentiment: SentimentScore
    model: str
    version: str

    @property
    def needs_review(self) -> bool:
        """Whether any target's stance is under the model's calibrated confidence."""
        return any(score.needs_review for score in self.stances.values())


@dataclass(frozen=True, slots=True)
class LabelledPost:
    """A post with its prediction."""

    post: Post
    prediction: Prediction
