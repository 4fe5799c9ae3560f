"""A year of readings, alarms and patrols (合成数据) at real volume, made by the engine that writes them.

Every value is a function of its place and the seed, so that nothing is held in memory and each run gives the
same file. The last two days of the year are those of the stories, in the file beside it.
"""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import duckdb

from hengliang.measure.synthetic.city import City
from hengliang.measure.synthetic.filling import SOURCE
from hengliang.measure.synthetic.places import PLACE
from hengliang.measure.synthetic.stories.hazards import SENSORS
from hengliang.measure.table import literal

MEMORY = "1GB"
"""What the engine may hold while it writes."""


def bulk_name(ledger: str) -> str:
    """The name of the file of a year of a series."""
    return f"{ledger}-{SOURCE}-bulk.parquet"


def write_bulk(folder: Path, city: City) -> dict[str, int]:
    """Writes the series of a city or a province as Parquet; how many rows each has. Raises OSError."""
    written: dict[str, int] = {}
    with duckdb.connect() as connection:
        connection.execute(f"set memory_limit = '{MEMORY}'")
        connection.execute("select setseed(0)")
        for ledger, query in (
            ("sensor_reading", _sensors(connection, city)),
            ("groundwater_reading", _levels(connection, city)),
            ("tower_alarm", _alarms(city)),
            ("field_patrol", _patrols(city)),
        ):
            path = folder / bulk_name(ledger)
            said = f"{SOURCE}，种子 {city.seed}，全部内容均为虚构 (synthetic)"
            copied = connection.execute(
                f"copy ({query}) to {literal(str(path))} "
                f"(format parquet, compression zstd, kv_metadata {{note: {literal(said)}}})"
            ).fetchall()
            written[ledger] = int(copied[0][0])
    return written


def _listed(
    connection: duckdb.DuckDBPyConnection, name: str, columns: str, rows: Sequence[tuple[object, ...]]
) -> None:
    connection.execute(f"create or replace temp table {name} ({columns})")
    connection.executemany(f"insert into {name} values ({', '.join('?' * len(rows[0]))})", rows)


def _noise(city: City, *places: str) -> str:
    """A number from 0 to 999 that belongs to a place."""
    return f"(hash({', '.join((*places, str(city.seed)))}) % 1000)::int"


def _sensors(connection: duckdb.DuckDBPyConnection, city: City) -> str:
    """Hourly readings of all instruments; 1 in 100 is missing."""
    recent = {row["device_id"] for row in city.rows("sensor_reading")}
    devices = [
        (number, row["device_id"], *SENSORS[row["kind"]], row["device_id"] in recent)
        for number, row in enumerate(city.rows("monitoring_device"))
        if row["kind"] in SENSORS
    ]
    _listed(
        connection, "devices", "n int, id text, channel text, metric text, unit text, recent bool", devices
    )
    hours = ((city.last - city.first).days + 1) * 24
    noise = _noise(city, "n", "h")
    return (
        f"select id as device_id, channel as sensor_code, metric, "
        f"timestamp '{city.first}' + to_hours(h::int) as observed_at, "
        f"timestamp '{city.first}' + to_hours(h::int) + to_seconds({noise} % 40 + 1) as received_at, "
        f"(case when channel like 'L3%' then greatest(0, {noise} - 900) * 0.1 "
        f"else 10 + n % 40 + ({noise} - 500) * 0.001 end)::decimal(12, 4) as value, unit, 0 as quality "
        f"from devices, range({hours}) r(h) "
        f"where not (recent and h >= {hours - 48}) and {_noise(city, 'n', 'h', '7')} >= 10"
    )


def _levels(connection: duckdb.DuckDBPyConnection, city: City) -> str:
    stations = [(at, row["station_id"]) for at, row in enumerate(city.rows("groundwater_station"))]
    _listed(connection, "stations", "n int, id text", stations)
    hours = ((city.last - city.first).days + 1) * 24 - 48
    noise = _noise(city, "n", "h")
    return (
        f"select id as station_id, timestamp '{city.first}' + to_hours(h::int) as observed_at, "
        f"(50 + n + ({noise} - 500) * 0.0004)::decimal(12, 4) as level_m, "
        f"(17 + {noise} % 20 * 0.1)::decimal(8, 1) as temp_c, 0 as quality "
        f"from stations, range({hours}) r(h) where {_noise(city, 'n', 'h', '7')} >= 10"
    )


def _record(city: City, number: str) -> str:
    """The columns that every record has."""
    return (
        f"md5(concat('{city.seed}/', {number})) as record_id, '{PLACE.code}' as region_code, "
        f"{city.year} as fiscal_year, '{SOURCE}' as source_system, "
    )


def _alarms(city: City) -> str:
    """120 alarms a year of every tower, verified within a day but for 1 in 50."""
    count = city.counts["towers"] * 120
    one, two = _noise(city, "i"), _noise(city, "i", "3")
    first = timedelta(days=2)
    return (
        f"select format('BJ-{{:09d}}', i) as alarm_id, format('TT-{{:05d}}', i // 120) as tower_id, "
        f"{_record(city, 'i')}"
        f"moment as alarm_at, ['EXCAVATION', 'BUILDING', 'DUMPING', 'SMOKE'][one % 4 + 1] as kind, "
        f"(0.6 + one * 0.0003)::decimal(4, 2) as confidence, md5(concat('clip', i)) as clip_sha256, "
        f"case when two >= 20 then moment + to_minutes(10 + two) end as verified_at, "
        f"case when two >= 20 then if(one % 3 = 0, 'TRUE', 'FALSE') end as verdict, "
        f"case when two >= 20 then format('V{{:06d}}', i // 40) end as verifier_id, "
        f"case when two >= 20 and one % 3 = 0 then format('TB-A{{:09d}}', i) end as spot_id, "
        f"case when two >= 20 and one % 3 = 0 then moment::date + 30 end as rectify_due, "
        f"case when two >= 20 and one % 3 = 0 then moment::date + 3 + one % 26 end as rectified_on, "
        f"moment + to_days(3) as recorded_at, format('R{{:03d}}', one % 60) as recorded_by, "
        f"[format('HC-A{{:09d}}', i)] as evidence_id, [md5(concat('evidence', i))] as evidence_sha256, "
        f"'{PLACE.middle}' as geom, 'MAP' as pos_method, 5 as pos_accuracy_m, 'CGCS2000' as pos_datum "
        f"from (select i, {one} as one, {two} as two, timestamp '{city.first + first}' + "
        f"to_minutes((i % 120)::int * 4300 + {one}) as moment from range({count}) r(i))"
    )


def _patrols(city: City) -> str:
    """One patrol a week of every grid."""
    one = _noise(city, "i")
    return (
        f"select format('XT-{{:09d}}', i) as patrol_id, format('WG-{{:06d}}', i // 52) as grid_id, "
        f"{_record(city, 'i')}format('TZ{{:06d}}', i // 52) as chief_id, 'GRID' as chief_level, "
        f"moment as started_at, "
        f"moment + to_minutes(30 + one % 60) as ended_at, (600 + one)::decimal(8, 1) as track_m, "
        f"(30 + one % 60) * 6 as track_points, (85 + one % 15)::decimal(5, 1) as inside_pct, "
        f"one % 5 = 0 as issue_found, "
        f"if(one % 5 = 0, ['BUILDING', 'POND', 'TREE'][one % 3 + 1], null) as issue_kind, "
        f"if(one % 5 = 0, moment::date + 20, null) as issue_due, "
        f"if(one % 5 = 0, moment::date + 2 + one % 17, null) as issue_closed_on, "
        f"format('TZ{{:06d}}', i // 52) as person_id, format('PH-TZ{{:06d}}', i // 52) as device_id, "
        f"moment + to_days(2) as recorded_at, format('R{{:03d}}', one % 60) as recorded_by "
        f"from (select i, {one} as one, timestamp '{city.first}' + to_days((i % 52)::int * 7) "
        f"+ to_minutes(480 + {one} % 480) as moment from range({city.counts['grids'] * 52}) r(i))"
    )
