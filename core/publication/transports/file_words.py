"""What a file server's answer means, and what to look at, in plain words."""

from __future__ import annotations

import re
from collections.abc import Mapping

from core.publication.transports.quoting import quoted
from core.publication.transports.steps import CERTIFICATE, ENCRYPT, GREETING, LOG_IN, SEND
from core.publication.transports.target import Target
from core.publication.transports.words import by_class, by_code

PROTECT, WRITE, RENAME, REMOVE = "Encrypt files", "Write a file", "Rename it", "Remove it"
FOLDER, FETCH = "Open the folder", "Fetch the file"

NO_FILE_SERVER = "What answers at port {port} of {host} is no file server (FTP). Check Server and Port."

GREETING_ANSWERS: Mapping[int, str] = {
    120: "{host} is not ready yet. It is tried again later.",
    421: "{host} has no time now, or too many connections. It is tried again later.",
}

ENCRYPT_ANSWERS: Mapping[int, str] = {
    431: "{host} cannot encrypt at the moment. It is tried again later.",
    **dict.fromkeys(
        (500, 502, 504, 530, 534),
        "{host} does not offer encryption (AUTH TLS) at port {port}, and nothing is sent unencrypted "
        "in its place. Check Port and Encryption.",
    ),
}

PROTECT_ANSWERS: Mapping[int, str] = dict.fromkeys(
    (431, 500, 502, 503, 504, 534, 536),
    "{host} encrypts the log-in but not files, and nothing is sent unencrypted in its place. "
    "Whoever runs it must allow protected data (PROT P).",
)

LOG_IN_ANSWERS: Mapping[int, str] = {
    **dict.fromkeys((500, 502), NO_FILE_SERVER),
    332: "{host} wants an account besides user name and password; the station has none.",
    421: "{host} closed the connection after the log-in failed. Check Username and Password.",
    430: "{host} did not accept Username and Password. Check both.",
    503: "{host} did not accept Username and Password. Check both.",
    530: "{host} did not accept Username and Password. Check both; where Authentication required is off, "
    "the server must allow anonymous access.",
    **dict.fromkeys(
        (522, 533, 534, 550), "{host} wants the connection encrypted before the log-in. Set Encryption."
    ),
}

TRANSFER_ANSWERS: Mapping[int, str] = {
    421: "{host} closed the connection. It is tried again later.",
    425: "{host} could not open the connection for the file. Turn Passive mode the other way; "
    "if that does not help, a firewall is in between.",
    426: "The connection for the file broke off. It is tried again later; "
    "if it happens again, turn Passive mode the other way.",
    450: "The file is in use on {host}. It is tried again later.",
    451: "{host} has a fault at the moment. It is tried again later.",
    452: "The disk of {host} is full. It is tried again later; tell whoever runs it.",
    500: "{host} did not accept the connection for the file. Turn Passive mode the other way.",
    501: "{host} did not accept the connection for the file. Turn Passive mode the other way.",
    502: "{host} does not do what is needed to send a file. Turn Passive mode the other way.",
    521: "{host} wants the file unencrypted. Whoever runs it must allow protected data.",
    522: "{host} wants the file encrypted in another way. Check Encryption.",
    532: "{host} does not let this user store files. Whoever runs it must allow it.",
    550: "{host} does not let this user write to its folder. Whoever runs it must allow it.",
    552: "The space for this user on {host} is used up. Tell whoever runs it.",
    553: "{host} does not take a file of this name. Whoever runs it must allow it.",
}

RENAME_ANSWERS: Mapping[int, str] = dict.fromkeys(
    (450, 500, 502, 503, 504, 530, 532, 550, 553),
    "{host} does not let this user rename files. Files are sent under another name and renamed when they "
    "are whole, so that nobody reads half of one; whoever runs the server must allow it.",
)

FOLDER_ANSWERS: Mapping[int, str] = {
    550: "{host} has no such folder, or does not let this user into it.",
}

FETCH_ANSWERS: Mapping[int, str] = {
    550: "{host} has no such file, or does not let this user read it.",
}

ANSWERS: Mapping[str, Mapping[int, str]] = {
    GREETING: GREETING_ANSWERS,
    ENCRYPT: ENCRYPT_ANSWERS,
    CERTIFICATE: ENCRYPT_ANSWERS,
    LOG_IN: LOG_IN_ANSWERS,
    PROTECT: PROTECT_ANSWERS,
    FOLDER: FOLDER_ANSWERS,
    FETCH: FETCH_ANSWERS,
    SEND: TRANSFER_ANSWERS,
    WRITE: TRANSFER_ANSWERS,
    RENAME: RENAME_ANSWERS,
}

SILENT = "{host} accepts the connection but does not greet. Check Port: 21 is usual for FTP."
NO_TRANSFER = (
    "The connection for the file could not be opened. Turn Passive mode the other way; "
    "if that does not help, a firewall is in between."
)
CUT_SHORT = "{host} has only a part of the file. It is tried again; if it happens again, ask whoever runs it."

CODE = re.compile(r"[1-5][0-9]{2}(?=[ -]|$)")


def answer_code(answer: str) -> int | None:
    """The three digits that an answer begins with; None for what is no answer of a file server."""
    match = CODE.match(answer)
    return int(match[0]) if match else None


def of_answer(step: str, answer: str, target: Target) -> str:
    """Words for an answer of a file server; what it said itself is quoted, but not at the log-in."""
    code = answer_code(answer)
    if code is None:
        return NO_FILE_SERVER.format(host=target.host, port=target.port)
    words = by_code(code, ANSWERS.get(step, {}), target) or by_class(code, target)
    said = "" if step == LOG_IN else quoted(answer[4:], target)
    return f"{words} (Answer {code}{': ' if said else ''}{said})"
