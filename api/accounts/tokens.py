"""Secrets told once and kept as a digest."""

import hashlib
import hmac


def digest(secret: str) -> str:
    """What is kept of a random secret (a cookie, a link)."""
    return hashlib.sha256(secret.encode()).hexdigest()


def same(left: str, right: str) -> bool:
    """Compare two secrets in constant time."""
    return hmac.compare_digest(left.encode(), right.encode())
