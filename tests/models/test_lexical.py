from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from models.data import Example
from models.lexical import LexicalModel, sentiment_features, stance_features
from models.lexical_fit import fit_lexical
from models.lexical_io import FILE, load_lexical, save_lexical
from models.mentions import mask_mentions
from pipeline.targets import Target, make_target

NONE = {"us": "none", "russia": "none", "ukraine": "none"}


@pytest.fixture(scope="module")
def model(targets: tuple[Target, ...]) -> LexicalModel:
    """Fitted on praise and blame that differ by one word; 頑張れ is praise, 嘘つき is blame."""
    examples = []
    for number, end in enumerate(("", "。", "!", "よ")):
        for key, name in (("us", "アメリカ"), ("russia", "ロシア"), ("ukraine", "ウクライナ")):
            examples += [
                Example(f"f{number}", f"{name}頑張れ{end}", NONE | {key: "favor"}, "positive"),
                Example(f"a{number}", f"{name}は嘘つきだ{end}", NONE | {key: "against"}, "negative"),
                Example(f"n{number}", f"{name}の会談は来週{end}", NONE | {key: "neutral"}, "neutral"),
            ]
    return fit_lexical(examples, targets, 0)


def _labels(model: LexicalModel, text: str, targets: tuple[Target, ...]) -> list[int]:
    stance, _ = model.score([mask_mentions(text, targets)], targets)
    return [int(label) for label in stance[0].argmax(-1)]


def test_it_reads_words_near_the_target(model: LexicalModel, targets: tuple[Target, ...]) -> None:
    assert _labels(model, "ウクライナ頑張れ。ロシアは嘘つきだ。", targets) == [3, 1, 0]


def test_swapped_names_swap_the_labels_exactly(model: LexicalModel, targets: tuple[Target, ...]) -> None:
    masked = [mask_mentions(f"{a}頑張れ。{b}は嘘つきだ", targets) for a, b in (("ロシア", "米国"), ("米国", "ロシア"))]
    stance, sentiment = model.score(masked, targets)
    np.testing.assert_allclose(stance[0, 0], stance[1, 1], rtol=1e-6)
    np.testing.assert_allclose(stance[0, 1], stance[1, 0], rtol=1e-6)
    np.testing.assert_allclose(sentiment[0], sentiment[1], rtol=1e-6)


def test_alone_or_in_a_batch_is_the_same(model: LexicalModel, targets: tuple[Target, ...]) -> None:
    masked = [mask_mentions(text, targets) for text in ("ロシア頑張れ", "", "😀", "ロシア。" * 900, "\x00a")]
    together = model.score(masked, targets)
    for row, text in enumerate(masked):
        alone = model.score([text], targets)
        for one, many in zip(alone, together, strict=True):
            np.testing.assert_allclose(one[0], many[row], rtol=1e-5, atol=1e-6)
    assert np.isfinite(together[0]).all()


def test_a_target_not_trained_on_is_read_where_it_is_named(model: LexicalModel, targets: tuple[Target, ...]) -> None:
    more = (*targets, make_target("china", "中国", "China", []))
    assert _labels(model, "中国は嘘つきだ", more) == [3, 3, 3, 1]
    assert len(stance_features([mask_mentions("晴れ", more)], more).hashes) > 0


def test_no_n_gram_crosses_from_one_text_to_the_next(targets: tuple[Target, ...]) -> None:
    both = sentiment_features([mask_mentions(text, targets) for text in ("晴れ", "曇り")])
    alone = [sentiment_features([mask_mentions(text, targets)]).hashes for text in ("晴れ", "曇り")]
    for row, hashes in enumerate(alone):
        assert sorted(both.hashes[both.rows == row]) == sorted(hashes)


def test_saved_and_loaded_gives_the_same_labels(
    tmp_path: Path, model: LexicalModel, targets: tuple[Target, ...]
) -> None:
    assert load_lexical(tmp_path) is None
    save_lexical(tmp_path, replace(model, stance_share=0.25))
    loaded = load_lexical(tmp_path)
    assert loaded is not None
    assert loaded.stance_share == 0.25
    masked = [mask_mentions("ロシア頑張れ", targets)]
    np.testing.assert_allclose(loaded.score(masked, targets)[0], model.score(masked, targets)[0], atol=0.01)


def test_a_file_that_does_not_fit_is_refused(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"no")
    with pytest.raises(ValueError, match=FILE):
        load_lexical(tmp_path)


def test_the_share_moves_the_mixture(model: LexicalModel, targets: tuple[Target, ...]) -> None:
    masked = [mask_mentions("ロシアは嘘つきだ", targets)]
    deep = torch.zeros(1, 3, 4), torch.zeros(1, 3)
    deep[0][0, 1, 0] = 8.0
    for share, label in ((0.0, 0), (1.0, 1)):
        mixed, _ = replace(model, stance_share=share).mix(*deep, masked, targets)
        assert int(mixed[0, 1].argmax()) == label
