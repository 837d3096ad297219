from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import BadTargets
from pipeline.targets import find_mentions, find_related, load_targets

CHINA = '[china]\nja = "中国"\nen = "China"\naliases = ["中国", "北京"]\n'


def test_a_file_of_ones_own_with_words_that_point_to_its_target(tmp_path: Path) -> None:
    file = tmp_path / "t.toml"
    file.write_text(f'{CHINA}related = "china.txt"\n', encoding="utf-8")
    (tmp_path / "china.txt").write_text("上海\n\n中南海 \n上海\n", encoding="utf-8")
    (china,) = load_targets(file)
    assert china.related == ("上海", "中南海")
    assert [(span.start, span.end) for span in find_related("北京と上海", china)] == [(3, 5)]
    assert [(span.start, span.end) for span in find_mentions("北京と上海", china)] == [(0, 2)]


def test_related_words_are_optional(tmp_path: Path) -> None:
    file = tmp_path / "t.toml"
    file.write_text(CHINA, encoding="utf-8")
    (china,) = load_targets(file)
    assert find_related("上海", china) == ()


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (f'{CHINA}related = "nowhere.txt"\n', "nowhere.txt"),
        (f"{CHINA}related = 3\n", "related"),
        (f'{CHINA}related = ""\n', "related"),
        (f'{CHINA}related = "no/where.txt"\n', "where.txt"),
        (f'{CHINA}related = "a\\u0000b"\n', "null"),
        (f'{CHINA}related = "bytes.txt"\n', "related"),
        (f'{CHINA}guarded = "中"\n', "aliases as a list"),
        (f'{CHINA}related = "one.txt"\n', "海"),
        ("[china]\nja = '中国'\n", "ja and en"),
        ("[china]\nja = '中国'\nen = 'China'\n", "no alias"),
        ("[China]\nja = '中国'\nen = 'China'\naliases = ['x']\n", "lower-case"),
        ("", "no target"),
        ("[china", ""),
    ],
)
def test_a_bad_file_is_named_and_what_is_wrong_in_it(tmp_path: Path, text: str, named: str) -> None:
    file = tmp_path / "t.toml"
    file.write_text(text, encoding="utf-8")
    (tmp_path / "one.txt").write_text("上海\n海\n", encoding="utf-8")
    (tmp_path / "bytes.txt").write_bytes(b"\xff\xfe")
    with pytest.raises(BadTargets) as caught:
        load_targets(file)
    message = caught.value.message("en")
    assert str(file) in message
    assert named in message
