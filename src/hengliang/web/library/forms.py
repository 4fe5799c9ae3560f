"""The forms of the pages of the library."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hengliang.form.model import OPERATORS
from hengliang.web.accounts.reader import language
from hengliang.web.library.content import FIELDS, BadContent, Content, content_from

_LONG = forms.Textarea(attrs={"rows": 3})


class EntryForm(forms.Form):
    """What an entry says."""

    name = forms.CharField(label=_("Indicator"), max_length=200)
    names = forms.CharField(
        label=_("Other names"), required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("One a line. The entry is found by them, and forms that use them are counted."),
    )  # fmt: skip
    level1 = forms.CharField(label=_("Level 1"), max_length=40)
    level2 = forms.CharField(label=_("Level 2"), max_length=60, required=False)
    definition = forms.CharField(label=_("Explanation"), max_length=5000, required=False, widget=_LONG)
    operator = forms.ChoiceField(
        label=_("Sign"), required=False, choices=[("", ""), *((one, one) for one in OPERATORS)]
    )
    target = forms.CharField(label=_("Typical target"), max_length=200, required=False)
    unit = forms.CharField(label=_("Unit"), max_length=40, required=False)
    criterion = forms.CharField(label=_("Scoring criterion"), max_length=5000, required=False, widget=_LONG)
    basis = forms.CharField(label=_("Basis"), max_length=2000, required=False, widget=_LONG)
    sector = forms.CharField(label=_("Sector"), max_length=60, required=False)

    content: Content

    def clean(self) -> dict[str, Any]:
        """The fields; `content` is what they come to."""
        data = super().clean() or {}
        if not self.errors:
            try:
                self.content = content_from({name: data.get(name) for name in FIELDS})
            except BadContent as bad:
                raise forms.ValidationError(bad.reason.say(language())) from bad
        return data


class RevisionForm(EntryForm):
    """A further edition, with why it is made."""

    base = forms.IntegerField(widget=forms.HiddenInput)
    why = forms.CharField(
        label=_("Why it is changed"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )


def texts_of(content: Content) -> dict[str, str]:
    """The content as the form shows it."""
    return content._asdict() | {"names": "\n".join(content.names)}


class FileForm(forms.Form):
    """A file with entries."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("A workbook with the columns of the exported library, or its JSON."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.et,.csv,.json"}),
    )
