"""The security headers of every answer (OWASP ASVS 5, 3.3 and 3.4)."""

from collections.abc import Iterable

from starlette.datastructures import MutableHeaders

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
    """Every cookie of an answer as one that a browser sends over https alone."""
    cookies = headers.getlist("set-cookie")
    if cookies:
        del headers["set-cookie"]
        for cookie in _with_secure(cookies):
            headers.append("set-cookie", cookie)


def _with_secure(cookies: Iterable[str]) -> Iterable[str]:
    for cookie in cookies:
        attributes = {part.strip().lower() for part in cookie.split(";")[1:]}
        yield cookie if "secure" in attributes else f"{cookie}; Secure"
