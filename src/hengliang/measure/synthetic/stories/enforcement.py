"""Enforcement and watching: spots, cases, releases of spots, towers, field patrols, changes of land."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from decimal import Decimal

from hengliang.measure.synthetic.city import City, Row
from hengliang.measure.synthetic.codes import document_no, uscc, village
from hengliang.measure.synthetic.dice import Dice, digest


def violation_spot(city: City, dice: Dice) -> Iterator[Row]:
    for number in range(city.counts["many"]):
        plot = city.land.plot("violation", 0.0004 + dice.whole(0, 10) * 0.0001)
        found = dice.day(city.day(1, 5), city.day(8, 31))
        judged = "ILLEGAL" if dice.chance(0.6) else dice.pick(("LEGAL", "PSEUDO", "TEMPORARY", "FACILITY"))
        is_bad, kind = judged == "ILLEGAL", dice.pick(("LAND", "BUILDING"))
        source = dice.pick(("SATELLITE", "PATROL", "TOWER", "REPORT", "UAV"))
        surveyed = dice.later(found, 1, 12)
        mended = dice.later(surveyed, 15, 70) if is_bad and dice.chance(0.9) else None
        way = dice.pick(("DEMOLISH", "RECLAIM", "LEGALISE")) if is_bad else None
        yield {
            "spot_id": f"TB-{city.year}-{number:06d}", "kind": kind, "source": source,
            "image_before": f"GF-{city.year - 1}-{number}" if source == "SATELLITE" else None,
            "image_after": f"GF-{city.year}-{number}" if source == "SATELLITE" else None, "found_on": found,
            "surveyed_on": surveyed, "judged": judged, "area_m2": plot.area,
            "farmland_m2": round(plot.area / 3, 2), "basic_farmland_m2": round(plot.area / 9, 2),
            "building_area_m2": round(plot.area / 2, 2) if kind == "BUILDING" else None,
            "must_rectify": is_bad, "rectify_kind": way,
            "approval_no": document_no("补", city.year, number) if way == "LEGALISE" else None,
            "rectify_due": found + timedelta(days=110) if is_bad else None, "rectified_on": mended,
            "dept_accepted_on": dice.later(mended, 2, 14) if mended else None,
            "accept_dept": "NATURAL_RESOURCES" if mended else None,
            "accepted_by": f"V{dice.whole(1, 40):03d}",
            "geom": plot.wkt, "srid_source": 4490, "region_code": plot.county,
        }  # fmt: skip


def violation_case(city: City, dice: Dice) -> Iterator[Row]:
    for number in range(city.counts["many"] // 2):
        clue = city.day(1, 4) + timedelta(days=number * 200 // (city.counts["many"] // 2))
        verified = clue + timedelta(days=2)
        filed = verified + timedelta(days=4)
        surveyed = filed + timedelta(days=5)
        decided = filed + timedelta(days=25)
        closed = decided + timedelta(days=30)
        yield {
            "case_id": f"AJ-{city.year}-{number:05d}", "clue_on": clue, "verified_on": verified,
            "filed_on": filed, "surveyed_on": surveyed, "survey_unit_uscc": uscc(600 + number % 12),
            "decision_on": decided, "decision_doc_no": document_no("罚", city.year, number + 1),
            "penalty_yuan": dice.amount(1_000, 90_000), "demolish_m2": dice.amount(0, 900),
            "confiscate_m2": Decimal(0), "suspended": False, "closed_on": closed,
            "closing_doc_no": document_no("结", city.year, number + 1),
        }  # fmt: skip


def spot_release(city: City, dice: Dice) -> Iterator[Row]:
    """The releases of the year, and those of the years before."""
    for back in range(city.counts["few"] // 4 + 1):
        for month in range(1, 13):
            start = city.day(month, 1, -back)
            end = start + timedelta(days=24)
            released = end + timedelta(days=2)
            planned = end + timedelta(days=4)
            name = f"{start:%Y-%m}"
            yield {
                "release_id": f"FB-{name}", "period": name, "period_kind": "MONTH", "planned_on": planned,
                "released_on": released, "image_from": start, "image_to": end,
                "spot_count": dice.whole(20, 80),
                "covered_area_m2": dice.amount(1.4e10, 1.5e10), "payload_sha256": digest("release", name),
                "recipients": ["县市区局"], "accepted_on": released + timedelta(days=2),
                "fiscal_year": city.year - back,
            }  # fmt: skip


def tower_site(city: City, dice: Dice) -> Iterator[Row]:
    for number in range(city.counts["towers"]):
        plot = city.land.plot("tower")
        for month in range(1, 13):
            yield {
                "tower_id": f"TT-{number:05d}", "county_code": plot.county,
                "installed_on": city.day(12, 1, -1), "view_radius_m": 3000, "sectors": ["0-120", "120-240"],
                "departments": ["自然资源", "农业"], "month": f"{city.year}-{month:02d}",
                "online_hours": dice.amount(600, 670, 1), "geom": plot.point, "srid_source": 4490,
                "region_code": plot.county,
            }  # fmt: skip


def tower_alarm(city: City, dice: Dice) -> Iterator[Row]:
    for number, site in enumerate(city.rows("tower_site")):
        if number >= 96 or number % 12 == 11:
            continue
        at = dice.at(dice.day(city.day(1, 5), city.day(12, 20)), 6, 20)
        kind = dice.pick(("EXCAVATION", "BUILDING", "MINING", "DUMPING", "SMOKE", "FIRE"))
        verdict = dice.pick(("TRUE", "FALSE", "FALSE"))
        known = at + timedelta(minutes=dice.whole(20, 1300))
        is_land = verdict == "TRUE" and kind not in ("SMOKE", "FIRE")
        due = at.date() + timedelta(days=30)
        yield {
            "alarm_id": f"BJ-X{number:06d}", "tower_id": site["tower_id"], "alarm_at": at, "kind": kind,
            "confidence": dice.amount(0.6, 0.99, 2), "clip_sha256": digest("clip", number),
            "verified_at": known, "verdict": verdict, "verifier_id": f"V{dice.whole(1, 40):03d}",
            "spot_id": f"TB-T{number:06d}" if is_land else None, "rectify_due": due if is_land else None,
            "rectified_on": dice.later(at.date(), 3, 25) if is_land else None,
            "region_code": site["region_code"],
        }  # fmt: skip


def field_grid(city: City, dice: Dice) -> Iterator[Row]:
    for number in range(city.counts["grids"]):
        plot = city.land.plot("grid", 0.0028)
        yield {
            "grid_id": f"WG-{number:06d}", "village_code": village(plot.county, number // 24),
            "farmland_m2": round(plot.area * Decimal("0.7"), 2), "srid_source": 4490,
            "basic_farmland_m2": round(plot.area / 2, 2), "chief_id": f"TZ{number:06d}", "geom": plot.wkt,
            "region_code": plot.county,
        }  # fmt: skip


def field_patrol(city: City, dice: Dice) -> Iterator[Row]:
    grids = city.rows("field_grid")[: city.counts["few"] * 2]
    for number in range(len(grids) * 4):
        grid = grids[number % len(grids)]
        start = dice.at(dice.day(city.day(1 + number % 12, 3), city.day(1 + number % 12, 25)))
        minutes, found = dice.whole(30, 120), dice.chance(0.2)
        due = start.date() + timedelta(days=20)
        yield {
            "patrol_id": f"XT-X{number:06d}", "grid_id": grid["grid_id"], "chief_id": grid["chief_id"],
            "chief_level": "GRID", "started_at": start, "ended_at": start + timedelta(minutes=minutes),
            "track_m": dice.amount(600, 3000, 1), "track_points": minutes * 6,
            "inside_pct": dice.amount(85, 100, 1), "issue_found": found,
            "issue_kind": dice.pick(("BUILDING", "POND", "TREE", "ABANDONED")) if found else None,
            "issue_due": due if found else None,
            "issue_closed_on": start.date() + timedelta(days=dice.whole(2, 19)) if found else None,
            "person_id": grid["chief_id"], "device_id": f"PH-{grid['chief_id']}",
            "region_code": grid["region_code"],
        }  # fmt: skip


_CHANGES = (
    ("0103", "0701", "BUILDING"), ("0101", "0203", "FARMLAND_LOSS"), ("0404", "0101", "FARMLAND_GAIN"),
    ("0305", "0301", "INSIDE_AGRI"), ("0102", "0102", "ATTRIBUTE"),
)  # fmt: skip


def land_change_spot(city: City, dice: Dice) -> Iterator[Row]:
    for number in range(city.counts["mass"]):
        plot = city.land.plot("change", 0.0004 + dice.whole(0, 10) * 0.0001)
        before, after, kind = dice.pick(_CHANGES)
        seen = datetime.combine(dice.day(city.day(3, 1), city.day(12, 10)), time(9, 30))
        yield {
            "spot_id": f"BG-{number:07d}", "bsm": f"{number:018d}", "survey_year": city.year,
            "village_code": village(plot.county, number // 24), "pre_dlbm": before, "post_dlbm": after,
            "ownership": dice.pick(("10", "20", "30")), "change_kind": kind, "issued_batch": f"{city.year}-1",
            "verified_on": seen.date(), "evidence_photo": True, "start_at": seen,
            "approval_doc_no": document_no("转", city.year, number) if kind == "BUILDING" else None,
            "final_check": "PASS" if dice.chance(0.96) else "RETURNED", "geom": plot.wkt,
            "area_m2": plot.area, "srid_source": 4490, "region_code": plot.county,
        }  # fmt: skip


STORIES = {
    story.__name__: story
    for story in (
        violation_spot, violation_case, spot_release, tower_site, tower_alarm, field_grid, field_patrol,
        land_change_spot,
    )
}  # fmt: skip
