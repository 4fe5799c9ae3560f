"""The general pack: what any department keeps."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from hengliang.measure.synthetic.city import City, Row
from hengliang.measure.synthetic.codes import document_no
from hengliang.measure.synthetic.dice import Dice


def complaint(city: City, dice: Dice) -> Iterator[Row]:
    for number in range(city.counts["some"]):
        received = dice.day(city.day(1, 5), city.day(10, 31))
        yield {
            "complaint_id": f"TS-{number:05d}", "received_on": received, "topic": "合成事项",
            "upheld": dice.chance(0.3), "due_on": received + timedelta(days=30),
            "closed_on": dice.later(received, 3, 25), "reopened": False,
        }  # fmt: skip


def document(city: City, dice: Dice) -> Iterator[Row]:
    for subject in range(city.counts["few"]):
        for item in range(1, 6):
            dated = dice.day(city.day(1, 5), city.day(5, 31))
            yield {
                "subject": f"合成项目{subject}", "item_no": item, "title": f"材料{item}", "required": True,
                "on_file": True, "verified": True, "dated_on": dated, "due_on": city.day(6, 30),
                "doc_no": document_no("文", city.year, subject * 5 + item), "doc_date": dated,
            }  # fmt: skip


def milestone(city: City, dice: Dice) -> Iterator[Row]:
    for work in range(city.counts["few"]):
        for at, stage in enumerate(("启动", "实施", "验收"), 1):
            due = city.day(at * 3 + 1, 20)
            done = dice.day(due - timedelta(days=20), due)
            yield {
                "work": f"合成工作{work}", "stage": stage, "weight": Decimal(at), "due_on": due,
                "done_on": done,
                "accepted_on": dice.later(done, 2, 12),
            }  # fmt: skip


def payment(city: City, dice: Dice) -> Iterator[Row]:
    for number in range(city.counts["some"]):
        yield {
            "voucher_no": f"FK-{number:05d}", "subject": f"合成支出{number % 4}",
            "paid_on": dice.day(city.day(1, 5), city.day(12, 20)), "amount_yuan": dice.amount(1000, 90_000),
            "is_reversal": False, "fund_source": "GENERAL", "budget_yuan": Decimal(2_000_000),
        }  # fmt: skip


def survey_answer(city: City, dice: Dice) -> Iterator[Row]:
    for number in range(city.counts["many"]):
        yield {
            "survey": "合成问卷", "answer_id": f"WJ-{number:06d}", "channel": dice.pick(("PHONE", "WEB",
            "FACE")),
            "answered_on": dice.day(city.day(10, 1), city.day(11, 30)), "level": dice.whole(3, 5),
            "valid": True,
            "respondent_group": dice.pick(("居民", "企业")),
        }  # fmt: skip


def work_item(city: City, dice: Dice) -> Iterator[Row]:
    for number in range(city.counts["some"]):
        due = dice.day(city.day(3, 1), city.day(12, 10))
        done = dice.day(due - timedelta(days=40), due)
        yield {
            "item_id": f"RW-{number:05d}", "subject": "合成任务", "item_name": f"合成任务{number}",
            "quantity": Decimal(1), "planned": True, "due_on": due, "done_on": done,
            "accepted_on": dice.later(done, 2, 12),
        }  # fmt: skip


STORIES = {
    story.__name__: story for story in (complaint, document, milestone, payment, survey_answer, work_item)
}
