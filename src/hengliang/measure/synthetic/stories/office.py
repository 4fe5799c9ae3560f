"""The office: surveying, plans, money, services, answers, accounts, calendars."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from shapely import to_wkt, union_all
from shapely.geometry.base import BaseGeometry

from hengliang.measure.geometry import area_m2
from hengliang.measure.synthetic.city import City, Row
from hengliang.measure.synthetic.codes import document_no, uscc, village
from hengliang.measure.synthetic.dice import Dice, digest, is_workday
from hengliang.measure.synthetic.places import PLACE


def boundary_stake_check(city: City, dice: Dice) -> Iterator[Row]:
    # The last digits of fewer than a hundred measurements say nothing.
    for number in range(max(city.counts["some"], 160)):
        north, east = Decimal(2_960_000 + number * 40), Decimal(38_361_000 + number * 25)
        checked = dice.day(city.day(2, 1), city.day(11, 30))
        yield {
            "stake_id": f"JZ-{number:05d}", "stake_kind": "LAND_USE", "tolerance_m": Decimal("0.20"),
            "design_n_m": north, "design_e_m": east, "meas_n_m": north + dice.amount(-0.1, 0.1, 3),
            "meas_e_m": east + dice.amount(-0.1, 0.1, 3), "srid": 4526, "method": "CORS_RTK", "epochs": 2,
            "pdop": dice.amount(1.2, 3, 1), "checked_on": checked, "marker_state": "INTACT",
            "instrument_id": f"RTK-{number % 9}", "calibrated_on": checked - timedelta(days=90),
        }  # fmt: skip


def survey_unit_inspection(city: City, dice: Dice) -> Iterator[Row]:
    draws = city.rows("random_draw")
    visits: dict[object, int] = {}
    for number in range(city.counts["some"]):
        plot = city.land.plot("survey-unit")
        day = dice.day(city.day(3, 1), city.day(10, 31))
        visits[day] = visits.get(day, 0) + 1
        is_quality = dice.chance(0.5)
        yield {
            "task_id": f"CH-{number:05d}", "draw_id": draws[number % (len(draws) * 2 // 3)]["draw_id"],
            "unit_uscc": uscc(600 + number), "qualification_grade": dice.pick(("甲", "乙")),
            "specialities": ["工程测量"], "kind": "QUALITY" if is_quality else "QUALIFICATION",
            "lon": plot.lon, "lat": plot.lat, "start_at": dice.at(day, 9, 13),
            "checker_1": f"U{2 * visits[day]:04d}", "checker_2": f"U{2 * visits[day] + 1:04d}",
            "batch_size": dice.whole(10, 90) if is_quality else None,
            "sample_size": 10 if is_quality else None,
            "sample_scores": [str(dice.amount(65, 98)) for _ in range(3)] if is_quality else None,
            "result": "BATCH_PASS" if is_quality else "PASS",
            "report_accepted_on": dice.later(day, 10, 40), "geom": plot.point, "region_code": plot.county,
        }  # fmt: skip


def random_draw(city: City, dice: Dice) -> Iterator[Row]:
    units = [uscc(600 + at) for at in range(city.counts["some"])]
    for number in range(city.counts["few"] * 3):
        yield {
            "draw_id": f"CQ-{number:04d}", "drawn_at": dice.at(dice.day(city.day(1, 10), city.day(2, 20))),
            "population": units, "seed": dice.uuid(),
            "drawn": units[number :: city.counts["few"] * 2] or units[:1], "witness": "合成公证处",
        }  # fmt: skip


def topo_sheet_update(city: City, dice: Dice) -> Iterator[Row]:
    for number in range(city.counts["some"]):
        north, east = Decimal(2977) + Decimal(number // 40) / 4, Decimal(361) + Decimal(number % 40) / 4
        field = dice.day(city.day(3, 1), city.day(9, 30))
        edited = dice.later(field, 10, 20)
        accepted = dice.later(edited, 5, 20)
        yield {
            "sheet_no": f"{north:.2f}-{east:.2f}", "edition_year": city.year, "srid": 4526, "planned": True,
            "change_area_m2": dice.amount(1000, 60_000), "changed_features": dice.whole(20, 900),
            "method": dice.pick(("FIELD", "UAV_OBLIQUE", "LIDAR")), "field_done_on": field,
            "edited_on": edited, "check_points": dice.whole(20, 40),
            "rmse_plan_m": dice.amount(0.05, 0.25, 3),
            "rmse_height_m": dice.amount(0.05, 0.2, 3), "gross_error_pct": dice.amount(0, 3, 2),
            "class_a_faults": 0, "qc_score": dice.amount(65, 96, 1), "qc_verdict": "PASS",
            "accepted_on": accepted, "in_database_on": dice.later(accepted, 1, 15),
        }  # fmt: skip


def basic_survey_task(city: City, dice: Dice) -> Iterator[Row]:
    kinds = ("DATUM", "IMAGERY", "TOPO_500", "TOPO_2000", "REALITY_3D", "PLACE_NAME", "PLATFORM")
    for number in range(city.counts["few"] + 24):
        due = dice.day(city.day(4, 1), city.day(11, 30))
        done = dice.day(due - timedelta(days=60), due - timedelta(days=25))
        yield {
            "task_id": f"JC-{number:04d}", "task": f"合成基础测绘任务{number}", "kind": kinds[number % 7],
            "weight": Decimal(1 + number % 5), "plan_doc_no": document_no("规", city.year - 2, 1),
            "plan_approved_on": city.day(12, 1, -2), "due_on": due, "completed_on": done,
            "accepted_on": dice.later(done, 5, 18), "covered_km2": dice.amount(1, 90),
        }  # fmt: skip


def expert_review(city: City, dice: Dice) -> Iterator[Row]:
    for number in range(city.counts["few"] // 2 + 6):
        for item in ("REASONABLE", "OPERABLE"):
            yield {
                "subject": "基础测绘规划", "expert_id": f"ZJ{number:03d}", "item": item,
                "score": dice.amount(70, 95, 1), "recused": False,
                "signed_on": dice.day(city.day(3, 1), city.day(6, 30)),
            }  # fmt: skip
        yield {
            "subject": "城市体检", "expert_id": f"ZJ{number:03d}", "item": "SCIENTIFIC",
            "verdict": "SCIENTIFIC" if number % 9 else "NOT_SCIENTIFIC", "recused": False,
            "signed_on": dice.day(city.day(8, 1), city.day(10, 31)),
        }  # fmt: skip


def city_checkup_indicator(city: City, dice: Dice) -> Iterator[Row]:
    sides = ("SAFETY", "INNOVATION", "COORDINATION", "GREEN", "OPENNESS", "SHARING")
    for number in range(33 + city.counts["few"]):
        value = dice.amount(5, 95)
        yield {
            "ind_code": f"TJ-{number + 1:03d}", "ind_name": f"合成体检指标{number + 1}",
            "dimension": sides[number % 6], "kind": "BASIC" if number < 33 else "RECOMMENDED",
            "data_year": city.year - 1, "reported_value": value, "unit": "%", "recomputed_value": value,
            "plan_target": value, "trend": "UP", "source_dept": "合成统计局", "source_doc_no": f"统{number}",
            "source_date": city.day(4, 20), "report_submitted_on": city.day(7, 20),
        }  # fmt: skip


def hall_expense(city: City, dice: Dice) -> Iterator[Row]:
    for number in range(city.counts["some"]):
        yield {
            "voucher_no": f"PZ-{number:05d}", "paid_on": dice.day(city.day(1, 5), city.day(12, 20)),
            "subject": dice.pick(("PROPERTY_SERVICE", "STAFF", "ENERGY", "EQUIPMENT_MAINTENANCE", "EVENT")),
            "amount_yuan": dice.amount(1, 2) * 1_900_000 / (city.counts["some"] * 2), "is_reversal": False,
            "payee_uscc": uscc(560 + number % 20), "contract_no": f"HT-{number % 20}",
        }  # fmt: skip


def hall_day(city: City, dice: Dice) -> Iterator[Row]:
    for offset in range(365):
        day = city.first + timedelta(days=offset)
        opened = day.weekday() != 0
        yield {
            "day": day, "opened": opened, "visitors": dice.whole(40, 900) if opened else 0,
            "tours": dice.whole(0, 9) if opened else 0, "school_groups": 0, "complaints": 0,
        }  # fmt: skip


def calendar_day(city: City, dice: Dice) -> Iterator[Row]:
    """Every day of the year and of the months around it that deadlines reach into."""
    days = [city.first + timedelta(days=step) for step in range(-60, 455)]
    for day in sorted(days, key=lambda day: (day.year != city.year, day)):
        yield {"day": day, "working": is_workday(day), "source_doc": "国办发明电〔2022〕16号（合成）"}


def district(city: City, dice: Dice) -> Iterator[Row]:
    for back in range(city.counts["few"] // 4, -1, -1):
        shapes: list[BaseGeometry] = []
        total = Decimal(0)
        for at, (code, name) in enumerate(PLACE.counties):
            shape = PLACE.rectangle(at)
            shapes.append(shape)
            area = Decimal(repr(area_m2(shape))).quantize(Decimal("0.01"))
            total += area
            yield {"region_code": code, "year": city.year - back, "name": f"{name}（合成矩形）",
                   "geom": _wkt(shape), "control_area_m2": area}  # fmt: skip
        yield {"region_code": PLACE.code, "year": city.year - back, "name": f"{PLACE.name}（合成矩形）",
               "geom": _wkt(union_all(shapes)), "control_area_m2": total}  # fmt: skip


def _wkt(shape: BaseGeometry) -> str:
    return to_wkt(shape, rounding_precision=6).replace("POLYGON (", "POLYGON(", 1)


def urban_design_milestone(city: City, dice: Dice) -> Iterator[Row]:
    steps = ("BRIEF", "SCHEME", "CONSULT", "REVIEW", "APPROVAL", "INTO_ONE_MAP", "INTO_CONDITIONS")
    weights = (5, 25, 10, 20, 20, 10, 10)
    for number in range(city.counts["few"] + 4):
        plot = city.land.plot("design", 0.0028)
        is_river = number % 2 == 0
        for at, (step, weight) in enumerate(zip(steps, weights, strict=True)):
            due = city.day(3 + at, 25)
            yield {
                "segment_id": f"CS-{number:03d}", "segment_name": f"合成地段{number}",
                "segment_kind": "THREE_RIVERS" if is_river else dice.pick(("STATION_AREA", "OLD_TOWN")),
                "river": dice.pick(("XIANG", "ZHENG", "LEI")) if is_river else None,
                "bank": "LEFT" if is_river else None, "bank_km": Decimal("1.5") if is_river else None,
                "milestone": step, "weight": Decimal(weight), "due_on": due,
                "done_on": dice.day(due - timedelta(days=20), due), "geom": plot.wkt, "area_m2": plot.area,
                "srid_source": 4490, "region_code": plot.county,
            }  # fmt: skip


def village_plan(city: City, dice: Dice) -> Iterator[Row]:
    for number in range(city.counts["some"]):
        plot = city.land.plot("village", 0.0028)
        consulted = dice.day(city.day(1, 10), city.day(5, 31))
        reviewed = dice.later(consulted, 10, 30)
        approved = dice.later(reviewed, 10, 30)
        permits = dice.whole(0, 30)
        yield {
            "village_code": village(plot.county, number), "village": f"合成村{number}", "plan_version": "1",
            "planned": True, "kind": dice.pick(("集聚提升", "城郊融合", "特色保护")),
            "consulted_on": consulted, "reviewed_on": reviewed, "approved_on": approved,
            "in_one_map_on": dice.later(approved, 3, 20), "permits_in_year": permits,
            "permits_conforming": permits - (permits > 20), "homestead_limit_m2": Decimal(130),
            "plan_sha256": digest("village", number), "accepted_on": dice.later(approved, 3, 20),
            "geom": plot.wkt, "area_m2": plot.area, "srid_source": 4490, "region_code": plot.county,
        }  # fmt: skip


def plan_compliance(city: City, dice: Dice) -> Iterator[Row]:
    for number in range(city.counts["some"]):
        plot = city.land.plot("compliance", 0.0018)
        yield {
            "approval_no": document_no("许", city.year, number + 1),
            "approved_on": dice.day(city.day(1, 10), city.day(12, 10)),
            "kind": dice.pick(("PREVIEW", "CONVERSION", "SUPPLY", "PLANNING_PERMIT")),
            "plan_version": "2021-2035",
            "outside_boundary_m2": Decimal(0), "in_redline_m2": Decimal(0), "in_farmland_m2": Decimal(0),
            "geom": plot.wkt, "area_m2": plot.area, "srid_source": 4490, "region_code": plot.county,
        }  # fmt: skip


def registry_migration(city: City, dice: Dice) -> Iterator[Row]:
    for number in range(city.counts["some"]):
        rows = dice.whole(1_000, 900_000)
        digest_ = digest("table", number)[:16]
        yield {
            "run_no": 1, "table_name": f"BDC_{number:03d}", "source_rows": rows, "target_rows": rows,
            "source_checksum": digest_, "target_checksum": digest_, "matched_rows": rows, "missing_rows": 0,
            "extra_rows": 0, "null_key_rows": 0, "orphan_rows": 0, "sample_n": 300, "sample_mismatch": 0,
            "unit_code_valid_pct": Decimal("99.8"), "reconciled_on": city.day(9, 1),
            "cutover_on": city.day(9, 15),
        }  # fmt: skip


def service_outage(city: City, dice: Dice) -> Iterator[Row]:
    for number in range(city.counts["few"] * 2):
        start = dice.at(dice.day(city.day(1, 5), city.day(12, 20)))
        yield {
            "outage_id": f"TZ-{number:04d}", "started_at": start,
            "ended_at": start + timedelta(minutes=dice.whole(5, 50)), "business": ["不动产登记"],
        }  # fmt: skip


_STRATA = {"URBAN": 1_300_000, "COUNTY_TOWN": 1_500_000, "RURAL": 3_400_000, "ENTERPRISE": 90_000}


def satisfaction_stratum(city: City, dice: Dice) -> Iterator[Row]:
    answers = city.rows("satisfaction_response")
    for survey in range(0, -(city.counts["few"] // 4) - 1, -1):
        for stratum, population in _STRATA.items():
            valid = [row for row in answers if row["stratum"] == stratum]
            yield {
                "survey_id": f"MY-{city.year + survey}", "stratum": stratum, "population": population,
                "n_planned": 2 * len(valid) + 20, "n_valid": len(valid),
                "n_satisfied": sum(row["level"] in ("4", "5") for row in valid),
                "fiscal_year": city.year + survey,
            }  # fmt: skip


def satisfaction_response(city: City, dice: Dice) -> Iterator[Row]:
    for number in range(max(city.counts["many"], 160)):
        yield {
            "survey_id": f"MY-{city.year}", "response_id": f"DA-{number:06d}",
            "stratum": list(_STRATA)[number % 4],
            "channel": dice.pick(("CATI", "FACE", "WEB")),
            "answered_at": dice.at(dice.day(city.day(10, 10), city.day(11, 30))),
            "duration_s": dice.whole(60, 400), "level": dice.pick(("5", "5", "4", "4", "3")),
            "device_hash": digest("device", number)[:16], "consent": True,
        }  # fmt: skip


def state_asset_account(city: City, dice: Dice) -> Iterator[Row]:
    units = {"CONSTRUCTION_LAND": "hm2", "AGRICULTURAL_LAND": "hm2", "MINERAL": "kt", "FOREST": "10k_m3",
             "GRASSLAND": "hm2", "WETLAND": "hm2", "WATER": "10k_m3"}  # fmt: skip
    stock = {resource: dice.amount(1000, 90_000) for resource in units}
    for back in range(city.counts["few"] // 4, -1, -1):
        for resource, unit in units.items():
            opening, more, less = stock[resource], dice.amount(0, 90), dice.amount(0, 90)
            stock[resource] = opening + more - less
            yield {
                "account_id": f"ZC-{city.year - back}-{resource[:4]}", "resource": resource, "layer": "ALL",
                "year": city.year - back, "unit": unit, "opening": opening, "increase": more,
                "decrease": less,
                "closing": opening + more - less, "value_yuan": dice.amount(1e7, 9e8),
                "price_basis": "合成价", "doc_no": "合成核算文件",
                "source_date": city.day(12, 31, -back), "fiscal_year": city.year - back,
            }  # fmt: skip


def livelihood_item(city: City, dice: Dice) -> Iterator[Row]:
    for number in range(city.counts["some"]):
        accepted = dice.day(city.day(1, 5), city.day(9, 30))
        yield {
            "item_id": f"MS-{number:05d}", "kind": dice.pick(("TITLE_DELIVERY", "PETITION", "SERVICE")),
            "households": dice.whole(1, 300), "due_on": accepted + timedelta(days=60),
            "accepted_on": accepted, "closed_on": dice.later(accepted, 10, 55), "reopened": False,
            "satisfied": True,
        }  # fmt: skip


def basemap_request(city: City, dice: Dice) -> Iterator[Row]:
    places = ("NATURAL_RESOURCES", "AGRICULTURE", "ECOLOGY", "WATER", "PUBLIC_SECURITY", "HOUSING",
              "ADMIN_APPROVAL")  # fmt: skip
    for number in range(city.counts["some"]):
        asked = dice.day(city.day(1, 5), city.day(10, 31))
        given = dice.later(asked, 2, 8)
        secret = "CONFIDENTIAL" if dice.chance(0.2) else "INTERNAL"
        yield {
            "request_id": f"DT-{number:05d}", "department": places[number % 7], "dataset": "影像底图",
            "edition": str(city.year), "secrecy": secret, "requested_on": asked,
            "approval_no": document_no("密", city.year, number) if secret == "CONFIDENTIAL" else None,
            "due_on": asked + timedelta(days=20), "delivered_on": given, "agreement_no": f"XY-{number}",
            "accepted_on": dice.later(given, 1, 6),
        }  # fmt: skip


def service_call(city: City, dice: Dice) -> Iterator[Row]:
    for offset in range(0, 365, 5):
        for place in ("AGRICULTURE", "WATER"):
            calls = dice.whole(50, 9000)
            yield {"day": city.first + timedelta(days=offset), "service": "底图服务", "department": place,
                   "calls": calls, "errors": calls // 500}  # fmt: skip


STORIES = {
    story.__name__: story
    for story in (
        boundary_stake_check, survey_unit_inspection, random_draw, topo_sheet_update, basic_survey_task,
        expert_review, city_checkup_indicator, hall_expense, hall_day, calendar_day, district,
        urban_design_milestone, village_plan, plan_compliance, registry_migration, service_outage,
        satisfaction_stratum, satisfaction_response, state_asset_account, livelihood_item, basemap_request,
        service_call,
    )
}  # fmt: skip
