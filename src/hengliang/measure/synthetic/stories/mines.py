"""Mines: rights, checks against the green-mine standard, reserves, new mines, rights to be released."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from hengliang.measure.synthetic.city import City, Row
from hengliang.measure.synthetic.codes import exploration, mine, uscc
from hengliang.measure.synthetic.dice import Dice, digest

_MINERALS = ("70501", "40201", "22001", "32011")
_SECTIONS = {
    "MINE_ENVIRONMENT": 180, "RESOURCE_USE": 160, "RESTORATION": 150, "UTILISATION": 140, "SAVING": 120,
    "TECHNOLOGY": 120, "MANAGEMENT": 130,
}  # fmt: skip


def mining_right_register(city: City, dice: Dice) -> Iterator[Row]:
    for number in range(city.counts["many"]):
        plot = city.land.plot("mining", 0.002)
        start = dice.day(city.day(1, 5, -6), city.day(12, 20, -2))
        top = dice.amount(120, 400, 1)
        yield {
            "mine_id": mine(plot.county, start.year, number), "version": 1,
            "holder_uscc": uscc(2000 + number),
            "mineral_code": dice.pick(_MINERALS),
            "mining_method": "OPEN" if dice.chance(0.7) else dice.pick(("UNDERGROUND", "MIXED")),
            "capacity": dice.amount(50, 600, 1), "valid_from": start,
            "valid_to": start.replace(year=start.year + 12, day=min(start.day, 28)), "state": "ACTIVE",
            "geom": plot.wkt, "srid_source": 4490, "top_m": top, "bottom_m": top - dice.amount(40, 100, 1),
            "region_code": plot.county,
        }  # fmt: skip


def _middle(wkt: str) -> str:
    corners = [tuple(map(float, pair.split())) for pair in wkt[9:-2].split(",")[:4]]
    lon, lat = (sum(values) / 4 for values in zip(*corners, strict=True))
    return f"POINT({lon:.6f} {lat:.6f})"


def green_mine_check(city: City, dice: Dice) -> Iterator[Row]:
    rights = city.rows("mining_right_register")
    for number, right in enumerate(rights[: len(rights) * 5 // 6]):
        for turn in range(1 + dice.chance(0.15)):
            first = city.day(2, 1) if turn == 0 else city.day(8, 1)
            checked = dice.day(first, first + timedelta(days=150))
            verdict = "PASS" if dice.chance(0.8) else dice.pick(("RECTIFY", "FAIL"))
            total = dice.amount(810, 960, 1) if verdict == "PASS" else dice.amount(600, 795, 1)
            yield {
                "check_id": f"GC-{city.year}-{number:05d}-{turn + 1}", "mine_id": right["mine_id"],
                "mine_name": f"合成矿山{number + 1}号", "mining_method": right["mining_method"],
                "mineral_code": right["mineral_code"], "standard_version": "CN-2020", "round_no": turn + 1,
                "checked_on": checked, "team_size": dice.whole(5, 8), "precondition_ok": True,
                "score_total": total, "verdict": verdict,
                "min_section_pct": dice.amount(76, 90, 1) if verdict == "PASS" else dice.amount(60, 80, 1),
                "rectify_due": checked + timedelta(days=60) if verdict == "RECTIFY" else None,
                "rectified_on": dice.later(checked, 20, 55) if verdict == "RECTIFY" else None,
                "accepted_on": dice.later(checked, 8, 40) if dice.chance(0.95) else None,
                "geom": _middle(right["geom"]), "region_code": right["region_code"],
            }  # fmt: skip


def green_mine_section(city: City, dice: Dice) -> Iterator[Row]:
    checks = city.rows("green_mine_check")
    for check in checks[: len(checks) * 2 // 3]:
        for section, full in _SECTIONS.items():
            due = dice.amount(500, 9000)
            is_land = section == "RESTORATION"
            yield {
                "check_id": check["check_id"], "mine_id": check["mine_id"], "section": section,
                "points_got": round(full * dice.amount(0.75, 0.98, 4), 1), "points_full": Decimal(full),
                "measured": None, "restored_m2": round(due * dice.amount(0.6, 1, 4), 2) if is_land else None,
                "restoration_due_m2": due if is_land else None,
                "region_code": check["region_code"],
            }  # fmt: skip


def mine_reserve_supervision(city: City, dice: Dice) -> Iterator[Row]:
    for number, right in enumerate(city.rows("mining_right_register")[: -city.counts["few"]]):
        before = dice.amount(800, 6000, 1)
        opening = before
        for back in (1, 0):
            year = city.year - back
            extracted = round(right["capacity"] * dice.amount(0.5, 0.95, 4), 1)
            lost, explored = round(extracted / 15, 1), dice.amount(0, 40, 1)
            opening, before = before, before + explored - extracted - lost
            surveyed = dice.day(city.day(9, 1, -back), city.day(11, 5, -back))
            reported = dice.later(surveyed, 5, 15)
            accepted = dice.later(reported, 5, 25) if dice.chance(0.95) else None
            yield {
                "rec_id": f"RV-{year}-{number:05d}", "mine_id": right["mine_id"],
                "mineral_code": right["mineral_code"], "ore_unit": "kt", "year": year, "fiscal_year": year,
                "opening": opening, "explored": explored, "recalculated": Decimal(0), "extracted": extracted,
                "lost": lost, "closing": before, "licensed_capacity": right["capacity"],
                "recovery_rate": dice.amount(85, 97, 1), "dilution_rate": dice.amount(2, 8, 1),
                "surveyed_on": surveyed, "report_on": reported, "accepted_on": accepted,
                "surveyor_uscc": uscc(600 + number % 12), "report_sha256": digest("report", year, number),
                "region_code": right["region_code"],
            }  # fmt: skip


def mined_out_area(city: City, dice: Dice) -> Iterator[Row]:
    from hengliang.measure.synthetic.places import square

    for right in city.rows("mining_right_register")[: city.counts["many"] * 5 // 6]:
        lon, lat = map(float, _middle(right["geom"])[6:-1].split())
        plot = square(right["region_code"], lon, lat, 0.0012)
        yield {
            "mine_id": right["mine_id"], "year": city.year, "part": 1, "volume": dice.amount(1000, 90000),
            "surveyed_on": dice.day(city.day(9, 1), city.day(11, 20)), "geom": plot.wkt,
            "area_m2": plot.area, "srid_source": 4490, "region_code": plot.county,
        }  # fmt: skip


def new_mine(city: City, dice: Dice) -> Iterator[Row]:
    for right in city.rows("mining_right_register")[: city.counts["some"]]:
        started = dice.day(city.day(1, 10), city.day(9, 30))
        checked = dice.later(started, 20, 60)
        verdict = "PASS" if dice.chance(0.9) else "RECTIFY"
        yield {
            "mine_id": right["mine_id"], "is_new": True, "licence_on": right["valid_from"],
            "production_start_on": started, "first_check_on": checked, "verdict": verdict,
            "accepted_on": dice.later(checked, 3, 20), "region_code": right["region_code"],
        }  # fmt: skip


def mining_right_release(city: City, dice: Dice) -> Iterator[Row]:
    for number in range(city.counts["some"]):
        plot = city.land.plot("mining", 0.0024)
        life, capacity = dice.whole(8, 20), dice.amount(20, 200, 1)
        recovery = dice.amount(88, 96, 1)
        visit = dice.day(city.day(1, 5), city.day(6, 30))
        notice = dice.later(visit, 10, 25)
        auction = dice.later(notice, 45, 60)
        done = dice.chance(0.85)
        contract = dice.later(auction, 5, 15)
        price = dice.amount(3_000_000, 40_000_000)
        top = dice.amount(150, 400, 1)
        yield {
            "block_id": f"HY-{city.year}-{number + 1:04d}", "mineral": dice.pick(_MINERALS), "planned": True,
            "reserve": round(life * capacity * 100 / recovery, 1), "capacity": capacity,
            "life_years": Decimal(life), "recovery_pct": recovery, "net_state": ["LAND", "FOREST", "ROAD"],
            "joint_visit_on": visit, "notice_on": notice, "auction_on": auction if done else None,
            "contract_on": contract if done else None,
            "licence_on": dice.later(contract, 20, 40) if done else None, "start_price_yuan": price,
            "deal_price_yuan": round(price * dice.amount(1, 1.5, 4), 2) if done else None,
            "bidders": dice.whole(2, 9) if done else None, "area_km2": round(plot.area / 1_000_000, 4),
            "bottom_m": top - dice.amount(40, 100, 1), "top_m": top, "geom": plot.wkt, "area_m2": plot.area,
            "srid_source": 4490, "region_code": plot.county,
        }  # fmt: skip


def net_mine_prep(city: City, dice: Dice) -> Iterator[Row]:
    blocks = city.rows("mining_right_release")
    for number, block in enumerate(blocks[: len(blocks) * 2 // 3]):
        for kind in ("RESERVE_REPORT", "LAND_SURVEY", "VALUE_APPRAISAL"):
            delivered = dice.day(city.day(2, 1), city.day(10, 31))
            budget = dice.amount(40_000, 400_000)
            contract = round(budget * dice.amount(0.85, 1, 4), 2)
            yield {
                "task_id": f"JK-{number:05d}-{kind[:3]}", "block_id": block["block_id"], "doc_type": kind,
                "procurement_kind": dice.pick(("OPEN_TENDER", "CONSULTATION", "INQUIRY")),
                "supplier_uscc": uscc(620 + dice.whole(0, 20)), "delivered_on": delivered,
                "accepted_on": dice.later(delivered, 5, 20), "budget_yuan": budget,
                "contract_yuan": contract, "paid_yuan": contract, "region_code": block["region_code"],
            }  # fmt: skip


def prospecting_milestone(city: City, dice: Dice) -> Iterator[Row]:
    for number in range(city.counts["few"] + 4):
        plot = city.land.plot("prospecting", 0.002)
        for step, milestone in enumerate(("DESIGN", "FIELD", "REPORT", "ARCHIVE")):
            due = city.day(2 + 3 * step, 28)
            done = dice.day(due - timedelta(days=20), due + timedelta(days=2))
            yield {
                "project_id": f"ZK-{number:04d}", "exploration_permit_no": exploration(plot.county, number),
                "mineral_code": dice.pick(_MINERALS), "stage": dice.pick(("普查", "详查", "勘探")),
                "milestone": milestone, "due_on": due, "done_on": done,
                "drilled_m": dice.amount(100, 900, 1) if milestone == "FIELD" else None,
                "accepted_on": dice.later(done, 2, 12), "geom": plot.wkt, "area_m2": plot.area,
                "srid_source": 4490, "region_code": plot.county,
            }  # fmt: skip


STORIES = {
    story.__name__: story
    for story in (
        mining_right_register, green_mine_check, green_mine_section, mine_reserve_supervision,
        mined_out_area, new_mine, mining_right_release, net_mine_prep, prospecting_milestone,
    )
}  # fmt: skip
