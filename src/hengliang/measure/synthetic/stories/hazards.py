"""Geological hazards: register, inspections, works, monitoring points with instruments and warnings."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from hengliang.measure.synthetic.city import City, Row
from hengliang.measure.synthetic.codes import document_no, hazard, point
from hengliang.measure.synthetic.dice import Dice, digest

_KINDS = ("01", "02", "03", "04")
_DEVICES = ("GNSS", "CRACK", "CRACK", "TILT", "RAIN")
SENSORS = {"GNSS": ("L1_GP_1", "gpsTotalX", "mm"), "CRACK": ("L1_LF_1", "value", "mm"),
            "TILT": ("L1_QJ_1", "angle", "°"), "RAIN": ("L3_YL_1", "value", "mm")}  # fmt: skip
"""Channel, quantity and unit of each kind of instrument."""
_RECENT = 25


def hazard_register(city: City, dice: Dice) -> Iterator[Row]:
    for number in range(city.counts["points"] + city.counts["some"]):
        plot = city.land.plot("hazard")
        kind = dice.pick(_KINDS)
        size = dice.pick(("SMALL", "SMALL", "MEDIUM", "LARGE"))
        yield {
            "hazard_id": hazard(plot.county, kind, number), "hazard_type": kind, "scale": size,
            "danger_level": size, "threatened_persons": dice.whole(5, 180),
            "threatened_yuan": dice.amount(200_000, 9_000_000),
            "registered_on": dice.day(city.day(1, 5, -6), city.day(11, 30, -2)), "lon": plot.lon,
            "lat": plot.lat, "region_code": plot.county,
        }  # fmt: skip


def hazard_inspection(city: City, dice: Dice) -> Iterator[Row]:
    rounds = {"PRE": (1, 3), "IN": (4, 9), "POST": (10, 12)}
    visits: dict[object, int] = {}
    for number, place in enumerate(city.rows("hazard_register")[: -city.counts["few"]]):
        for name, (first, last) in rounds.items():
            if dice.chance(0.02):
                continue
            day = dice.day(city.day(first, 3), city.day(last, 20))
            visits[day] = visits.get(day, 0) + 1
            at = datetime.combine(day, time(dice.whole(8, 15), dice.whole(0, 59)))
            found = "NONE" if dice.chance(0.9) else dice.pick(("CHANGED", "NEW", "URGENT"))
            yield {
                "insp_id": f"XC-{number:05d}-{name}", "hazard_id": place["hazard_id"], "round": name,
                "inspected_at": at, "inspector_id": f"U{visits[day]:04d}",
                "lon": round(place["lon"] + dice.whole(-40, 40) / 1e5, 6),
                "lat": round(place["lat"] + dice.whole(-40, 40) / 1e5, 6), "pos_method": "GNSS_PHONE",
                "pos_accuracy_m": dice.amount(2, 9, 1), "pos_datum": "CGCS2000", "finding": found,
                "deformation_mm": dice.amount(1, 20, 1) if found == "CHANGED" else None,
                "measure": None if found == "NONE" else dice.pick(("WARN", "MONITOR", "WORKS")),
                "region_code": place["region_code"],
            }  # fmt: skip


def hazard_mitigation(city: City, dice: Dice) -> Iterator[Row]:
    for number, place in enumerate(city.rows("hazard_register")[: city.counts["some"]]):
        due = dice.day(city.day(6, 1), city.day(12, 15))
        started = dice.later(due - timedelta(days=130), 0, 20)
        finished = dice.later(due - timedelta(days=40), 0, 38)
        accepted = dice.later(finished, 3, 15)
        yield {
            "work_id": f"ZL-{number:05d}", "hazard_id": place["hazard_id"],
            "work_kind": dice.pick(("CLEAR", "ANCHOR", "DRAIN", "RETAIN", "RELOCATE")), "due_on": due,
            "started_on": started, "finished_on": finished, "accepted_on": accepted,
            "effect_checked_on": dice.later(accepted, 10, 20), "built_by": f"B{dice.whole(1, 30):03d}",
            "accepted_by": f"V{dice.whole(1, 40):03d}", "region_code": place["region_code"],
        }  # fmt: skip


def monitoring_point(city: City, dice: Dice) -> Iterator[Row]:
    for number, place in enumerate(city.rows("hazard_register")[: city.counts["points"]]):
        built = dice.day(city.day(3, 1), city.day(10, 10))
        first = dice.later(built, 1, 8)
        yield {
            "point_id": point(place["region_code"], place["hazard_type"], number),
            "hazard_id": place["hazard_id"], "hazard_type": place["hazard_type"],
            "threatened_persons": place["threatened_persons"], "built_on": built, "first_data_on": first,
            "device_count": len(_DEVICES), "online_device_count": len(_DEVICES),
            "platform_id": f"HNPT-{number:06d}", "accepted_on": dice.later(first, 15, 50),
            "geom": f"POINT({place['lon'] + 0.0004:.6f} {place['lat'] + 0.0003:.6f})",
            "region_code": place["region_code"],
        }  # fmt: skip


def monitoring_device(city: City, dice: Dice) -> Iterator[Row]:
    # The last points are new: their instruments are not yet entered.
    points = city.rows("monitoring_point")
    for number, place in enumerate(points[: -city.counts["few"]]):
        for at, kind in enumerate(_DEVICES, 1):
            yield {
                "device_id": f"{place['point_id']}{at:04d}", "point_id": place["point_id"], "kind": kind,
                "maker": "合成仪器", "model": f"{kind}-1", "serial": f"SN-{number:06d}-{at}",
                "mounted_on": place["built_on"], "calibrated_on": place["built_on"] - timedelta(days=30),
                "interval_s": 3600, "interval_burst_s": 300, "status": "ACTIVE", "geom": place["geom"],
                "region_code": place["region_code"],
            }  # fmt: skip


def sensor_reading(city: City, dice: Dice) -> Iterator[Row]:
    """The last two days of the year of every instrument: a year of them is written in bulk."""
    for number, device in enumerate(city.rows("monitoring_device")[: _RECENT * city.counts["few"]]):
        channel, metric, unit = SENSORS[device["kind"]]
        base = 10 + number % 40
        for hour in range(48):
            at = datetime.combine(city.last, time()) + timedelta(hours=hour - 24)
            is_rain = device["kind"] == "RAIN"
            value = dice.amount(0, 3, 1) if is_rain else base + dice.amount(-0.6, 0.6, 2)
            yield {
                "device_id": device["device_id"], "sensor_code": channel, "metric": metric,
                "observed_at": at, "received_at": at + timedelta(seconds=dice.whole(1, 40)), "value": value,
                "unit": unit, "quality": 0,
            }  # fmt: skip


def warning_event(city: City, dice: Dice) -> Iterator[Row]:
    minutes = {"RED": 20, "ORANGE": 25, "YELLOW": 100, "BLUE": 1200}
    for number, place in enumerate(city.rows("monitoring_point")[: city.counts["points"] * 9 // 10] * 2):
        level = dice.pick(tuple(minutes))
        issued = dice.at(dice.day(city.day(4, 1), city.day(12, 20)))
        known = issued + timedelta(minutes=dice.whole(2, minutes[level]))
        handled = known + timedelta(minutes=dice.whole(30, 400))
        yield {
            "warning_id": f"YJ-{number:05d}", "point_id": place["point_id"], "level": level,
            "issued_at": issued, "criterion": "合成阈值", "acknowledged_at": known, "handled_at": handled,
            "evacuated_persons": 0, "outcome": dice.pick(("TRUE", "TRUE", "FALSE_ALARM", "TEST")),
            "lifted_at": handled + timedelta(hours=dice.whole(2, 30)), "region_code": place["region_code"],
        }  # fmt: skip


def project_document(city: City, dice: Dice) -> Iterator[Row]:
    kinds = ("FEASIBILITY", "IMPLEMENTATION_PLAN", "PERFORMANCE_TARGET", "BUDGET", "TENDER", "CONTRACT")
    for project in range(city.counts["few"] // 3):
        for at, kind in enumerate(kinds):
            serial = project * len(kinds) + at + 1
            yield {
                "project_id": f"XM-{project + 1:03d}", "doc_type": kind,
                "doc_no": document_no("地", city.year, serial),
                "doc_date": city.day(1, 4) + timedelta(days=serial // 8),
                "sha256": digest("document", city.seed, serial),
            }  # fmt: skip


def budget_checklist(city: City, dice: Dice) -> Iterator[Row]:
    for project in range(city.counts["few"] // 2):
        for item in range(1, 6):
            claimed = dice.chance(0.95)
            yield {
                "project_id": f"XM-{project + 1:03d}", "item_no": item, "item": f"合成论证事项{item}",
                "required": True, "points": dice.amount(0.6, 0.6, 1), "claimed": claimed,
                "evidence_doc_no": document_no("评", city.year, project * 5 + item) if claimed else None,
                "verified_by": f"V{dice.whole(1, 40):03d}" if claimed else None,
                "verified_on": dice.day(city.day(2, 1), city.day(3, 30)) if claimed else None,
                "verdict": "YES" if claimed else None,
            }  # fmt: skip


STORIES = {
    story.__name__: story
    for story in (
        hazard_register, hazard_inspection, hazard_mitigation, monitoring_point, monitoring_device,
        sensor_reading, warning_event, project_document, budget_checklist,
    )
}  # fmt: skip
