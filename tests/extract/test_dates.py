"""Dates: every way of writing that the pages use, and nothing completed by guessing."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.dates import find_dates, from_epoch, parse_date
from pipeline.records import Dated, DateHow, Precision

STATED = [
    ("2022年 2月 21日", "2022-02-21"),
    ("２０２２年２月２１日（月）１２時３４分", "2022-02-21T12:34"),
    ("2021年12月31日(金)11時54分", "2021-12-31T11:54"),
    ("令和元年5月1日", "2019-05-01"),
    ("平成31年4月30日 午後3時05分", "2019-04-30T15:05"),
    ("昭和64年1月7日", "1989-01-07"),
    ("2014年3月22日 3:32 PM", "2014-03-22T15:32"),
    ("2014年3月22日 12:05 AM", "2014-03-22T00:05"),
    ("2022/02/21(月) 12:34:56.78", "2022-02-21T12:34:56"),
    ("22/02/21(月) 12:34:56", "2022-02-21T12:34:56"),
    ("2022. 2. 21.", "2022-02-21"),
    ("2022年2月21日 12:34 に投稿", "2022-02-21T12:34"),
    ("(2021年12月31日 11:27更新)", "2021-12-31T11:27"),
    ("June 28, 2015 at 10:25 pm", "2015-06-28T22:25"),
    ("Thursday, December 30, 2021", "2021-12-30"),
    ("Feb 7 '14 at 10:53", "2014-02-07T10:53"),
    ("12. März 2013 um 14:05 Uhr", "2013-03-12T14:05"),
    ("27.05.2019 um 13:18 Uhr", "2019-05-27T13:18"),
    ("1er mars 2013 à 14 h 05", "2013-03-01T14:05"),
    ("Mon, 21 Feb 2022 12:34:56 +0900", "2022-02-21T12:34:56"),
    ("2020-08-15T09:35:53-07:00", "2020-08-15T09:35:53"),
    ("2014-02-07 10:53:03Z", "2014-02-07T10:53:03"),
    ("13/08/2020", "2020-08-13"),
    ("2022年1月", "2022-01"),
    ("R4.2.21", "2022-02-21"),
]


@pytest.mark.parametrize(("text", "value"), STATED)
def test_a_date_written_in_full_is_read(text: str, value: str) -> None:
    dated = parse_date(text)
    assert dated is not None
    assert (dated.value, dated.how, dated.raw) == (value, DateHow.STATED, text)


@pytest.mark.parametrize(
    "text",
    [
        "3時間前",
        "2 日前",
        "3 hours ago",
        "an hour ago",
        "1 Monat her",
        "vor 3 Stunden",
        "about 2 hours ago",
        "il y a 3 heures",
        "たった今",
        "12月30日",
        "Feb 7 at 10:53",
    ],
)
def test_a_date_that_hangs_on_an_unknown_now_has_no_value(text: str) -> None:
    dated = parse_date(text)
    assert dated is not None
    assert (dated.value, dated.precision, dated.how, dated.raw) == (None, None, DateHow.RELATIVE, text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "100",
        "12:34",
        "3分",
        "10月",
        "2021年02月30日",
        "50分間で終了",
        "月",
        "1.5",
        "第3回",
        "山田太郎 2022年2月21日",
        "2022-02-21 2022-02-22",
        "1192年",
        "12/25",
    ],
)
def test_what_is_no_date_gives_none(text: str) -> None:
    assert parse_date(text) is None


def test_a_year_comes_from_the_anchor_and_is_marked_as_inferred() -> None:
    anchor = Dated("2022-01-02", Precision.DAY, DateHow.STATED, "2022年1月2日")
    dated = parse_date("12月30日 11:26", anchor=anchor)
    assert dated is not None
    assert (dated.value, dated.how) == ("2021-12-30T11:26", DateHow.INFERRED)


def test_day_and_month_that_cannot_be_told_apart_keep_only_the_year() -> None:
    dated = parse_date("11/08/2020 at 9:52")
    assert dated is not None
    assert (dated.value, dated.precision) == ("2020", Precision.YEAR)
    known = parse_date("11/08/2020 at 9:52", day_first=True)
    assert known is not None
    assert (known.value, known.how) == ("2020-08-11T09:52", DateHow.INFERRED)


def test_dates_in_running_text_have_positions_and_order() -> None:
    text = "2021年12月31日 11:26 (2021年12月31日 11:27更新) 3件"
    spans = find_dates(text)
    assert [text[s.start : s.end] for s in spans] == ["2021年12月31日 11:26", "2021年12月31日 11:27"]


@given(
    moment=st.datetimes(dt.datetime(1950, 1, 1), dt.datetime(2099, 12, 31)),
    form=st.sampled_from(
        [
            "%Y年%m月%d日 %H:%M",
            "%Y年 %m月 %d日 %H時%M分",
            "%Y-%m-%dT%H:%M",
            "%Y/%m/%d(月) %H:%M",
            "%B %d, %Y at %I:%M %p",
            "%d. %B %Y um %H:%M Uhr",
            "%d.%m.%Y %H:%M",
            "%b %d, %Y at %H:%M",
        ]
    ),
    wide=st.booleans(),
)
def test_what_was_written_comes_back(moment: dt.datetime, form: str, wide: bool) -> None:
    text = moment.strftime(form)
    if wide:
        text = text.translate(str.maketrans("0123456789:", "０１２３４５６７８９："))
    dated = parse_date(text)
    assert dated is not None
    assert (dated.value, dated.how) == (moment.strftime("%Y-%m-%dT%H:%M"), DateHow.STATED)


@given(st.text(alphabet="0123456789年月日時分:/.-() aApPmM前令和元Tぁ１２", max_size=40))
def test_any_text_gives_spans_that_hold_their_raw_text_and_real_days(text: str) -> None:
    end = 0
    for span in find_dates(text):
        assert end <= span.start < span.end
        assert span.dated.raw == text[span.start : span.end]
        if span.dated.value and span.dated.precision in (Precision.DAY, Precision.MINUTE, Precision.SECOND):
            dt.datetime.fromisoformat(span.dated.value)
        end = span.end


def test_epoch_attributes_are_read_in_utc() -> None:
    dated = from_epoch("1559192764955")
    assert dated is not None
    assert (dated.value, dated.precision) == ("2019-05-30T05:06:04", Precision.SECOND)
    assert from_epoch("155919276") is None
