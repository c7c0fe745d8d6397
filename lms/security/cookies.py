"""Flask's own cookie (flashes and the forms' protection), read with a signer that is made once."""

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from itsdangerous import URLSafeTimedSerializer


class CookieSessions(SecureCookieSessionInterface):
    """Flask's, but for the signer: Flask makes one for each request, from a secret that never changes."""

    signer: URLSafeTimedSerializer | None = None

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """The app's signer; one object of this class serves one app."""
        if self.signer is None:
            self.signer = super().get_signing_serializer(app)
        return self.signer
