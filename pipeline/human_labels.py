"""Labels given by people: an append-only log whose state does not depend on the order in which its entries arrive.

Every entry is named by a hash of its own content. So the same entry met twice is one entry, two people's logs merge by
union, and an entry that somebody changed by hand no longer fits its name. Nothing is ever overwritten: an undo is an
entry too.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from pipeline.records import Sentiment, Stance

SENTIMENT = "sentiment"  # the field that is no target
FIELDS = ("uid", "post_id", "field", "value", "annotator", "at", "reason", "undoes", "sample")
# A clock that is wrong by years must not make its labels the newest for ever.
_LATEST_YEAR = 2100
_UID = re.compile(r"[0-9a-f]{32}")


class Sample(StrEnum):
    """How a post came up for labelling: only a random sample tells the model's error rate."""

    CONFIDENCE = "queue"
    DISAGREEMENT = "disagreement"
    RANDOM = "random"
    BROWSING = "browsing"


@dataclass(frozen=True, slots=True)
class HumanLabel:
    """One entry. ``field`` is a target's key or ``sentiment``; ``value`` is None in an undo, which names its entry.

    ``at`` is ISO 8601 in UTC with microseconds, so that it sorts as text.
    """

    uid: str
    post_id: str
    field: str
    value: str | None
    annotator: str
    at: str
    reason: str | None = None
    undoes: str | None = None
    sample: str | None = None


def content_uid(label: HumanLabel) -> str:
    """32 hex digits of SHA-256 over all but ``uid`` itself."""
    content = {name: value for name, value in asdict(label).items() if name != "uid"}
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:32]


def sealed(label: HumanLabel) -> HumanLabel:
    """``label`` under the name that its content gives it."""
    return replace(label, uid=content_uid(label))


def make_labels(
    post_id: str, values: Mapping[str, str], annotator: str, at: str, *, reason: str | None, sample: str | None
) -> list[HumanLabel]:
    """Entries of one decision: one a field, all with the same time."""
    made = [
        sealed(HumanLabel("", post_id, field, value, annotator, at, reason, None, sample))
        for field, value in values.items()
    ]
    for label in made:
        if problem := fault(label):
            raise ValueError(problem)
    return made


def make_undo(label: HumanLabel, annotator: str, at: str) -> HumanLabel:
    """The entry that takes ``label`` back."""
    return sealed(HumanLabel("", label.post_id, label.field, None, annotator, at, None, label.uid, label.sample))


def next_time(newest: str | None, now: datetime | None = None) -> str:
    """The time of a new entry: now, but always after ``newest``, so that the last decision made here is the newest."""
    moment = now or datetime.now(UTC)
    if newest:
        moment = max(moment, datetime.fromisoformat(newest) + timedelta(microseconds=1))
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def in_force(log: Iterable[HumanLabel]) -> dict[tuple[str, str, str], HumanLabel]:
    """For each (post, field, annotator) the newest label that nothing undoes; equal times are told apart by uid."""
    entries = list(log)
    undone = {entry.undoes for entry in entries}
    found: dict[tuple[str, str, str], HumanLabel] = {}
    for entry in sorted(entries, key=lambda item: (item.at, item.uid)):
        if entry.undoes is None and entry.uid not in undone:
            found[entry.post_id, entry.field, entry.annotator] = entry
    return found


def newest_decision(log: Sequence[HumanLabel], annotator: str) -> list[HumanLabel]:
    """The labels of the newest decision of ``annotator`` that is not undone: what one press of undo takes back."""
    undone = {entry.undoes for entry in log}
    own = [item for item in log if item.annotator == annotator and item.undoes is None and item.uid not in undone]
    if not own:
        return []
    last = max(own, key=lambda item: (item.at, item.uid))
    return [item for item in own if item.at == last.at and item.post_id == last.post_id]


def fault(label: HumanLabel) -> str | None:
    """Why an entry cannot be kept (a key of the string table's ``labels.fault.*``), or None."""
    if not label.post_id or not label.annotator.strip() or not label.field:
        return "missing"
    if any("\0" in value for value in asdict(label).values() if value):
        return "value"  # PostgreSQL keeps no NUL
    if not _is_time(label.at):
        return "time"
    if label.uid and label.uid != content_uid(label):
        return "changed"
    if label.sample is not None and label.sample not in set(Sample):
        return "value"
    if label.undoes is not None:
        return None if label.value is None and _UID.fullmatch(label.undoes) else "value"
    known: type[StrEnum] = Sentiment if label.field == SENTIMENT else Stance
    return None if label.value in set(known) else "value"


def _is_time(value: str) -> bool:
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return False
    if moment.tzinfo is None or moment.year > _LATEST_YEAR:
        return False
    return value == moment.astimezone(UTC).isoformat(timespec="microseconds")
