"""The second factor (TOTP, RFC 6238), with its secret encrypted under the key of the installation."""

import base64
import hmac
import time

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from pyotp import random_base32
from pyotp.totp import TOTP

STEP = 30
"""Seconds that a code is good for; one step before and after is taken too, since clocks differ."""


def new_secret() -> str:
    """A secret for an authenticator, in base 32."""
    return random_base32()


def encrypted(secret: str) -> str:
    """The secret as it is kept."""
    return _box().encrypt(secret.encode()).decode()


def decrypted(kept: str) -> str | None:
    """The secret that was kept; None when the key of the installation is another one now."""
    try:
        return _box().decrypt(kept.encode()).decode()
    except InvalidToken:
        return None


def address(secret: str, username: str) -> str:
    """What an authenticator reads from a QR code."""
    return TOTP(secret, name=username, issuer="Hengliang").provisioning_uri()


def step_of(secret: str, code: str, after: int, now: float | None = None) -> int | None:
    """The time step that a code is of, later than the step `after`; None when it is none.

    A code works once: whoever looked over the shoulder cannot use it again.
    """
    plain = code.replace(" ", "")
    if len(plain) != 6 or not plain.isdigit():
        return None
    current = int((time.time() if now is None else now) // STEP)
    totp = TOTP(secret)
    for step in (current - 1, current, current + 1):
        if step > after and hmac.compare_digest(totp.generate_otp(step), plain):
            return step
    return None


def _box() -> Fernet:
    key = HKDF(SHA256(), 32, salt=None, info=b"hengliang second factor").derive(settings.SECRET_KEY.encode())
    return Fernet(base64.urlsafe_b64encode(key))
