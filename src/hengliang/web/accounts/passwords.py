"""What a password must be, beside Django's own rules: several kinds of characters, and not an old one."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from hengliang.web.accounts.models import Person

KINDS = 3
"""At least so many of: small letters, capital letters, digits, other characters."""


class SeveralKinds:
    """A password has characters of several kinds (GB/T 22239—2019: 口令复杂度)."""

    def validate(self, password: str, user: Person | None = None) -> None:
        """Raises ValidationError when it has too few."""
        del user
        kinds = {
            "digit"
            if char.isdigit()
            else "small"
            if char.islower()
            else "capital"
            if char.isupper()
            else "other"
            for char in password
        }
        if len(kinds) < KINDS:
            raise ValidationError(self.get_help_text(), code="too_few_kinds")

    def get_help_text(self) -> str:
        """The rule in words."""
        return _("Use at least three of: small letters, capital letters, digits, other characters.")


class NotTheSame:
    """A new password is not the one before."""

    def validate(self, password: str, user: Person | None = None) -> None:
        """Raises ValidationError when it is."""
        if user is not None and user.pk and user.check_password(password):
            raise ValidationError(self.get_help_text(), code="same")

    def get_help_text(self) -> str:
        """The rule in words."""
        return _("The new password is not the old one.")
