"""What a mail server's answer means, and what to look at, in plain words."""

from __future__ import annotations

from collections.abc import Mapping

from core.publication.transports.quoting import quoted
from core.publication.transports.steps import CERTIFICATE, ENCRYPT, GREETING, LOG_IN, SEND
from core.publication.transports.target import Target
from core.publication.transports.words import by_class, by_code, of_connection

SENDER = "Sender"
RECEIVER = "Receiver"

NO_MAIL_SERVER = "What answers at port {port} of {host} is no mail server. Check Server and Port."

GREETING_ANSWERS: Mapping[int, str] = {
    **dict.fromkeys((500, 501, 502, 503, 530), NO_MAIL_SERVER),
    421: "{host} has no time now. It is tried again later.",
    554: "{host} takes no mail from this station. Ask whoever runs it.",
}

ENCRYPT_ANSWERS: Mapping[int, str] = {
    454: "{host} cannot encrypt at the moment. It is tried again later.",
    502: "{host} does not offer STARTTLS at port {port}. Check Port and Encryption.",
}

LOG_IN_ANSWERS: Mapping[int, str] = {
    421: "{host} closed the connection after the log-in failed. Check Username and Password.",
    454: "{host} cannot check passwords at the moment. It is tried again later.",
    504: "{host} takes none of the ways to log in that the station knows.",
    530: "{host} wants the connection encrypted before the log-in. Set Encryption.",
    534: "{host} wants an application password. Whoever runs it can give one.",
    535: "{host} did not accept Username and Password. Check both; some servers want the whole "
    "e-mail address as the user name.",
    538: "{host} wants the connection encrypted before the log-in. Set Encryption.",
}

SENDER_ANSWERS: Mapping[int, str] = {
    421: "{host} has no time now. It is tried again later.",
    451: "{host} has a fault at the moment. It is tried again later.",
    452: "The disk of {host} is full. It is tried again later; tell whoever runs it.",
    530: "{host} only takes mail after a log-in. Set Authentication required, or Encryption.",
    550: "{host} does not accept the sender's address. Check Sender.",
    552: "The file is larger than {host} takes. Ask whoever runs it to allow larger mail.",
    553: "{host} does not accept the sender's address. Check Sender.",
    554: "{host} does not accept mail from this sender. Check Sender.",
}

RECEIVER_ANSWERS: Mapping[int, str] = {
    421: "{host} has no time now. It is tried again later.",
    450: "{host} asks to come again later for this receiver. It is tried again.",
    451: "{host} asks to come again later for this receiver. It is tried again.",
    452: "{host} has no room, or takes fewer receivers at once. It is tried again later.",
    550: "{host} does not know this receiver, or does not pass mail on to it. Check Receiver; "
    "if it is right, {host} may want a log-in first.",
    551: "{host} does not pass mail on to this receiver. Check Receiver.",
    552: "The mailbox of this receiver is full.",
    553: "{host} does not accept this receiver's address. Check Receiver.",
    554: "{host} does not pass mail on to this receiver. Check Receiver; {host} may want a log-in first.",
}

CONTENT_ANSWERS: Mapping[int, str] = {
    421: "{host} has no time now. It is tried again later.",
    451: "{host} has a fault at the moment. It is tried again later.",
    452: "The disk of {host} is full. It is tried again later; tell whoever runs it.",
    552: "The mailbox is full, or the file is larger than {host} takes. Tell whoever runs it.",
    554: "{host} did not take the message, perhaps for what is in it. Ask whoever runs it.",
}

ANSWERS: Mapping[str, Mapping[int, str]] = {
    GREETING: GREETING_ANSWERS,
    ENCRYPT: ENCRYPT_ANSWERS,
    CERTIFICATE: ENCRYPT_ANSWERS,
    LOG_IN: LOG_IN_ANSWERS,
    SENDER: SENDER_ANSWERS,
    RECEIVER: RECEIVER_ANSWERS,
    SEND: CONTENT_ANSWERS,
}

SILENT = (
    "{host} accepts the connection but does not greet. Check Port and Encryption: "
    "port 465 wants Encryption TLS, 25 and 587 None or STARTTLS."
)
NO_STARTTLS = (
    "{host} does not offer STARTTLS at port {port}, and nothing is sent unencrypted in its place. "
    "Check Port and Encryption."
)
NO_WAY_TO_LOG_IN = (
    "{host} offers no log-in that the station knows. It may want the connection encrypted first: "
    "check Encryption; or set Authentication required to off."
)
FIRST_CODE, LAST_CODE = 200, 599


def of_answer(step: str, code: int, answer: str, target: Target) -> str:
    """Words for an answer of a mail server; what it said itself is quoted, but not at the log-in."""
    if not FIRST_CODE <= code <= LAST_CODE:
        return NO_MAIL_SERVER.format(host=target.host, port=target.port)
    kind = step.split(" ", 1)[0] if step.startswith((SENDER, RECEIVER)) else step
    words = by_code(code, ANSWERS.get(kind, {}), target) or by_class(code, target)
    said = "" if step == LOG_IN else quoted(answer, target)
    return f"{words} (Answer {code}{': ' if said else ''}{said})"


def of_silence(step: str, fault: BaseException, target: Target) -> str:
    """Words for a fault of the connection at a step."""
    if step == GREETING and isinstance(fault, TimeoutError):
        return SILENT.format(host=target.host)
    return of_connection(step, fault, target)
