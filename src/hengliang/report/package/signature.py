"""Signatures (Ed25519) of a package: the manifest is signed, and by it every file.

Keys are PEM files and signatures the 64 bytes of the standard, so that other programs check them too:
`openssl pkeyutl -verify -pubin -inkey signer.pem -rawin -in manifest.sha256 -sigfile manifest.sig`.
"""

from pathlib import Path
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from hengliang.base.message import Message, message


class UnusableKeyError(ValueError):
    """A file that holds no key of the kind asked for; `said` tells which."""

    def __init__(self, said: Message) -> None:
        super().__init__(str(said))
        self.said = said


class Signer(NamedTuple):
    """A private key, and the public key as it is published."""

    private: Ed25519PrivateKey
    public: bytes

    def sign(self, content: bytes) -> bytes:
        """The signature of `content`, 64 bytes."""
        return self.private.sign(content)


def new_pair() -> tuple[bytes, bytes]:
    """A private and its public key, as PEM."""
    private = Ed25519PrivateKey.generate()
    secret = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return secret, _public_pem(private.public_key())


def signer_of(path: Path) -> Signer:
    """The private key in a file. Raises UnusableKeyError, OSError."""
    try:
        private = load_pem_private_key(path.read_bytes(), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        private = None
    if not isinstance(private, Ed25519PrivateKey):
        raise UnusableKeyError(
            message("{file} holds no private Ed25519 key without a password", file=str(path))
        )
    return Signer(private, _public_pem(private.public_key()))


def public_key_of(path: Path) -> bytes:
    """The public key in a file, as it is written in packages. Raises UnusableKeyError, OSError."""
    key = _public(path.read_bytes())
    if key is None:
        raise UnusableKeyError(message("{file} holds no public Ed25519 key", file=str(path)))
    return _public_pem(key)


def is_signed(content: bytes, signature: bytes, public: bytes) -> bool:
    """Whether a signature of `content` was made with the private key of `public`."""
    key = _public(public)
    if key is None:
        return False
    try:
        key.verify(signature, content)
    except InvalidSignature:
        return False
    return True


def _public(pem: bytes) -> Ed25519PublicKey | None:
    try:
        key = load_pem_public_key(pem)
    except (ValueError, UnsupportedAlgorithm):
        return None
    return key if isinstance(key, Ed25519PublicKey) else None


def _public_pem(key: Ed25519PublicKey) -> bytes:
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
