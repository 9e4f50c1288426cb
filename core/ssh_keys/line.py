"""One line of a `.pub` file: the type, the key in base64, a comment."""

from __future__ import annotations

import base64
import binascii
import hashlib
import unicodedata

import msgspec

from core.errors import Invalid
from core.settings.cleaning import composed, first_refused, harmless
from core.ssh_keys.wire import TYPES, bits_of, not_whole
from core.values.keys import LARGEST_KEY_FILE

LONGEST_COMMENT = 100
TAKEN = "ed25519, ecdsa, rsa of at least 3072 bits, or one of a security token (ed25519-sk, ecdsa-sk)"


class KeyLine(msgspec.Struct, frozen=True, kw_only=True):
    """A public key that may open an account. `key` is its base64 in the one form that is compared."""

    type: str
    bits: int
    key: str
    comment: str

    @property
    def fingerprint(self) -> str:
        """`SHA256:...` as `ssh-keygen -l` prints it."""
        return fingerprint_of(base64.b64decode(self.key))


def fingerprint_of(packed: bytes) -> str:
    digest = base64.b64encode(hashlib.sha256(packed).digest()).decode("ascii")
    return f"SHA256:{digest.rstrip('=')}"


def read_line(text: str) -> KeyLine:
    """Read the one key of a `.pub` file; empty lines and lines of `#` do not count. Raises Invalid."""
    if len(text) > LARGEST_KEY_FILE:
        raise Invalid("A public key is one line of at most {most} characters.", most=LARGEST_KEY_FILE)
    if "PRIVATE KEY" in text or text.lstrip().startswith("PuTTY-User-Key-File"):
        raise Invalid("This is the private key: it stays with you alone. Give the .pub file beside it.")
    if "BEGIN SSH2 PUBLIC KEY" in text:
        raise Invalid(
            "This is the form of another program. Turn it into one line with: ssh-keygen -i -f FILE"
        )
    found = [line for line in (each.strip() for each in text.splitlines()) if line and line[0] != "#"]
    if not found:
        raise Invalid("There is no key. Give the line of the .pub file, such as: ssh-ed25519 AAAA... name")
    if len(found) > 1:
        raise Invalid("One key at a time: there are {count} lines.", count=len(found))
    return _read(found[0])


def _read(line: str) -> KeyLine:
    words = line.split(None, 2)
    kind = words[0]
    if kind not in TYPES:
        raise _not_taken(kind, line)
    if len(words) < 2:
        raise not_whole()
    try:
        packed = base64.b64decode(words[1].encode("ascii"), validate=True)
    except (UnicodeEncodeError, binascii.Error):
        raise not_whole() from None
    bits = bits_of(kind, packed)
    key = base64.b64encode(packed).decode("ascii")
    return KeyLine(type=kind, bits=bits, key=key, comment=_comment(words[2] if len(words) > 2 else ""))


def _not_taken(kind: str, line: str) -> Invalid:
    if any(word in TYPES for word in line.replace('"', " ").split()[1:]):
        return Invalid(
            "Options before the key would not be followed, so they are not taken. Begin with the type."
        )
    if kind.endswith(("-cert-v01@openssh.com", "-cert-v00@openssh.com")):
        return Invalid("Certificates are not taken. Give the key itself.")
    if kind == "ssh-dss":
        return Invalid("DSA keys are not safe any more. Make one with: ssh-keygen -t ed25519")
    return Invalid("No key begins with {begin}. Taken are: {kinds}.", begin=harmless(kind), kinds=TAKEN)


def _comment(text: str) -> str:
    comment = composed(text)
    refused = first_refused(comment)
    if refused is not None:
        raise Invalid(
            "The comment of the key has the character {refused}, which cannot be shown.", refused=refused
        )
    if len(comment) > LONGEST_COMMENT:
        raise Invalid(
            "The comment of a key has at most {most} characters, this one has {count}.",
            most=LONGEST_COMMENT,
            count=len(comment),
        )
    return unicodedata.normalize("NFC", comment)
