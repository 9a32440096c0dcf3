"""The security headers of every answer (OWASP ASVS 5, 3.3 and 3.4)."""

from starlette.datastructures import MutableHeaders
from streamlit.web.server.server_util import AUTH_COOKIE_NAME
from streamlit.web.server.starlette.starlette_server_config import SESSION_COOKIE_NAME

from pages.parts import scripts

POLICY = "; ".join(
    (
        "default-src 'none'",
        f"script-src 'self' {' '.join(scripts.hashes())}",
        "style-src 'self' 'unsafe-inline'",  # Streamlit's own styles are written into the page as it runs
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "media-src 'self' blob:",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "manifest-src 'self'",
        "frame-src 'none'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
FIXED = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "accelerometer=(), autoplay=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
ENCRYPTED_ONLY = "max-age=31536000; includeSubDomains"
KEPT_BY_NOBODY = "no-store"
PREFIX = "__Secure-"
"""Of the name of a cookie: a browser takes such a one over https alone, whoever sets it."""
OF_THE_SIGN_IN = (AUTH_COOKIE_NAME, SESSION_COOKIE_NAME)
FORGOTTEN = '"cache"'
"""What a browser is told to forget when somebody signs out; of our pages it keeps nothing anyway."""
OPEN_TO_OTHERS = ("Access-Control-Allow-Origin", "Access-Control-Allow-Credentials", "Server")


def secure(headers: MutableHeaders, path: str, is_encrypted: bool) -> None:
    """Put the headers on an answer. is_encrypted: people reach this server by https. Assets of Streamlit, which hold no figure, may be kept by caches."""
    for name, value in FIXED.items():
        headers[name] = value
    for name in OPEN_TO_OTHERS:
        if name in headers:
            del headers[name]
    if "/static/" not in path:
        headers["Cache-Control"] = KEPT_BY_NOBODY
    if is_encrypted:
        headers["Strict-Transport-Security"] = ENCRYPTED_ONLY
        _only_by_https(headers)


def _only_by_https(headers: MutableHeaders) -> None:
    """Every cookie of an answer as one that a browser sends over https alone, and those of the sign-in under a name that no other site may set."""
    cookies = headers.getlist("set-cookie")
    if cookies:
        del headers["set-cookie"]
        for cookie in cookies:
            headers.append("set-cookie", _with_secure(f"{PREFIX}{cookie}" if cookie.startswith(OF_THE_SIGN_IN) else cookie))


def _with_secure(cookie: str) -> str:
    attributes = {part.strip().lower() for part in cookie.split(";")[1:]}
    return cookie if "secure" in attributes else f"{cookie}; Secure"


def as_streamlit_knows(cookies: str) -> str:
    """A Cookie header with the names that Streamlit gave; one of the sign-in that came without our prefix was not set by us, and is left out."""
    kept = [part.strip() for part in cookies.split(";") if not part.strip().startswith(OF_THE_SIGN_IN)]
    return "; ".join(part.removeprefix(PREFIX) if part.startswith(tuple(PREFIX + name for name in OF_THE_SIGN_IN)) else part for part in kept)
