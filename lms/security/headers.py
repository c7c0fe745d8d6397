"""Response headers: nothing is loaded from elsewhere, nothing is framed, no address is passed on."""

from flask import Flask, Response, request

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; manifest-src 'self'; worker-src 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def init_headers(app: Flask, *, secure: bool) -> None:
    """Add the headers to every answer that has none of its own; `secure` adds HSTS."""
    everywhere = [*HEADERS.items(), *([("Strict-Transport-Security", "max-age=31536000")] if secure else [])]

    @app.after_request
    def add(response: Response) -> Response:
        own = {name.lower() for name, _value in response.headers}
        for name, value in everywhere:
            if name.lower() not in own:
                response.headers.add(name, value)
        if "cache-control" not in own and not request.path.startswith("/static/"):
            response.headers.add("Cache-Control", "private, no-cache")
        return response
