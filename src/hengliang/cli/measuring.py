"""Measuring a form from a store, with the complaints of the command line."""

from datetime import date

from hengliang.base.message import message
from hengliang.cli.jobs import RecordsJob
from hengliang.cli.usage import Usage
from hengliang.form.model import Form
from hengliang.measure.binding import BindingError, bindings_for
from hengliang.measure.catalogue import all_ledgers
from hengliang.measure.form import Measured, measure_form
from hengliang.measure.period import fiscal_year
from hengliang.measure.store import StoreError


def measured_form(form: Form, records: RecordsJob) -> Measured:
    """What is measured for a form. Raises Usage for a store, a date or a binding that cannot be used."""
    try:
        day = date.fromisoformat(records.as_of) if records.as_of else None
    except ValueError as error:
        raise Usage(message("{text} is no date; write 2024-01-31", text=records.as_of)) from error
    if not records.store.is_dir():
        raise Usage(message("there is no store {folder}", folder=str(records.store)))
    ledgers = all_ledgers()
    try:
        binding = bindings_for(form, ledgers, records.bindings)
        return measure_form(form, binding, records.store, fiscal_year(records.year, as_of=day), ledgers)
    except BindingError as error:
        raise Usage(error.said) from error
    except StoreError as error:
        raise Usage(message("the store is damaged: {why}", why=str(error))) from error
