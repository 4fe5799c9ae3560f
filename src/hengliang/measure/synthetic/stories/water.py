"""Groundwater: stations, readings, samples, months and reports."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from hengliang.measure.synthetic.city import City, Row
from hengliang.measure.synthetic.codes import uscc
from hengliang.measure.synthetic.dice import Dice, digest


def groundwater_station(city: City, dice: Dice) -> Iterator[Row]:
    wells = city.counts["few"] + 8
    for number in range(wells):
        plot, since = city.land.plot("well"), dice.day(city.day(1, 5, -5), city.day(12, 1, -2))
        yield {
            "station_id": f"{plot.county}{number:06d}", "network": dice.pick(("STATE", "PROVINCE", "CITY")),
            "aquifer": dice.pick(("PORE", "KARST", "FISSURE")), "depth_m": dice.amount(230, 260, 1),
            "datum_m": dice.amount(200, 220, 3), "mode": "AUTO",
            "required_from": since if number < wells - _new(city) else city.day(1, 5, 1),
            "geom": plot.point, "region_code": plot.county,
        }  # fmt: skip


def _new(city: City) -> int:
    """Wells on trial, which nobody requires anything of before the next year."""
    return city.counts["few"] // 4


def groundwater_reading(city: City, dice: Dice) -> Iterator[Row]:
    """The last two days of the year: a year of them is written in bulk."""
    for number, station in enumerate(city.rows("groundwater_station")):
        for hour in range(48):
            level = 50 + number + dice.amount(-0.2, 0.2, 3)
            yield {
                "station_id": station["station_id"],
                "observed_at": datetime.combine(city.last, time()) + timedelta(hours=hour - 24),
                "level_m": level, "temp_c": dice.amount(17, 19, 1), "quality": 0,
            }  # fmt: skip


def groundwater_month(city: City, dice: Dice) -> Iterator[Row]:
    for station in city.rows("groundwater_station")[: -_new(city)]:
        level = dice.amount(40, 90, 3)
        for month in range(1, 13):
            hours = 24 * monthrange(city.year, month)[1]
            mean = level + dice.amount(-0.5, 0.5, 3)
            yield {
                "station_id": station["station_id"], "month": f"{city.year}-{month:02d}",
                "expected_readings": hours, "received_readings": hours - dice.whole(0, hours // 30),
                "flatline_hours": dice.amount(0, 20, 1), "max_gap_h": dice.amount(1, 9, 1),
                "level_mean_m": mean, "level_min_m": mean - Decimal("0.4"),
                "level_max_m": mean + Decimal("0.4"),
                "sampled_on": date(city.year, month, dice.whole(5, 20)), "wq_class": "III",
                "worst_item": "总硬度", "region_code": station["region_code"],
            }  # fmt: skip


def groundwater_sample(city: City, dice: Dice) -> Iterator[Row]:
    for number, station in enumerate(city.rows("groundwater_station")[: -_new(city)] * 3):
        yield {
            "sample_id": f"SY-{number:05d}", "station_id": station["station_id"],
            "sampled_on": dice.day(city.day(1, 10), city.day(12, 10)),
            "laboratory_uscc": uscc(580 + number % 4),
            "results": f"pH={dice.amount(6.5, 8.5)};NO3={dice.amount(1, 18, 3)};Cl={dice.amount(5, 90, 3)}",
            "wq_class": "III", "worst_item": "总硬度", "region_code": station["region_code"],
        }  # fmt: skip


def groundwater_report(city: City, dice: Dice) -> Iterator[Row]:
    """The reports of the year, and those of the years before."""
    required = len(city.rows("groundwater_station"))
    for back in range(city.counts["few"] // 4 + 1):
        for kind, length, mark in (("MONTH", 1, "-{:02d}"), ("QUARTER", 3, "-Q{}"), ("HALF", 6, "-H{}"),
                                   ("YEAR", 12, "")):  # fmt: skip
            for number in range(1, 12 // length + 1):
                year, month = city.year - back, number * length
                end = date(year, month, monthrange(year, month)[1])
                due = end + timedelta(days=12)
                sent = dice.later(end, 2, 6)
                period = f"{year}{mark.format(number)}"
                yield {
                    "report_id": f"GW-{kind[0]}-{period}", "period_type": kind, "period": period,
                    "due_on": due,
                    "submitted_on": sent, "accepted_on": dice.later(sent, 2, 6),
                    "stations_required": required,
                    "stations_reported": required, "readings_sha256": digest("readings", kind, period),
                    "classes": "III",
                    "fiscal_year": year,
                }  # fmt: skip


STORIES = {
    story.__name__: story
    for story in (
        groundwater_station, groundwater_reading, groundwater_month, groundwater_sample, groundwater_report,
    )
}  # fmt: skip
