"""Say what a page of ours may load: nothing that is not ours."""

from __future__ import annotations

from typing import Final

CONTENT_SECURITY_POLICY: Final = (
    "default-src 'none'; connect-src 'self'; style-src 'self'; img-src 'self';"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def scripted_policy(style_nonce: str = "") -> str:
    """Return the policy of a page with a script of ours; one that styles by itself has a nonce."""
    styles = f"style-src 'self' 'nonce-{style_nonce}'" if style_nonce else "style-src 'self'"
    return CONTENT_SECURITY_POLICY.replace("style-src 'self'", f"script-src 'self'; {styles}")
