from __future__ import annotations

import random
from pathlib import Path

import pytest
import torch
from tokenizers import Tokenizer

from models.embedded import EmbeddedLabeller, length_batches
from models.stance import StanceModel
from models.weights_io import WeightsError, save_model
from pipeline.records import Prediction, Sentiment, Stance
from pipeline.targets import Target, make_target
from tests.models.conftest import WEIGHTS

TEXTS = [
    "ロシアは嘘つきだ。だがウクライナも、約束を守ったとは言えない。",
    "",
    " \n\t",
    "あ",
    "😀🎉",
    "Russia must leave Ukraine now.",
    "アメリカ\x00は\x07どこへ\x1bいくのか、\x7f誰も知らない",
    "ゼレンスキー大統領の演説、よかった(^^)",
    "米露会談は来週だそうです" * 9,
    "\ud800プーチン",
]


@pytest.fixture
def folder(tmp_path: Path, tiny: StanceModel, tokenizer: Tokenizer) -> Path:
    save_model(tmp_path, tiny, tokenizer)
    return tmp_path


@pytest.fixture(params=[torch.float32, torch.bfloat16], ids=["float32", "bfloat16"])
def labeller(request: pytest.FixtureRequest, folder: Path, targets: tuple[Target, ...]) -> EmbeddedLabeller:
    return EmbeddedLabeller(folder, targets, request.param)


def _numbers(prediction: Prediction) -> list[float]:
    stances = [p for score in prediction.stances.values() for p in score.probabilities]
    return [*stances, *prediction.sentiment.probabilities]


def test_the_same_alone_or_in_any_batch_and_order(labeller: EmbeddedLabeller) -> None:
    texts = TEXTS * 3
    random.Random(1).shuffle(texts)
    together = labeller.predict(texts)
    for text, prediction in zip(texts, together, strict=True):
        (alone,) = labeller.predict([text])
        assert _numbers(alone) == pytest.approx(_numbers(prediction), abs=1e-6)
        assert {k: s.evidence for k, s in alone.stances.items()} == {
            k: s.evidence for k, s in prediction.stances.items()
        }


def test_the_shipped_weights_are_no_larger_than_a_laptop_without_network_should_carry() -> None:
    assert sum(file.stat().st_size for file in WEIGHTS.iterdir()) <= 40_000_000


def test_every_text_gets_a_defined_answer(labeller: EmbeddedLabeller) -> None:
    texts = [*TEXTS, "ロシアが悪い。" * 15_000]
    for text, prediction in zip(texts, labeller.predict(texts), strict=True):
        assert list(prediction.stances) == ["us", "russia", "ukraine"]
        for score in prediction.stances.values():
            assert sum(score.probabilities) == pytest.approx(1.0, abs=1e-5)
            assert score.confidence == max(score.probabilities)
            assert all(0 <= span.start < span.end <= len(text) for span in score.evidence)
            assert bool(score.evidence) == (score.stance is not Stance.NONE)
        assert sum(prediction.sentiment.probabilities) == pytest.approx(1.0, abs=1e-5)


@pytest.mark.parametrize("text", ["", " ", "\u3000\n", "\x00\x1b"])
def test_a_blank_text_says_nothing(labeller: EmbeddedLabeller, text: str) -> None:
    (prediction,) = labeller.predict([text])
    assert {score.stance for score in prediction.stances.values()} == {Stance.NONE}
    assert prediction.sentiment.sentiment is Sentiment.NEUTRAL
    assert not prediction.needs_review


def test_another_language_goes_to_review(labeller: EmbeddedLabeller) -> None:
    (english,) = labeller.predict(["Russia must leave Ukraine now."])
    assert all(score.needs_review for score in english.stances.values())


def test_no_texts_no_predictions(labeller: EmbeddedLabeller) -> None:
    assert labeller.predict([]) == []


def test_evidence_can_be_left_out(labeller: EmbeddedLabeller) -> None:
    (prediction,) = labeller.predict(TEXTS[:1], evidence=False)
    assert not any(score.evidence for score in prediction.stances.values())


def test_a_batch_holds_one_padded_length_within_its_limit() -> None:
    lengths = [random.Random(i).randrange(2, 300) for i in range(500)]
    batches = list(length_batches(lengths, 512))
    assert sorted(i for batch in batches for i in batch) == list(range(500))
    for batch in batches:
        padded = {-(-lengths[i] // 8) for i in batch}
        assert len(padded) == 1
        assert len(batch) == 1 or len(batch) * padded.pop() * 8 <= 512


def test_a_further_target_is_labelled_too(folder: Path, targets: tuple[Target, ...]) -> None:
    china = make_target("china", "中国", "China", ["北京"])
    (prediction,) = EmbeddedLabeller(folder, (*targets, china)).predict(["中国は黙っている。"])
    assert list(prediction.stances) == ["us", "russia", "ukraine", "china"]


def test_the_version_follows_what_can_change_a_label(folder: Path, targets: tuple[Target, ...]) -> None:
    before = EmbeddedLabeller(folder, targets).version
    assert EmbeddedLabeller(folder, targets).version == before
    assert EmbeddedLabeller(folder, targets[:2]).version != before
    (folder / "calibration.json").write_text(
        '{"stance": {"temperature": 2.0, "offsets": [0, 0, 0, 0]},'
        ' "sentiment": {"temperature": 1.0, "offsets": [0, 0, 0]}, "aside": 0.0, "review_below": 0.7}',
        encoding="utf-8",
    )
    assert EmbeddedLabeller(folder, targets).version != before


@pytest.mark.parametrize("text", ["{}", "no JSON", '{"stance": {"temperature": 1, "offsets": [0]}}'])
def test_a_calibration_that_does_not_fit_is_refused(folder: Path, targets: tuple[Target, ...], text: str) -> None:
    (folder / "calibration.json").write_text(text, encoding="utf-8")
    with pytest.raises(WeightsError, match=r"calibration\.json|Expecting"):
        EmbeddedLabeller(folder, targets)


@pytest.fixture(scope="module")
def shipped(targets: tuple[Target, ...]) -> EmbeddedLabeller:
    """The weights that are shipped: encoder, lexical member and calibration together."""
    return EmbeddedLabeller(WEIGHTS, targets)


@pytest.mark.parametrize("text", ["ロシアを支持する", "。", "", "😀", "Go home", "\x00\x07", "ア" * 100_000])
def test_the_shipped_model_labels_any_text_alone(shipped: EmbeddedLabeller, text: str) -> None:
    (prediction,) = shipped.predict([text])
    assert sum(prediction.sentiment.probabilities) == pytest.approx(1, abs=1e-3)
    for score in prediction.stances.values():
        assert sum(score.probabilities) == pytest.approx(1, abs=1e-3)
        assert all(span.end <= len(text) for span in score.evidence)


def test_the_shipped_model_says_the_same_alone_or_in_a_batch(shipped: EmbeddedLabeller) -> None:
    together = shipped.predict(TEXTS)
    for text, prediction in zip(TEXTS, together, strict=True):
        (alone,) = shipped.predict([text])
        assert _numbers(alone) == pytest.approx(_numbers(prediction), abs=1e-6)
