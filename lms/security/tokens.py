"""The tokens that protect forms: Flask-WTF's, signed once for a browser's session instead of once for each page."""

import hmac
from typing import Any

from flask import Flask, current_app, g, request, session
from flask_wtf.csrf import CSRFProtect, generate_csrf
from jinja2.utils import LRUCache

SECRET = "csrf_token"  # noqa: S105 (a name: of the session's secret, and in `g` of the token signed with it)
MOST_KEPT, LONGEST = 4096, 200
"""Tokens kept, and the letters of one: ours has about ninety, and garbage behind it would be passed over."""


class FormTokens(CSRFProtect):  # type: ignore[misc]
    """Flask-WTF's protection. A token is as good as its session (WTF_CSRF_TIME_LIMIT is None), so the one that was
    signed for a session serves all its pages: signing one costs as much as a statement.
    """

    def __init__(self) -> None:
        self.signed: LRUCache = LRUCache(MOST_KEPT)
        super().__init__()

    def init_app(self, app: Flask) -> None:
        """Protect the app's forms."""
        super().init_app(app)
        app.context_processor(self._bring)

    def protect(self, apply_exemptions: bool = False) -> None:
        """Refuse a request that may change something and has no token; one that was checked is known from then on."""
        if not request.endpoint or request.method not in current_app.config["WTF_CSRF_METHODS"]:
            return
        secret, sent = session.get(SECRET), self._get_csrf_token()
        known = self.signed.get(secret)
        if sent and known and hmac.compare_digest(sent.encode(), known.encode()):
            g.csrf_valid = True
            return
        super().protect(apply_exemptions)
        # Not where nothing was checked, as at an address that is none: whoever made the request chose that token.
        if sent and g.get("csrf_valid") and len(sent) <= LONGEST:
            self.signed[secret] = sent

    def _bring(self) -> dict[str, Any]:
        """Before a page is rendered: the token of a session that has a secret already."""
        secret = session.get(SECRET)
        if secret is None or SECRET in g:
            return {}
        token = self.signed.get(secret)
        if token is None:
            self.signed[secret] = generate_csrf()
        else:
            setattr(g, SECRET, token)
        return {}
