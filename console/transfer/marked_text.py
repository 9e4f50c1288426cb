"""A file as text between marks, which survives terminals, clipboards, mails and session logs.

Lines have at most 72 columns and neither begin nor end with a blank; only printable ASCII is used; empty
lines say so. What a terminal adds or takes therefore changes nothing: other line ends, blanks at the ends
of lines, empty lines, wrapping at 76 columns or more. The checksum finds everything else.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Iterator, Sequence
from typing import Final

from console.texts import N_

BEGIN: Final = "-----BEGIN EVTTY FILE-----"
END: Final = "-----END EVTTY FILE-----"
WIDTH: Final = 72
EMPTY: Final = "=."
"""A line with nothing in it."""
MOST_UNREADABLE: Final = 0.1
"""Share of bytes beyond printable ASCII above which nobody would call it readable."""

_ESCAPED = re.compile(rb"[^ -<>-~]")
_UNREADABLE = re.compile(rb"[^\t\r\n -~]")
_CODE = re.compile(r"=([0-9A-F]{2})")
_TEXT_LINE = re.compile(r"(?:[ -<>-~]|=[0-9A-F]{2})*=?")
_NEWLINES: Final = {"text crlf": b"\r\n", "text lf": b"\n"}


class Unreadable(Exception):
    """What stands between the marks is no whole file; `template` and `values` say why."""

    def __init__(self, template: str, **values: object) -> None:
        self.template = template
        self.values = values
        super().__init__(template.format(**values))


def to_lines(name: str, content: bytes) -> Iterator[str]:
    """The file as lines, marks included."""
    form = form_of(content)
    yield BEGIN
    yield f"name: {name}"
    yield f"size: {len(content)}"
    yield f"sha-256: {hashlib.sha256(content).hexdigest()}"
    yield f"form: {form}"
    if form == "base64":
        text = base64.b64encode(content).decode("ascii")
        yield from (text[at : at + WIDTH] for at in range(0, len(text), WIDTH))
    else:
        yield from _text_lines(content, _NEWLINES[form])
    yield END


def form_of(content: bytes) -> str:
    """`text crlf` or `text lf` for what a person can read, else `base64`."""
    if len(_UNREADABLE.findall(content)) > MOST_UNREADABLE * len(content):
        return "base64"
    ends = content.count(b"\r\n")
    return "text crlf" if ends and ends == content.count(b"\n") == content.count(b"\r") else "text lf"


def _text_lines(content: bytes, newline: bytes) -> Iterator[str]:
    lines = content.split(newline)
    last = lines.pop()
    for line in lines:
        yield from _pieces(line, ends="")
    if last:
        yield from _pieces(last, ends="=")


def _pieces(line: bytes, *, ends: str) -> Iterator[str]:
    """A line in pieces of `WIDTH`; a piece that ends with `=` goes on in the next."""
    rest = _ESCAPED.sub(lambda match: b"=%02X" % match[0][0], line).decode("ascii")
    if not rest:
        yield EMPTY
        return
    while True:
        if rest[0] in " -":
            rest = f"={ord(rest[0]):02X}{rest[1:]}"
        if len(rest) < WIDTH - 2:
            break
        cut = WIDTH - 4
        while "=" in rest[cut - 2 : cut]:
            cut -= 1
        yield f"{rest[:cut]}="
        rest = rest[cut:]
    if not ends and rest.endswith(" "):
        rest = f"{rest[:-1]}=20"
    yield rest + ends


def from_lines(lines: Sequence[str]) -> tuple[str, bytes]:
    """Name and content of the file whose lines stood between the marks. Raises Unreadable."""
    numbered = [(number, line.strip()) for number, line in enumerate(lines, 2) if line.strip()]
    facts: dict[str, str] = {}
    for key in ("name", "size", "sha-256", "form"):
        number, line = numbered.pop(0) if numbered else (2, "")
        found, _colon, value = line.partition(":")
        if found.strip() != key:
            raise Unreadable(N_("Line {line} of the text should begin with {key}:"), line=number, key=key)
        facts[key] = value.strip()
    if not re.fullmatch(r"[0-9]{1,12}", facts["size"]):
        raise Unreadable(N_("The size in the text is no number."))
    if facts["form"] == "base64":
        content = _from_base64([line for _number, line in numbered])
    elif facts["form"] in _NEWLINES:
        content = _from_text(numbered, _NEWLINES[facts["form"]])
    else:
        raise Unreadable(N_("The text has a form that is not known here: text crlf, text lf or base64."))
    size = int(facts["size"])
    if len(content) != size:
        raise Unreadable(
            N_("{found} bytes came instead of {size}: a part is missing or doubled. Copy all of it again."),
            found=len(content),
            size=size,
        )
    if hashlib.sha256(content).hexdigest() != facts["sha-256"].lower():
        raise Unreadable(N_("The checksum does not fit: the text was changed on its way. Copy it again."))
    return facts["name"], content


def _from_base64(lines: Sequence[str]) -> bytes:
    try:
        return base64.b64decode("".join("".join(lines).split()), validate=True)
    except (binascii.Error, ValueError):
        raise Unreadable(N_("The text is damaged: it is no base64. Copy all of it again.")) from None


def _from_text(numbered: Sequence[tuple[int, str]], newline: bytes) -> bytes:
    parts: list[bytes] = []
    for number, line in numbered:
        if line == EMPTY:
            parts.append(newline)
            continue
        if not _TEXT_LINE.fullmatch(line):
            raise Unreadable(N_("Line {line} of the text is damaged. Copy all of it again."), line=number)
        goes_on = line.endswith("=")
        plain = _CODE.sub(lambda match: chr(int(match[1], 16)), line[:-1] if goes_on else line)
        parts.append(plain.encode("latin-1"))
        if not goes_on:
            parts.append(newline)
    return b"".join(parts)
