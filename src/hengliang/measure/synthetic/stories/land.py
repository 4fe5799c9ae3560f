"""Land: stages, starts, parcel codes, supply and its checkpoints, releases, housing, registration."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from hengliang.measure.synthetic.city import City, Row
from hengliang.measure.synthetic.codes import document_no, parcel, supply, uscc
from hengliang.measure.synthetic.dice import Dice

_CHAIN = ("REQUISITION", "SUPPLY", "USE", "INSPECTION")


def land_stage_event(city: City, dice: Dice) -> Iterator[Row]:
    for number in range(city.counts["many"] // 3):
        plot = city.land.plot("stage", 0.0018)
        day = dice.day(city.day(1, 5), city.day(3, 31))
        for stage in _CHAIN:
            due = dice.later(day, 40, 60)
            is_late = stage == "INSPECTION" and dice.chance(0.1)
            done = None if is_late else dice.later(day, 15, 38)
            yield {
                "parcel_code": parcel(plot.county, number), "block_id": f"PQ-{number:05d}", "stage": stage,
                "seq": 1, "started_on": day, "due_on": due, "done_on": done, "due_basis": "合成时限",
                "approval_doc_no": document_no("批", city.year, number), "farmland_m2": Decimal(0),
                "paused_days": 0, "geom": plot.wkt, "area_m2": plot.area, "srid_source": 4490,
                "region_code": plot.county,
            }  # fmt: skip
            day = dice.later(done or due, 1, 5)
        gained = city.land.plot("stage", 0.0012)
        due = dice.later(day, 30, 50)
        yield {
            "parcel_code": parcel(plot.county, number), "stage": "OFFSET", "seq": 1, "started_on": day,
            "due_on": due, "done_on": dice.later(day, 10, 28), "due_basis": "合成时限",
            "farmland_m2": gained.area, "paused_days": 0, "geom": gained.wkt, "area_m2": gained.area,
            "srid_source": 4490, "region_code": plot.county,
        }  # fmt: skip


def land_start(city: City, dice: Dice) -> Iterator[Row]:
    for number in range(city.counts["some"]):
        plot = city.land.plot("start", 0.0016)
        contract = dice.day(city.day(1, 5), city.day(9, 30))
        delivered = dice.later(contract, 10, 40)
        permit = dice.later(delivered, 0, 4) if dice.chance(0.9) else dice.later(delivered, 10, 30)
        yield {
            "supply_no": supply(plot.county, city.year, number), "parcel_code": parcel(plot.county, number),
            "project_code": f"{city.year}-{plot.county}-{number:05d}", "eligible": True,
            "contract_on": contract, "delivered_on": delivered, "planning_permit_on": permit,
            "permit_on": permit, "actual_start_on": dice.later(permit, 1, 15),
            "preliminary_review_days": dice.whole(3, 15), "geom": plot.wkt, "area_m2": plot.area,
            "srid_source": 4490, "region_code": plot.county,
        }  # fmt: skip


def parcel_code(city: City, dice: Dice) -> Iterator[Row]:
    for number in range(city.counts["many"]):
        plot = city.land.plot("parcel", 0.0014)
        reached = dice.whole(2, 5)
        yield {
            "parcel_id": f"ZD-{number:07d}", "version": 1, "parcel_code": parcel(plot.county, number),
            "qr_payload": f"合成:{number}", "stages_reached": reached,
            "stages_linked": reached - dice.chance(0.1), "departments": ["登记", "规划"],
            "valid_from": dice.day(city.day(1, 5, -2), city.day(11, 30)), "geom": plot.wkt,
            "area_m2": plot.area, "srid_source": 4490, "region_code": plot.county,
        }  # fmt: skip


def parcel_lineage(city: City, dice: Dice) -> Iterator[Row]:
    parcels = city.rows("parcel_code")
    for number in range(min(len(parcels) // 2, city.counts["some"])):
        one, other = parcels[2 * number], parcels[2 * number + 1]
        # A boundary that moved keeps its code and its area.
        yield {
            "parent_code": one["parcel_code"], "child_code": one["parcel_code"], "kind": "RESHAPE",
            "on": dice.day(city.day(1, 5), city.day(11, 30)), "region_code": other["region_code"],
        }  # fmt: skip


def parcel_link(city: City, dice: Dice) -> Iterator[Row]:
    for number, place in enumerate(city.rows("parcel_code")[: city.counts["many"] * 3 // 4]):
        yield {
            "parcel_code": place["parcel_code"], "stage": dice.pick((*_CHAIN, "OFFSET")),
            "system": "合成平台",
            "foreign_id": f"WB-{number:07d}", "linked_on": dice.day(city.day(1, 5), city.day(11, 30)),
            "match_kind": dice.pick(("EXACT", "GEOMETRY", "MANUAL")), "iou": dice.amount(0.96, 1, 3),
            "region_code": place["region_code"],
        }  # fmt: skip


def supply_parcel(city: City, dice: Dice) -> Iterator[Row]:
    for number in range(city.counts["many"] // 2):
        plot = city.land.plot("supply", 0.0018)
        start = dice.day(city.day(1, 10), city.day(6, 30))
        yield {
            "supply_no": supply(plot.county, city.year - 1, number),
            "parcel_code": parcel(plot.county, number),
            "kind": dice.pick(("ALLOCATION", "SALE", "LEASE")), "holder_uscc": uscc(3000 + number),
            "area_m2": plot.area, "use_code": "0701", "price_yuan": dice.amount(1_000_000, 90_000_000),
            "start_due": start, "complete_due": start + timedelta(days=700),
            "plot_ratio": dice.amount(1, 3, 2), "invest_yuan": dice.amount(2_000_000, 200_000_000),
            "geom": plot.wkt, "region_code": plot.county,
        }  # fmt: skip


def supply_checkpoint(city: City, dice: Dice) -> Iterator[Row]:
    parcels = city.rows("supply_parcel")
    for number, place in enumerate(parcels[: -city.counts["few"]]):
        handover = place["start_due"] - timedelta(days=60)
        stages = [("HANDOVER", handover), ("START", place["start_due"]), ("IN_PROGRESS", city.day(10, 16))]
        stages += [("COMPLETE", city.day(11, 15))] if number % 4 == 0 else []
        for at, (name, due) in enumerate(stages):
            seen = dice.later(due, 1, 20) if dice.chance(0.95) else None
            yield {
                "supply_no": place["supply_no"], "parcel_code": place["parcel_code"], "checkpoint": name,
                "seq": 1, "due_on": due, "inspected_on": seen, "inspector_id": f"U{dice.whole(1, 99):04d}",
                "actual_on": dice.later(due, -10, 0) if name != "IN_PROGRESS" else None,
                "built_area_m2": Decimal(at * 1000), "invested_yuan": Decimal(at * 1_000_000),
                "doc_no": "合成补充协议" if name == "COMPLETE" else None,
                "idle_state": "NONE", "geom": place["geom"], "area_m2": place["area_m2"],
                "srid_source": 4490, "region_code": place["region_code"],
            }  # fmt: skip


def reserve_land_release(city: City, dice: Dice) -> Iterator[Row]:
    for number in range(city.counts["some"]):
        plot = city.land.plot("reserve", 0.002)
        cleared = dice.day(city.day(1, 5), city.day(4, 30))
        listed = dice.later(cleared, 10, 60)
        deal = dice.later(listed, 20, 40)
        done, price = dice.chance(0.85), dice.amount(5_000_000, 90_000_000)
        final = round(price * dice.amount(1, 1.4, 4), 2)
        yield {
            "parcel_code": parcel(plot.county, number), "plan_year": city.year,
            "holder_kind": "PLATFORM" if dice.chance(0.3) else "RESERVE",
            "holder_uscc": uscc(540 + number % 9), "planned": True, "use_code": "0701", "title_clear": True,
            "mortgage_yuan": Decimal(0), "cleared_on": cleared, "listed_on": listed if done else None,
            "deal_on": deal if done else None, "contract_on": dice.later(deal, 3, 9) if done else None,
            "start_price_yuan": price if done else None, "price_yuan": final if done else None,
            "paid_yuan": final if done else None, "buyer_uscc": uscc(4000 + number) if done else None,
            "geom": plot.wkt, "area_m2": plot.area, "srid_source": 4490, "region_code": plot.county,
        }  # fmt: skip


def affordable_housing_land(city: City, dice: Dice) -> Iterator[Row]:
    for number in range(city.counts["some"]):
        plot = city.land.plot("affordable", 0.0016)
        done, units = dice.chance(0.9), dice.whole(100, 900)
        yield {
            "plan_id": f"BZ-{number:04d}", "planned_area_m2": plot.area,
            "kind": dice.pick(("PUBLIC_RENTAL", "GUARANTEED_RENTAL", "ALLOCATED_SALE", "RESETTLEMENT")),
            "supplied_area_m2": plot.area if done else None,
            "supplied_on": dice.day(city.day(2, 1), city.day(12, 10)) if done else None,
            "planned_units": units, "started_units": units // 2, "finished_units": units // 5,
            "households_waiting": dice.whole(50, 500), "geom": plot.wkt, "area_m2": plot.area,
            "srid_source": 4490, "region_code": plot.county,
        }  # fmt: skip


def quality_housing(city: City, dice: Dice) -> Iterator[Row]:
    kinds = ("LOW_FAR", "LARGE_FLAT", "COMMERCIAL_APARTMENT", "FOURTH_GENERATION")
    for number in range(city.counts["some"]):
        plot = city.land.plot("quality", 0.0016)
        ratio, homes = dice.amount(1, 1.4, 2), dice.whole(80, 600)
        permit = dice.day(city.day(1, 10), city.day(11, 30))
        yield {
            "project_id": f"GP-{number:04d}", "building_no": "1", "class_claimed": kinds[number % 4],
            "plot_ratio": ratio, "floor_area_m2": round(plot.area * ratio, 2),
            "min_unit_m2": dice.amount(145, 220, 1), "green_terrace_households": homes, "households": homes,
            "land_use_code": "05H1", "permit_on": permit, "geom": plot.wkt, "area_m2": plot.area,
            "srid_source": 4490, "region_code": plot.county,
        }  # fmt: skip


def registration_stage(city: City, dice: Dice) -> Iterator[Row]:
    for number in range(city.counts["few"] + 6):
        plot = city.land.plot("registration", 0.0028)
        for at, stage in enumerate(("NOTICE", "SURVEY", "REVIEW", "PUBLIC", "REGISTER")):
            due = city.day(2 + 2 * at, 25)
            done = dice.day(due - timedelta(days=25), due)
            yield {
                "unit_code": f"ZR{plot.county}{number:05d}", "stage": stage, "pilot": number % 4 != 3,
                "unit_kind": dice.pick(("RESERVE", "RIVER", "WETLAND", "FOREST")), "due_on": due,
                "done_on": done, "objection_count": 0, "disputed_m2": Decimal(0), "owner_actor": "AGENT",
                "accepted_on": dice.later(done, 2, 9), "geom": plot.wkt, "area_m2": plot.area,
                "srid_source": 4490, "region_code": plot.county,
            }  # fmt: skip


def multi_survey_check(city: City, dice: Dice) -> Iterator[Row]:
    for number in range(city.counts["many"]):
        plot = city.land.plot("multi", 0.0014)
        delivered = dice.day(city.day(1, 10), city.day(10, 31))
        by_platform, sampled = dice.chance(0.85), dice.chance(0.3)
        area = dice.amount(2000, 30000)
        measured = area + dice.amount(0.1, 9)
        yield {
            "project_id": f"DC-{number:06d}", "parcel_code": parcel(plot.county, number), "eligible": True,
            "via_platform": by_platform, "platform_order_no": f"PT-{number:06d}" if by_platform else None,
            "stages": ["规划", "验收"], "surveyor_uscc": uscc(600 + number % 12), "delivered_on": delivered,
            "sampled": sampled, "quality_score": dice.amount(62, 98, 1) if sampled else None,
            "class_a_fault": False if sampled else None, "area_checked_m2": measured if sampled else None,
            "area_reported_m2": area if sampled else None,
            "checked_on": dice.later(delivered, 5, 30) if sampled else None, "geom": plot.wkt,
            "area_m2": plot.area, "srid_source": 4490, "region_code": plot.county,
        }  # fmt: skip


STORIES = {
    story.__name__: story
    for story in (
        land_stage_event, land_start, parcel_code, parcel_lineage, parcel_link, supply_parcel,
        supply_checkpoint, reserve_land_release, affordable_housing_land, quality_housing,
        registration_stage, multi_survey_check,
    )
}  # fmt: skip
