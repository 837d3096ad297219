from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch
from tokenizers import Regex, Tokenizer, models, pre_tokenizers, processors

from models.backbone import new_backbone, save_backbone
from models.predict import load_labeller
from models.stance import StanceModel
from models.weights_io import save_model
from pipeline.errors import ModelUnavailable
from pipeline.records import Stance
from pipeline.targets import Target

transformers = pytest.importorskip("transformers")

TEXTS = ["ロシアは嘘つきだ。もう信じない。", "", "弁当がうまい", "ゼレンスキー" * 200, "米国とロシア\x00の会談"]


def _tokenizer() -> object:
    """A tokenizer of single characters."""
    chars = sorted(set("".join(TEXTS) + "この文を書いた人は支持批判している。述べない肯定的気ち表特感情否中立につ"))
    vocab = {token: i for i, token in enumerate(["[PAD]", "[UNK]", "[CLS]", "[SEP]", *chars])}
    inner = Tokenizer(models.WordLevel(vocab, unk_token="[UNK]"))
    inner.pre_tokenizer = pre_tokenizers.Split(Regex("."), "isolated")
    inner.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    return transformers.PreTrainedTokenizerFast(
        tokenizer_object=inner, pad_token="[PAD]", unk_token="[UNK]", cls_token="[CLS]", sep_token="[SEP]"
    )


def _config(**more: object) -> object:
    return transformers.BertConfig(
        vocab_size=200, hidden_size=32, num_hidden_layers=2, num_attention_heads=2, intermediate_size=64, **more
    )


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    """A small encoder as somebody would publish it."""
    torch.manual_seed(1)
    folder = tmp_path / "plain"
    transformers.BertModel(_config(), add_pooling_layer=False).save_pretrained(folder)
    _tokenizer().save_pretrained(folder)
    return folder


@pytest.fixture
def backbone(tmp_path: Path, plain: Path) -> Path:
    torch.manual_seed(2)
    save_backbone(tmp_path / "tuned", new_backbone(str(plain), "tuned"))
    return tmp_path / "tuned"


@pytest.fixture
def inference(tmp_path: Path) -> Path:
    torch.manual_seed(3)
    names = {0: "entailment", 1: "neutral", 2: "contradiction"}
    config = _config(num_labels=3, id2label=names, label2id={name: i for i, name in names.items()})
    folder = tmp_path / "inference"
    transformers.BertForSequenceClassification(config).save_pretrained(folder)
    _tokenizer().save_pretrained(folder)
    return folder


def _check(model: str, targets: tuple[Target, ...]) -> None:
    labeller = load_labeller(model, targets)
    predictions = labeller.predict(TEXTS)
    for text, prediction in zip(TEXTS, predictions, strict=True):
        (alone,) = labeller.predict([text])
        for key, score in prediction.stances.items():
            assert sum(score.probabilities) == pytest.approx(1.0, abs=1e-5)
            assert alone.stances[key].probabilities == pytest.approx(score.probabilities, abs=1e-4)
            assert bool(score.evidence) == (score.stance is not Stance.NONE)


def test_a_folder_of_the_embedded_kind(
    tmp_path: Path, tiny: StanceModel, tokenizer: Tokenizer, targets: tuple[Target, ...]
) -> None:
    save_model(tmp_path, tiny, tokenizer)
    _check(str(tmp_path), targets)


def test_a_model_around_another_encoder(backbone: Path, targets: tuple[Target, ...]) -> None:
    _check(str(backbone), targets)
    one, two = load_labeller(str(backbone), targets), load_labeller(str(backbone), targets)
    assert one.version == two.version
    torch.testing.assert_close(one.logits(TEXTS), two.logits(TEXTS))


def test_around_another_encoder_swapped_names_swap_labels(backbone: Path, targets: tuple[Target, ...]) -> None:
    labeller = load_labeller(str(backbone), targets)
    (stance, _) = labeller.logits(["ロシアは嘘つきだ", "ウクライナは嘘つきだ"])
    torch.testing.assert_close(stance[0, 1], stance[1, 2])


def test_zero_shot_inference(inference: Path, targets: tuple[Target, ...]) -> None:
    _check(f"nli:{inference}", targets)
    (prediction,) = load_labeller(f"nli:{inference}", targets).predict(["弁当がうまい"])
    assert prediction.model == f"nli:{inference}"
    assert {score.stance for score in prediction.stances.values()} == {Stance.NONE}


def test_a_model_without_entailment_is_refused(plain: Path, tmp_path: Path, targets: tuple[Target, ...]) -> None:
    folder = tmp_path / "feelings"
    transformers.BertForSequenceClassification(_config(num_labels=2)).save_pretrained(folder)
    _tokenizer().save_pretrained(folder)
    with pytest.raises(ModelUnavailable, match="entailment"):
        load_labeller(f"nli:{folder}", targets)


def test_a_tampered_saved_form_is_refused(backbone: Path, targets: tuple[Target, ...]) -> None:
    config = json.loads((backbone / "tachiba.json").read_text(encoding="utf-8"))
    for change in ({"stances": ["against", "favor", "neutral", "none"]}, {"format_version": 2}, {"extra": 1}):
        (backbone / "tachiba.json").write_text(json.dumps(config | change), encoding="utf-8")
        with pytest.raises(ModelUnavailable):
            load_labeller(str(backbone), targets)
    (backbone / "tachiba.json").write_text(json.dumps(config), encoding="utf-8")
    (backbone / "heads.safetensors").unlink()
    with pytest.raises(ModelUnavailable):
        load_labeller(str(backbone), targets)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("nobody/no-such-model", "TACHIBA_ALLOW_NETWORK=1"),
        ("nli:nobody/no-such-model", "TACHIBA_ALLOW_NETWORK=1"),
        ("./no/such/folder", "no such folder"),
        ("", "no such folder"),
    ],
)
def test_what_is_not_there_is_refused_with_a_next_step(
    name: str, expected: str, targets: tuple[Target, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TACHIBA_ALLOW_NETWORK", raising=False)
    with pytest.raises(ModelUnavailable, match=expected):
        load_labeller(name, targets)


def test_an_id_in_the_local_cache_is_found(
    backbone: Path, targets: tuple[Target, ...], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    cache = tmp_path / "cache"
    revision = "0" * 40
    entry = cache / "models--someone--stance"
    (entry / "refs").mkdir(parents=True)
    (entry / "refs" / "main").write_text(revision, encoding="utf-8")
    (entry / "snapshots").mkdir()
    backbone.rename(entry / "snapshots" / revision)
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(cache))
    assert load_labeller("someone/stance", targets).name == "tuned"
