"""Charts are images with words: no script, no style attribute, every value in the alternative."""

from datetime import date

from policytracker.pages import charts
from policytracker.pages.charts import Axis, Run, Term

AXIS = Axis(date(2023, 1, 1), date(2025, 1, 1))


def test_a_scoreboard_says_every_count_in_words():
    drawn = charts.scoreboard({"fulfilled": 11, "stalled": 8, "not_rated": 0})

    assert 'role="img" aria-label="Fulfilled 11, Stalled 8"' in drawn


def test_an_empty_scoreboard_says_so():
    assert 'aria-label="Nothing to show"' in charts.scoreboard({})


def test_segments_fill_the_bar_up_to_its_end():
    drawn = charts.scoreboard({"fulfilled": 1, "stalled": 1})

    assert 'x="50.15%" y="0.00" width="49.85%"' in drawn


def test_textured_statuses_carry_a_second_cue():
    drawn = charts.scoreboard({"stalled": 8})

    assert 'class="p-stalled"' in drawn


def test_a_strip_tells_from_when_each_status_held():
    runs = [Run(date(2023, 1, 27), date(2023, 4, 26), "not_started"), Run(date(2023, 4, 26), AXIS.end, "fulfilled")]

    drawn = charts.status_strip(AXIS, runs, "Report")

    assert 'aria-label="Report: Not started from 27 January 2023; Fulfilled from 26 April 2023"' in drawn


def test_what_lies_outside_the_axis_is_kept_at_its_edge():
    assert (AXIS.x(date(2020, 1, 1)), AXIS.x(date(2030, 1, 1))) == (0.0, 100.0)


def test_the_current_holder_is_named_however_short_the_term():
    drawn = charts.tenure_strip(AXIS, [Term(date(2024, 12, 25), AXIS.end, "Chung Dong-young")], "Minister")

    assert ">Chung</text>" in drawn


def test_names_are_escaped():
    drawn = charts.tenure_strip(AXIS, [Term(AXIS.start, AXIS.end, '<b onload="x">')], "Minister")

    assert "<b" not in drawn


def test_no_chart_carries_a_style_attribute_or_script():
    drawn = "".join(
        [
            charts.scoreboard({"fulfilled": 1}),
            charts.columns([("Jan", 1), ("Feb", 0)]),
            charts.stacked_columns([("Jan", {"stalled": 2})]),
            charts.burn_up([("Jan", 2, 1)]),
            charts.year_labels(AXIS),
            charts.share(1, 2),
        ]
    )

    assert "style=" not in drawn
    assert "<script" not in drawn
