"""What a web server's answer means, and what to look at, in plain words."""

from __future__ import annotations

from collections.abc import Mapping

from core.publication.transports.target import Target
from core.publication.transports.words import UNKNOWN, by_code

ANSWERS: Mapping[int, str] = {
    400: "{host} does not understand what is sent. Check Field name and Path.",
    401: "{host} did not accept the log-in. Check Authentication required, Username and Password.",
    403: "{host} does not let the station send files there. Check Path, Username and Password.",
    404: "{host} does not know the path. Check Path.",
    405: "{host} takes no files at this path. Check Path.",
    407: "A proxy is in between and wants a log-in; the station cannot use one.",
    408: "{host} found the station too slow. It is tried again later.",
    409: "{host} says that the file conflicts with one that it has. Ask whoever runs it.",
    410: "{host} does not know the path any more. Check Path.",
    411: "{host} does not take files in this way. Ask whoever runs it.",
    413: "The file is larger than {host} takes. Ask whoever runs it to allow larger ones.",
    415: "{host} does not take files of this kind. Check Path and Field name.",
    422: "{host} does not find what it expects. Check Field name.",
    426: "{host} wants the connection encrypted. Set Encryption.",
    429: "{host} finds that too much is sent. It is tried again later.",
    500: "{host} has a fault. It is tried again later; if it happens again, ask whoever runs it.",
    501: "{host} takes no files at this path. Check Path.",
    502: "The server behind {host} does not answer. It is tried again later.",
    503: "{host} is not ready at the moment. It is tried again later.",
    504: "The server behind {host} does not answer. It is tried again later.",
    507: "The disk of {host} is full. It is tried again later; tell whoever runs it.",
}

ELSEWHERE = (
    "{host} says that the file belongs elsewhere ({where}). The station sends only where it was told: "
    "check Server, Port, Path and Encryption."
)
NO_WEB_SERVER = "What answers at port {port} of {host} is no web server. Check Server, Port and Encryption."
NO_ANSWER = (
    "{host} closed the connection without an answer. If that happens again, check Port and Encryption."
)
TOO_EARLY = "{host} says that it has the file before it had all of it. It is sent again later."
LATER = "{host} could not take it. It is tried again later."
NEVER = "{host} refused. Check Path, or ask whoever runs it."

FIRST_REDIRECT, FIRST_REFUSAL, FIRST_FAULT = 300, 400, 500

MAY_BE_TAKEN = frozenset({502, 504})
"""Answers of a go-between that does not know what became of the file."""


def of_answer(status: int, where: str, target: Target) -> str:
    """Words for an answer that is no success; `where` is the origin that a redirection names."""
    if FIRST_REDIRECT <= status < FIRST_REFUSAL:
        words = ELSEWHERE.format(host=target.host, where=where or "nowhere")
    else:
        words = by_code(status, ANSWERS, target) or _fallback(status).format(host=target.host)
    return f"{words} (Answer {status})"


def _fallback(status: int) -> str:
    if status >= FIRST_FAULT:
        return LATER
    return NEVER if status >= FIRST_REFUSAL else UNKNOWN
