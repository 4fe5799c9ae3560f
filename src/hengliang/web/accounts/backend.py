"""Who a session belongs to."""

from typing import Any

from django.contrib.auth.backends import ModelBackend

from hengliang.web.accounts.models import Person


class Sessions(ModelBackend):
    """Finds the person of a session, together with the organisation that every page names."""

    def get_user(self, user_id: Any) -> Person | None:
        """An active person; None when there is none any more."""
        return Person.objects.filter(pk=user_id, is_active=True).select_related("organisation").first()
