"""Measuring a form from a store, with the complaints of the command line."""

from collections.abc import Generator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from hengliang.base.message import message
from hengliang.cli.jobs import RecordsJob
from hengliang.cli.usage import Usage
from hengliang.form.model import Form
from hengliang.measure.binding import Binding, BindingError, bindings_for
from hengliang.measure.catalogue import all_ledgers
from hengliang.measure.form import Measured, measure_form
from hengliang.measure.period import Period, fiscal_year
from hengliang.measure.store import StoreError


def measured_form(form: Form, records: RecordsJob) -> Measured:
    """What is measured for a form. Raises Usage for a store, a date or a binding that cannot be used."""
    period = period_of(records)
    binding = binding_for(form, records.bindings)
    with complaining():
        return measure_form(form, binding, records.store, period, all_ledgers())


def period_of(records: RecordsJob) -> Period:
    """The period that is asked for. Raises Usage for a date that is none, and where there is no store."""
    try:
        day = date.fromisoformat(records.as_of) if records.as_of else None
    except ValueError as error:
        raise Usage(message("{text} is no date; write 2024-01-31", text=records.as_of)) from error
    if not records.store.is_dir():
        raise Usage(message("there is no store {folder}", folder=str(records.store)))
    return fiscal_year(records.year, as_of=day)


def binding_for(form: Form, path: Path | None) -> Binding | None:
    """The binding in a file, or the one that comes with the product for this form. Raises Usage."""
    try:
        return bindings_for(form, all_ledgers(), path)
    except BindingError as error:
        raise Usage(error.said) from error


@contextmanager
def complaining() -> Generator[None]:
    """Turns what is wrong with a store into a complaint of the command line. Raises Usage."""
    try:
        yield
    except StoreError as error:
        raise Usage(message("the store is damaged: {why}", why=error.said)) from error
