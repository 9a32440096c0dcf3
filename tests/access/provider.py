"""An OpenID Connect provider on this machine: discovery, keys, consent, codes that work once, tokens signed with RSA.

It signs in whoever is named in `login_hint`-less fashion: its page lists the people it knows, as links. What a test wants to be wrong with the next
token it says in `spoil`: a function over the token's claims, or `alg` for how it is signed.
"""

import hashlib
import secrets
import socket
import threading
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape
from typing import Any
from urllib.parse import parse_qs, urlencode

import uvicorn
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

CLIENT_ID, CLIENT_SECRET = "granary-of-the-tests", secrets.token_hex(32)
Claims = dict[str, Any]


@dataclass
class Person:
    """Somebody whom the provider knows."""

    subject: str
    name: str
    groups: tuple[str, ...] = ()
    email: str = "same@company.invalid"


@dataclass
class Provider:
    """The provider. spoil: changes the claims of the next token. sign: signs it in some other way. offers: algorithms named in the discovery."""

    people: tuple[Person, ...]
    port: int = 0
    spoil: Callable[[Claims], Claims] | None = None
    sign: Callable[[Claims], str] | None = None
    with_pkce: bool = True
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one", "alg": "RS256", "use": "sig"}))
    codes: dict[str, Claims] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    exchanged: int = 0

    @property
    def issuer(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def metadata_url(self) -> str:
        return f"{self.issuer}/.well-known/openid-configuration"

    def start(self) -> "Provider":
        """Serve until `stop`, in a thread of its own."""
        listener = socket.socket()
        listener.bind(("127.0.0.1", self.port))
        self.port = listener.getsockname()[1]
        self._server = uvicorn.Server(uvicorn.Config(self._app(), log_level="critical", ws="none"))
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [listener]}, daemon=True)
        self._thread.start()
        while not self._server.started:
            time.sleep(0.01)
        return self

    def stop(self) -> None:
        self._server.should_exit = True
        self._thread.join(10)

    def _app(self) -> Starlette:
        roads = {
            "/.well-known/openid-configuration": self._discovery, "/keys": self._keys, "/authorize": self._authorize, "/token": self._token,
            "/leave": self._leave,
        }  # fmt: skip
        return Starlette(routes=[Route(path, answer, methods=["GET", "POST"]) for path, answer in roads.items()])

    async def _discovery(self, _: Request) -> Response:
        told = {
            "issuer": self.issuer, "authorization_endpoint": f"{self.issuer}/authorize", "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys", "end_session_endpoint": f"{self.issuer}/leave", "response_types_supported": ["code"],
            "subject_types_supported": ["public"], "id_token_signing_alg_values_supported": ["RS256"],
        }  # fmt: skip
        return JSONResponse(told | ({"code_challenge_methods_supported": ["S256"]} if self.with_pkce else {}))

    async def _keys(self, _: Request) -> Response:
        return JSONResponse({"keys": [self.key.as_dict(private=False)]})

    async def _authorize(self, request: Request) -> Response:
        """The page on which one chooses who one is, then the way back with a code."""
        asked = dict(request.query_params)
        chosen = asked.pop("who", None)
        if chosen is None:
            links = "".join(
                f'<p><a id="{escape(person.subject)}" href="?{urlencode(asked | {"who": person.subject})}">{escape(person.name)}</a></p>'
                for person in self.people
            )
            return HTMLResponse(f"<h1>Who are you?</h1>{links}")
        person = next(each for each in self.people if each.subject == chosen)
        code = secrets.token_urlsafe(24)
        self.codes[code] = asked | {"person": person}
        return RedirectResponse(f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}", 302)

    async def _token(self, request: Request) -> Response:
        """A code for a token, once; with PKCE only for whoever asked for the code."""
        form = {name: values[0] for name, values in parse_qs((await request.body()).decode()).items()}
        asked = self.codes.pop(form.get("code", ""), None)
        if asked is None:
            self.refused.append("code")
            return JSONResponse({"error": "invalid_grant"}, 400)
        proof = urlsafe_b64encode(hashlib.sha256(form.get("code_verifier", "").encode()).digest()).rstrip(b"=").decode()
        if self.with_pkce and proof != asked.get("code_challenge"):
            self.refused.append("verifier")
            return JSONResponse({"error": "invalid_grant"}, 400)
        self.exchanged += 1
        claims = self.claims_of(asked["person"], asked.get("nonce", ""))
        claims = self.spoil(claims) if self.spoil else claims
        token = self.sign(claims) if self.sign else jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.key)
        return JSONResponse({"access_token": secrets.token_urlsafe(16), "token_type": "Bearer", "expires_in": 300, "id_token": token})

    def claims_of(self, person: Person, nonce: str) -> Claims:
        """What a token of somebody says."""
        now = int(time.time())
        return {
            "iss": self.issuer, "sub": person.subject, "aud": CLIENT_ID, "iat": now, "exp": now + 300, "nonce": nonce, "name": person.name,
            "email": person.email, "groups": list(person.groups),
        }  # fmt: skip

    async def _leave(self, request: Request) -> Response:
        return HTMLResponse("<h1>Signed out</h1>")

    def unsigned(self, claims: Claims) -> str:
        """A token that nobody signed (`alg` none)."""
        return f"{_part({'alg': 'none', 'typ': 'JWT'})}.{_part(claims)}."

    def signed_with_public_key(self, claims: Claims) -> str:
        """A token signed with what everybody knows, as if the key were a shared secret (`alg` HS256)."""
        return jwt.encode({"alg": "HS256", "kid": "one"}, claims, OctKey.import_key(self.key.as_pem(private=False)), algorithms=["HS256"])

    def signed_by_another(self, claims: Claims) -> str:
        """A token signed by somebody else under our key's name."""
        return jwt.encode({"alg": "RS256", "kid": "one"}, claims, RSAKey.generate_key(2048))


def _part(told: Claims) -> str:
    import json

    return urlsafe_b64encode(json.dumps(told).encode()).rstrip(b"=").decode()
