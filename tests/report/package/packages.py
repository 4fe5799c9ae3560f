"""A store with a few ledgers, and the packages that are published from it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from hengliang import api
from hengliang.base.profile import load_profile
from hengliang.form.model import Form, SignOff
from hengliang.measure.binding import Binding, Bound, Phrase
from hengliang.measure.catalogue import all_ledgers
from hengliang.measure.load.run import Loading, load
from hengliang.measure.period import Period, fiscal_year
from hengliang.measure.store import Store
from hengliang.report.package.publish import Published, publish
from hengliang.report.package.signature import Signer

HOME = Path(__file__).parents[3]
VECTORS = HOME / "tests" / "measure" / "vectors"
EXAMPLE = HOME / "examples" / "hengyang-2023.txt"
NAMES = ("I01_green_mine_check", "I18_hazard_inspection", "I18_hazard_register", "I13_hall_expense")
LOADED_AT = "2024-01-10T10:00:00+08:00"
METRICS = {1: "M01", 18: "M18", 13: "M13"}


def stored(folder: Path, names: Sequence[str] = NAMES, loaded_by: str = "U01") -> Path:
    """A store with these vectors."""
    for name in names:
        ledger = all_ledgers()[name.split("_", 1)[1]]
        loading = Loading(2023, "430400", loaded_by, LOADED_AT)
        load(VECTORS / f"{name}.csv", ledger, Store(folder), loading, fiscal_year(2023))
    return folder


def example() -> Form:
    """The worked example, with somebody who filled it in."""
    form = api.read(EXAMPLE).forms[0].form
    return form.model_copy(update={"signoff": SignOff(preparer="甄实在", head="贾领导", phone="13800001234")})


def binding_of(form: Form, metrics: dict[int, str], phrases: Sequence[str] = ()) -> Binding:
    """A binding of indicators by their numbers; further metrics are bound to phrases."""
    return Binding(
        organisation=form.organisation or "",
        fiscal_year=2023,
        indicators=tuple(
            Bound(number=number, name=form.indicators[number - 1].name, metric=metric)
            for number, metric in metrics.items()
        ),
        phrases=tuple(Phrase(where="goals", words=metric, metric=metric) for metric in phrases),
    )


def published(
    store: Path, *, signer: Signer | None = None, period: Period | None = None, **more: Any
) -> Published:
    """The package of the worked example from a store."""
    form = example()
    binding = more.get("binding") or binding_of(form, METRICS)
    profile = load_profile("national-2015")
    return publish(
        form, b"the form", binding, store, period or fiscal_year(2023), all_ledgers(), profile, signer
    )
