"""Fit the lexical member on the corpus: TF-IDF and a logistic regression (scikit-learn)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]  # it has no types
from sklearn.multiclass import OneVsRestClassifier  # type: ignore[import-untyped]  # it has no types

from models.config import SENTIMENTS, STANCES
from models.data import Example
from models.lexical import Features, LexicalModel, Linear, sentiment_features, stance_features
from models.mentions import mask_mentions
from pipeline.targets import Target

_MIN_COUNT = 3
_INVERSE_PENALTY = 10.0
# Of the projected gradient. Coordinate descent is done in half a minute; a multinomial fit by L-BFGS was not in eight,
# and stopped before it was, its labels hung on the order of the columns (0.666 or 0.683 on dev).
_TOLERANCE = 0.05


def fit_linear(features: Features, labels: NDArray[np.int64], classes: int, seed: int) -> Linear:
    """Features seen in at least 3 texts, weighted by idf, and a regularised logistic regression a label over them.

    By dual coordinate descent (Yu, Huang and Lin 2011). Raises ValueError where a label is not among the texts.
    """
    known, places = np.unique(features.hashes, return_inverse=True)
    texts = np.bincount(np.unique(features.rows * len(known) + places) % len(known), minlength=len(known))
    kept, counts = known[texts >= _MIN_COUNT], texts[texts >= _MIN_COUNT]
    idf = (np.log((1 + features.count) / (1 + counts)) + 1).astype(np.float32)
    blank = Linear(kept, idf, np.zeros((len(kept), classes), np.float32), np.zeros(classes, np.float32))
    rows, columns, values = blank.vectors(features)
    matrix = csr_matrix((values, (rows, columns)), shape=(features.count, len(kept)))
    if (found := len(np.unique(labels))) != classes:
        raise ValueError(f"the corpus has {found} of {classes} labels")
    single = LogisticRegression(C=_INVERSE_PENALTY, solver="liblinear", dual=True, tol=_TOLERANCE, random_state=seed)
    model = OneVsRestClassifier(single).fit(matrix, labels)
    weights = np.column_stack([one.coef_[0] for one in model.estimators_])
    bias = np.concatenate([one.intercept_ for one in model.estimators_])
    return Linear(kept, idf, weights.astype(np.float32), bias.astype(np.float32))


def fit_lexical(examples: Sequence[Example], targets: Sequence[Target], seed: int) -> LexicalModel:
    """Fit both classifiers; the shares are to be chosen on dev afterwards."""
    masked = [mask_mentions(example.text, targets) for example in examples]
    labels = np.array([STANCES.index(e.stance[t.key]) for e in examples for t in targets])
    feelings = np.array([SENTIMENTS.index(e.sentiment) for e in examples])
    return LexicalModel(
        fit_linear(stance_features(masked, targets), labels, len(STANCES), seed),
        fit_linear(sentiment_features(masked), feelings, len(SENTIMENTS), seed),
        0.5,
        0.5,
    )
