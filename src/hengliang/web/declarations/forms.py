"""The forms of the pages of declarations: what may be entered, and how it is called."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hengliang.base.profile import profile_names, profile_words
from hengliang.web.accounts.reader import language
from hengliang.web.declarations.actions_files import ENDINGS
from hengliang.web.declarations.models import DEADLINES
from hengliang.web.workflow.opinion import GRADES, POINTS, grades_in, overall

_LONG = forms.Textarea(attrs={"rows": 3})


class ReasonForm(forms.Form):
    """A reason, which is always asked for."""

    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=_LONG)


class CommentForm(forms.Form):
    """A comment or an answer."""

    row = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=100)
    text = forms.CharField(label=_("Comment"), max_length=4000, widget=_LONG)


class UploadForm(forms.Form):
    """A file with a form in it."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("Excel, WPS, Word, PDF, text, web page, JSON or XML, up to 20 MB."),
        widget=forms.FileInput(attrs={"accept": ",".join(f".{ending}" for ending in ENDINGS)}),
    )


class DeadlinesForm(forms.Form):
    """The deadlines of a round."""

    declare_by = forms.DateField(label=_("Declare by"), required=False)
    review_by = forms.DateField(label=_("Review by"), required=False)
    monitor_by = forms.DateField(label=_("Monitor by"), required=False)
    self_evaluate_by = forms.DateField(label=_("Self-evaluate by"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in DEADLINES:
            self.fields[name].widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        dates = [data.get(name) for name in DEADLINES]
        known = [one for one in dates if one]
        if known != sorted(known):
            raise forms.ValidationError(_("The deadlines must follow one another."))
        return data


class RoundForm(DeadlinesForm):
    """A round of declarations with its deadlines."""

    name = forms.CharField(label=_("Name"), max_length=200)
    fiscal_year = forms.IntegerField(label=_("Fiscal year"), min_value=1990, max_value=2100)
    profile = forms.ChoiceField(label=_("Rules"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["profile"] = forms.ChoiceField(
            label=_("Rules"),
            choices=[(name, profile_words(name).say(language())) for name in profile_names()],
        )
        self.order_fields(["name", "fiscal_year", "profile"])


class OpinionForm(forms.Form):
    """A grade and a remark for each of the eight points, the opinion on the whole, the amendments."""

    base = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)
    text = forms.CharField(label=_("Opinion on the whole"), required=False, max_length=8000, widget=_LONG)
    amendments = forms.CharField(
        label=_("Amendments agreed on with the unit"),
        help_text=_("Needed for an overall grade of 良."),
        required=False,
        max_length=8000,
        widget=_LONG,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "—"), *((grade, grade) for grade in GRADES)]
        for point in POINTS:
            self.fields[f"grade_{point.key}"] = forms.ChoiceField(choices=choices, required=False)
            self.fields[f"remark_{point.key}"] = forms.CharField(required=False, max_length=2000)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        given = {point.key: data.get(f"grade_{point.key}", "") for point in POINTS}
        if overall(grades_in(given)) == "良" and not data.get("amendments", "").strip():
            self.add_error(
                "amendments", _("A grade of 良 rests on amendments that were agreed on; write them down.")
            )
        return data

    def grades(self) -> dict[str, str]:
        """The grades that were given, by point."""
        return {point.key: self.cleaned_data[f"grade_{point.key}"] for point in POINTS}

    def remarks(self) -> dict[str, str]:
        """The remarks, by point."""
        return {point.key: self.cleaned_data[f"remark_{point.key}"] for point in POINTS}
