from __future__ import annotations

from dataclasses import replace

import numpy as np

from models.config import STANCES
from models.data import Example
from models.lexical_fit import fit_lexical, out_of_fold
from models.mentions import mask_mentions
from pipeline.targets import load_targets

TARGETS = load_targets()


def _examples(groups: bool) -> list[Example]:
    """Comments in which one word decides each label, in groups of four that share a rare word."""
    words = dict(zip(STANCES, ("立派だ", "卑怯だ", "発表した", "天気"), strict=True))
    feelings = ("positive", "negative", "neutral", "neutral")
    found = []
    for number in range(40):
        for (stance, word), feeling in zip(words.items(), feelings, strict=True):
            text = f"{'ロシア' if stance != 'none' else '近所'}は{word}、話{number}"
            labels = {t.key: stance if t.key == "russia" else "none" for t in TARGETS}
            group = f"g{number}" if groups else ""
            found.append(Example(f"{number}{stance}", text, labels, feeling, group=group))
    return found


def test_out_of_fold_is_of_its_comments_and_deterministic() -> None:
    examples = _examples(groups=True)
    stance, sentiment = out_of_fold(examples, TARGETS, 4, 1)
    assert stance.shape == (160, len(TARGETS), 4)
    np.testing.assert_allclose(np.exp(stance).sum(-1), 1, atol=1e-4)
    np.testing.assert_allclose(np.exp(sentiment).sum(-1), 1, atol=1e-4)
    russia = [t.key for t in TARGETS].index("russia")
    gold = [STANCES.index(e.stance["russia"]) for e in examples]
    assert (stance[:, russia].argmax(-1) == gold).mean() > 0.9
    again, _ = out_of_fold(examples, TARGETS, 4, 1)
    np.testing.assert_array_equal(stance, again)


def test_out_of_fold_knows_less_than_a_member_that_saw_the_comment() -> None:
    examples = [replace(e, stance=dict.fromkeys(e.stance, STANCES[i % 4])) for i, e in enumerate(_examples(False))]
    rng = np.random.default_rng(0)
    examples = [
        replace(e, text=f"ロシア{''.join(chr(rng.integers(0x4E00, 0x4E30)) for _ in range(9))}") for e in examples
    ]
    seen = fit_lexical(examples, TARGETS, 1).score([mask_mentions(e.text, TARGETS) for e in examples], TARGETS)[0]
    unseen, _ = out_of_fold(examples, TARGETS, 4, 1)
    gold = np.array([[STANCES.index(e.stance[t.key]) for t in TARGETS] for e in examples])
    assert (seen.argmax(-1) == gold).mean() > 0.8
    assert (unseen.argmax(-1) == gold).mean() < 0.5
