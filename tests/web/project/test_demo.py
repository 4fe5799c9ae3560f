"""The demonstration plays the whole year through the actions, and ends on the public site."""

from pathlib import Path

from django.test import Client

from hengliang.web.audit.queries import verify
from hengliang.web.declarations.models import Declaration
from hengliang.web.project import demo_year

EXAMPLES = Path(__file__).parents[3] / "examples"


def test_the_year_of_the_worked_example(example: Declaration) -> None:
    records = {"green_mine_check": EXAMPLES / "records" / "green-mine-checks-2023.csv"}
    played = demo_year.play(example, EXAMPLES / "hengyang-2023-actuals.csv", records)
    assert played.state == "published"
    public = Client().get("/public/").content.decode()
    assert "衡阳市自然资源和规划局" in public
    assert verify() == []
