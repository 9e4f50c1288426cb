"""Parcels posted to a web server (HTTP, RFC 9110; multipart form, RFC 7578)."""

from __future__ import annotations

import io
import logging
import socket
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import cast

import anyio
import anyio.lowlevel
import httpx

from core.publication.parcel import Parcel, Step, Undelivered
from core.publication.transports.quoting import quoted
from core.publication.transports.reaching import reach, shake_hands
from core.publication.transports.steps import CERTIFICATE, CONNECT, ENCRYPT, FIND, SEND, Steps
from core.publication.transports.surroundings import Surroundings
from core.publication.transports.target import WebTarget
from core.publication.transports.trust import trusting
from core.publication.transports.web_body import Watched
from core.publication.transports.web_words import MAY_BE_TAKEN, NO_ANSWER, NO_WEB_SERVER, TOO_EARLY, of_answer
from core.publication.transports.words import chain, is_certificate, of_connection

# It logs addresses, and a path may hold a key.
logging.getLogger("httpx").setLevel(logging.WARNING)

FAULTS = (OSError, httpx.HTTPError, httpx.InvalidURL, UnicodeError)
ASK, FETCH = "Ask for the path", "Fetch the file"
PIECE = 64 * 1024
UNASKED = frozenset({404, 405, 501})
"""Answers to HEAD of a path that may still take files."""

NOT_KNOWN_YET = "The server is there. Whether it takes a file shows when one is sent."


def load_network() -> None:
    """Load what the web client would load at its first connection, holding up the event loop.

    Runs in a thread that has none.
    """

    async def open_and_close() -> None:
        async with httpx.AsyncClient(verify=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT), trust_env=False):
            await anyio.lowlevel.checkpoint()

    anyio.run(open_and_close)


class Web:
    """A web server. Only an answer of 200 to 299 counts; no redirection is followed."""

    def __init__(self, target: WebTarget, around: Surroundings) -> None:
        self._target = target
        self._around = around

    async def send(self, parcel: Parcel) -> None:
        """Deliver the parcel. Raises Undelivered."""
        steps = self._steps(lambda _: None)
        steps.at(SEND)
        async with self._client() as client, steps.within(self._around.limits.whole_s):
            # In pieces, so that a large file holds up nothing else.
            file = (parcel.name, io.BytesIO(parcel.content), parcel.media)

            def last() -> None:
                steps.handed_over = True

            try:
                request = client.build_request(
                    "POST",
                    self._url(),
                    files={self._target.field_name: file},
                    headers={"Idempotency-Key": f'"{parcel.name}"'},
                )
                request.stream = Watched(cast("httpx.AsyncByteStream", request.stream), last)
                answer = await client.send(request, stream=True, auth=self._auth())
            except FAULTS as fault:
                raise steps.failed(_stage(fault), fault) from None
            await answer.aclose()
            if not answer.is_success:
                steps.handed_over = answer.status_code in MAY_BE_TAKEN
                raise steps.undelivered(SEND, self._refusal(answer))
            if not steps.handed_over:
                raise steps.undelivered(SEND, TOO_EARLY.format(host=self._target.host))

    async def fetch(self, take: Callable[[bytes], None]) -> None:
        """Hand what the path holds over in pieces. Raises Undelivered, and whatever `take` raises."""
        steps = self._steps(lambda _: None)
        steps.at(FETCH)
        async with self._client() as client, steps.within(self._around.limits.whole_s):
            request = client.build_request("GET", self._url(), headers={"Accept-Encoding": "identity"})
            try:
                answer = await client.send(request, stream=True, auth=self._auth())
                try:
                    if not answer.is_success:
                        raise steps.undelivered(FETCH, self._refusal(answer))
                    async for piece in answer.aiter_raw(PIECE):
                        take(piece)
                finally:
                    await answer.aclose()
            except FAULTS as fault:
                raise steps.failed(_stage(fault), fault) from None

    async def test(self, told: Callable[[Step], None]) -> bool:
        """Connect, and ask for the path without sending anything."""
        steps = self._steps(told)
        limits = self._around.limits
        try:
            async with steps.within(limits.whole_s):
                opened = await reach(self._target, steps, limits.answer_s)
                if self._target.security == "none":
                    opened.close()
                else:
                    context = await trusting(self._around.authorities, also_public=self._around.also_public)
                    await shake_hands(opened, self._target, context, steps, limits.answer_s)
                await self._ask(steps)
        except Undelivered as fault:
            told(Step(name=fault.step, ok=False, said=fault.said))
            return False
        return True

    async def _ask(self, steps: Steps) -> None:
        async with self._client() as client:
            with steps.step(ASK, "The server knows the path.") as said:
                answer = await self._asked(client, "HEAD")
                if answer.status_code in UNASKED:
                    answer = await self._asked(client, "OPTIONS")
                    allowed = answer.headers.get("allow", "POST")
                    if answer.status_code in (405, 501) or (answer.is_success and "POST" not in allowed):
                        said.text = NOT_KNOWN_YET
                        return
                if not answer.is_success:
                    raise steps.undelivered(ASK, self._refusal(answer))

    async def _asked(self, client: httpx.AsyncClient, method: str) -> httpx.Response:
        request = client.build_request(method, self._url(), timeout=self._around.limits.answer_s)
        answer = await client.send(request, stream=True, auth=self._auth())
        await answer.aclose()
        return answer

    def _steps(self, told: Callable[[Step], None]) -> Steps:
        return Steps(told, explain=self._explain, faults=FAULTS)

    def _explain(self, step: str, fault: BaseException) -> str:
        if isinstance(fault, httpx.RemoteProtocolError):
            template = NO_ANSWER if "disconnected" in str(fault) else NO_WEB_SERVER
            return template.format(host=self._target.host, port=self._target.port)
        return of_connection(step, fault, self._target)

    def _refusal(self, answer: httpx.Response) -> str:
        return of_answer(answer.status_code, self._origin(answer.headers.get("location", "")), self._target)

    def _origin(self, location: str) -> str:
        """Where a redirection leads, without its path: that may hold a key."""
        try:
            url = httpx.URL(location)
        except (httpx.InvalidURL, UnicodeError):
            return ""
        if not url.raw_host:
            return "another path there"
        return quoted(f"{url.scheme}://{url.netloc.decode('ascii')}", self._target)

    @asynccontextmanager
    async def _client(self) -> AsyncIterator[httpx.AsyncClient]:
        limits = self._around.limits
        # An empty context trusts nobody.
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        if self._target.security != "none":
            context = await trusting(self._around.authorities, also_public=self._around.also_public)
        async with httpx.AsyncClient(
            verify=context,
            # No proxy, password file or certificates from the environment.
            trust_env=False,
            follow_redirects=False,
            timeout=httpx.Timeout(limits.answer_s, read=limits.taken_s),
            headers={"User-Agent": "evtty"},
        ) as client:
            yield client

    def _url(self) -> httpx.URL:
        target = self._target
        scheme = "http" if target.security == "none" else "https"
        path = "/" + target.path.removeprefix("/").replace("#", "%23")
        return httpx.URL(scheme=scheme, host=target.host, port=target.port).copy_with(
            raw_path=path.encode("ascii")
        )

    def _auth(self) -> httpx.BasicAuth | None:
        login = self._target.login
        return None if login is None else httpx.BasicAuth(login.username, login.password)


def _stage(fault: BaseException) -> str:
    """The step at which sending failed."""
    if any(isinstance(each, socket.gaierror | UnicodeError) for each in chain(fault)):
        return FIND
    if is_certificate(fault):
        return CERTIFICATE
    if isinstance(fault, httpx.ConnectError | httpx.ConnectTimeout):
        return ENCRYPT if any(isinstance(each, ssl.SSLError) for each in chain(fault)) else CONNECT
    return SEND
