from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
import tokenizers
import torch
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import Split

from models.backbone import BackboneLabeller
from models.config import ModelConfig
from models.data import Example, read_examples, soft_label, training_files
from models.learners import EmbeddedLearner
from models.stance import StanceModel
from models.train import choose_share, gather_examples, train_backbone
from models.tuning import Recipe, build_items, fine_tune
from models.weights_io import CONFIG, WEIGHTS, WeightsError, load_model, save_model
from pipeline.targets import Target
from tests.models.conftest import TINY

RECIPE = Recipe(epochs=25, batch_tokens=256, lr=3e-3, head_lr=3e-3, dropout=0.0, head_dropout=0.0, token_mask=0.0)


def _trained(tokenizer: Tokenizer, targets: tuple[Target, ...], examples: Sequence[Example]) -> StanceModel:
    torch.manual_seed(0)
    model = StanceModel(ModelConfig(encoder=TINY))
    learner = EmbeddedLearner(model, tokenizer, targets)
    items = build_items(learner, examples, targets, 0.3)
    history = fine_tune(learner, items, items, RECIPE)
    assert history[-1]["stance"] > 0.9
    assert history[-1]["sentiment"] > 0.9
    return model


def test_a_tiny_model_learns_its_examples_and_a_seed_repeats_it(
    tokenizer: Tokenizer, targets: tuple[Target, ...], examples: list[Example]
) -> None:
    one, two = (_trained(tokenizer, targets, examples).state_dict() for _ in range(2))
    for name, value in one.items():
        torch.testing.assert_close(value, two[name])


def test_saved_and_loaded_is_the_same_model(tmp_path: Path, tiny: StanceModel, tokenizer: Tokenizer) -> None:
    save_model(tmp_path, tiny, tokenizer)
    loaded, _ = load_model(tmp_path)
    for name, value in tiny.state_dict().items():
        torch.testing.assert_close(loaded.state_dict()[name], value.bfloat16().float())


def test_a_folder_that_does_not_fit_is_refused(tmp_path: Path, tiny: StanceModel, tokenizer: Tokenizer) -> None:
    save_model(tmp_path, tiny, tokenizer)
    config = tmp_path / CONFIG
    good = config.read_text(encoding="utf-8")
    for bad in (good.replace('"hidden": 32', '"hidden": 64'), good.replace("favor", "for"), "{}", "not JSON"):
        config.write_text(bad, encoding="utf-8")
        with pytest.raises(WeightsError):
            load_model(tmp_path)
    config.write_text(good, encoding="utf-8")
    tensors = load_file(tmp_path / WEIGHTS)
    tensors.pop("stance_head.out.bias")
    save_file(tensors, tmp_path / WEIGHTS)
    with pytest.raises(WeightsError, match="stance_head"):
        load_model(tmp_path)
    (tmp_path / WEIGHTS).write_bytes(b"x")
    with pytest.raises(WeightsError):
        load_model(tmp_path)


def test_second_labels_share_their_weight() -> None:
    assert soft_label("a", ["b", "c"], ("a", "b", "c"), 0.4) == pytest.approx([0.6, 0.2, 0.2])
    assert soft_label("a", [], ("a", "b", "c"), 0.4) == [1.0, 0.0, 0.0]


def test_evaluation_files_are_never_trained_on(tmp_path: Path) -> None:
    for name in ("news.jsonl", "deva.jsonl", "testa.jsonl", "quoteguard.jsonl"):
        (tmp_path / name).write_text("", encoding="utf-8")
    assert [path.name for path in training_files(tmp_path)] == ["news.jsonl"]


@pytest.mark.parametrize(
    "line",
    [
        '{"id": "1", "text": "a", "stance": {"us": "pro"}, "sentiment": "neutral"}',
        '{"id": "1", "text": "a", "sentiment": "neutral"}',
        '{"id": "1", "stance": {"us": "favor"}, "sentiment": "neutral"}',
        '{"id": "1", "text": "a", "stance": "favor", "sentiment": "neutral"}',
        "[]",
        "favor",
    ],
)
def test_a_record_that_cannot_be_used_names_its_line(tmp_path: Path, line: str) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text(f"{line}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"x\.jsonl, line 1"):
        read_examples(path)


def test_the_share_of_least_cross_entropy_on_dev_is_chosen() -> None:
    gold = torch.tensor([0, 1, 2, 3] * 5)
    right = torch.nn.functional.one_hot(gold, 4) * 4.0
    wrong = torch.nn.functional.one_hot((gold + 1) % 4, 4) * 4.0
    assert choose_share(right, wrong.log_softmax(-1), gold, sides=True)[0] == 0.0
    share, scores = choose_share(wrong, right.log_softmax(-1), gold, sides=True)
    assert share > 0.5
    assert scores["macro_f1"] == scores["sides_f1"] == 1.0


def test_another_encoder_is_tuned_saved_and_loaded(
    tmp_path: Path, targets: tuple[Target, ...], examples: list[Example]
) -> None:
    transformers = pytest.importorskip("transformers")
    chars = sorted(set("".join(e.text for e in examples)))
    inner = tokenizers.Tokenizer(
        WordLevel({t: i for i, t in enumerate(["[PAD]", "[UNK]", "[MASK]", *chars])}, unk_token="[UNK]")
    )
    inner.pre_tokenizer = Split(tokenizers.Regex("."), "isolated")
    transformers.PreTrainedTokenizerFast(
        tokenizer_object=inner, pad_token="[PAD]", unk_token="[UNK]", mask_token="[MASK]"
    ).save_pretrained(tmp_path / "plain")
    shape = {"hidden_size": 32, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 64}
    torch.manual_seed(0)
    transformers.BertModel(transformers.BertConfig(vocab_size=200, **shape)).save_pretrained(tmp_path / "plain")
    recipe = replace(RECIPE, token_mask=0.1)
    report = train_backbone(str(tmp_path / "plain"), examples, examples, recipe, tmp_path / "tuned")
    losses = [epoch["loss"] for epoch in report["history"][:-1]]
    assert losses[-1] < losses[0] - 0.3
    (first, *_), _ = BackboneLabeller(tmp_path / "tuned", targets).logits([e.text for e in examples])
    assert int(first[1].argmax()) == 1


def test_labels_of_a_review_are_learnt_beside_the_corpus(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    row = {
        "id": "a1",
        "text": "ロシアを信じる",
        "title": "記事",
        "stance": {"us": "none", "russia": "favor", "ukraine": "none"},
        "also": {},
        "sentiment": "positive",
        "sentiment_also": [],
        "source": "seeds/x.txt",
        "split": "review",
    }
    (corpus / "board.jsonl").write_text(json.dumps(row | {"id": "c1"}) + "\n", encoding="utf-8")
    (corpus / "dev.jsonl").write_text(json.dumps(row | {"id": "d1"}) + "\n", encoding="utf-8")
    gold = tmp_path / "tachiba_gold.jsonl"
    gold.write_text(json.dumps(row) + "\n", encoding="utf-8")
    assert [example.id for example in gather_examples(corpus, [gold])] == ["c1", "a1"]
    gold.write_text(json.dumps(row | {"stance": {"us": "none"}}) + "\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"tachiba_gold\.jsonl: a1 has no label toward russia, ukraine"):
        gather_examples(corpus, [gold])
