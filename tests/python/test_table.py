"""Tables are read by the real libraries, values, units and all."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import rapport as rp
from conftest import small_project


@pytest.fixture(scope="module")
def plan() -> rp.Plan:
    return small_project().schedule()


def test_every_reader_sees_the_same_dates(plan: rp.Plan) -> None:
    expected = [datetime(2027, 3, 1, 8), datetime(2027, 3, 3, 8), datetime(2027, 3, 4, 8)]
    table = plan.activities
    assert table["early_start"] == expected
    assert pl.DataFrame(table)["early_start"].to_list() == expected
    assert pa.table(table)["early_start"].to_pylist() == expected
    assert list(pd.DataFrame.from_arrow(table)["early_start"]) == [pd.Timestamp(each) for each in expected]
    arrow = pa.table(table)  # noqa: F841  duckdb finds it by name
    found = duckdb.sql("select early_start from arrow order by early_start").fetchall()
    assert [row[0] for row in found] == expected


def test_a_notebook_shows_a_card_of_the_first_rows_escaped() -> None:
    table = rp.Table.from_arrow(pa.table({"<script>": [f"<b>{n}</b>" for n in range(30)]}))
    card = table._repr_html_()
    assert "<script" not in card
    assert "<b>" not in card
    assert card.count("&lt;b&gt;") == 10
    assert "20" in card.partition("</table>")[2], "how many rows are left out"


def test_units_travel_as_field_metadata(plan: rp.Plan) -> None:
    schema = pa.table(plan.activities).schema
    assert schema.field("total_float_minutes").metadata[b"unit"] == b"min"
    assert plan.activities.units["total_float_minutes"] == "min"


def test_a_table_made_elsewhere_comes_back_equal(plan: rp.Plan) -> None:
    table = plan.activities
    assert rp.Table.from_arrow(pa.table(table)).rows() == table.rows()


def test_money_and_work_keep_their_types() -> None:
    source = pa.table(
        {
            "cost": pa.array([Decimal("12.50"), None], pa.decimal128(19, 2)),
            "work": pa.array([timedelta(hours=3), timedelta(0)], pa.duration("s")),
            "name": pa.array(["泵站", ""], pa.large_string()),
            "ok": [True, None],
            "n": pa.array([1, -2], pa.int16()),
        }
    )
    table = rp.Table.from_arrow(source)
    assert table["cost"] == [Decimal("12.50"), None]
    assert table["work"] == [timedelta(hours=3), timedelta(0)]
    assert table["name"] == ["泵站", ""]
    assert table["ok"] == [True, None]
    assert table["n"] == [1, -2]


def test_a_sliced_stream_of_several_batches_is_read_whole() -> None:
    whole = pa.table({"n": list(range(100)), "t": [str(i) for i in range(100)]})
    parts = pa.Table.from_batches(whole.slice(7, 60).to_batches(max_chunksize=13))
    assert rp.Table.from_arrow(parts).rows() == parts.to_pylist()


def test_an_unknown_column_type_is_named() -> None:
    with pytest.raises(rp.InvalidInput, match="inner"):
        rp.Table.from_arrow(pa.table({"inner": [{"a": 1}]}))


def test_an_unknown_column_suggests_the_nearest(plan: rp.Plan) -> None:
    with pytest.raises(rp.NotFound) as caught:
        plan.activities["erly_start"]
    assert "early_start" in caught.value.nearest


def test_csv_is_what_pandas_reads(plan: rp.Plan) -> None:
    from io import StringIO

    frame = pd.read_csv(StringIO(plan.activities.to_csv()))
    assert list(frame["key"]) == ["A", "B", "C"]
    assert list(frame["early_finish"]) == ["2027-03-02T17:00", "2027-03-03T17:00", "2027-03-08T17:00"]
