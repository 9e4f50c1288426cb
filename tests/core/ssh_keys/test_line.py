"""A line is a public key that is taken, or is refused in words that say what to do."""

from __future__ import annotations

import base64
from itertools import count

import asyncssh
import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.ssh_options import SIGNATURES
from core.errors import Invalid
from core.ssh_keys.line import LONGEST_COMMENT, read_line
from core.ssh_keys.wire import TYPES
from core.values.keys import LARGEST_KEY_FILE
from tests.core.ssh_keys import making
from tests.core.ssh_keys.making import line_of, number, rsa, string

ED25519 = string(b"ssh-ed25519") + string(bytes(range(32)))
POINT = making.key(1, "ecdsa-sha2-nistp256").public_data[-69:]
OFF_THE_CURVE = string(b"ecdsa-sha2-nistp256") + string(b"nistp256") + string(b"\4" + bytes(64))
WRONG_CURVE = string(b"ecdsa-sha2-nistp384") + string(b"nistp256") + POINT
SK_ED25519 = string(b"sk-ssh-ed25519@openssh.com") + string(bytes(range(32))) + string(b"ssh:")
SK_ECDSA = string(b"sk-ecdsa-sha2-nistp256@openssh.com") + string(b"nistp256") + POINT + string(b"ssh:")


@pytest.mark.parametrize("kind", making.TYPES)
def test_a_key_is_taken_with_the_fingerprint_that_others_give_it(kind: str) -> None:
    read = read_line(making.line(1, kind))
    assert (read.type, read.comment) == (kind, "technician 1")
    assert read.fingerprint == making.fingerprint(1, kind)
    assert read.key == making.packed(1, kind)


@pytest.mark.parametrize(
    ("kind", "blob", "bits"),
    [
        ("ssh-ed25519", ED25519, 256),
        ("sk-ssh-ed25519@openssh.com", SK_ED25519, 256),
        ("sk-ecdsa-sha2-nistp256@openssh.com", SK_ECDSA, 256),
        ("ssh-rsa", rsa(3072), 3072),
        ("ssh-rsa", rsa(4096), 4096),
        ("ssh-rsa", rsa(16384), 16384),
    ],
    ids=count(),
)
def test_the_types_of_the_table_are_taken(kind: str, blob: bytes, bits: int) -> None:
    assert read_line(line_of(kind, blob)).bits == bits


@pytest.mark.parametrize(
    ("kind", "blob"),
    [
        *((kind, making.key(1, kind).public_data) for kind in making.TYPES),
        ("sk-ssh-ed25519@openssh.com", SK_ED25519),
        ("sk-ecdsa-sha2-nistp256@openssh.com", SK_ECDSA),
        ("ssh-rsa", rsa(3072)),
    ],
)
def test_the_ssh_server_reads_each_type_as_the_same_key_and_lets_it_sign(kind: str, blob: bytes) -> None:
    theirs = asyncssh.import_public_key(line_of(kind, blob))
    assert base64.b64encode(theirs.public_data).decode() == read_line(line_of(kind, blob)).key
    assert {name.decode() for name in theirs.all_sig_algorithms} & set(SIGNATURES)


def test_every_type_is_tried() -> None:
    assert set(TYPES) == {*making.TYPES, "ssh-rsa", *(k for k in TYPES if k.startswith("sk-"))}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "There is no key"),
        ("# a comment\n\n", "There is no key"),
        (f"{line_of('ssh-ed25519', ED25519)}\n{making.line(2)}", "One key at a time: there are 2 lines"),
        ("x" * (LARGEST_KEY_FILE + 1), "at most 16384 characters"),
        ("-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl\n", "private key: it stays with you"),
        ("---- BEGIN SSH2 PUBLIC KEY ----\nAAAA\n", "ssh-keygen -i -f"),
        (f'command="reboot" {line_of("ssh-ed25519", ED25519)}', "Options before the key"),
        (f'no-pty,from="10.0.0.1" {line_of("ssh-rsa", rsa(3072))}', "Options before the key"),
        (f"cert-authority {line_of('ssh-ed25519', ED25519)}", "Options before the key"),
        ("ssh-dss AAAAB3NzaC1kc3M=", "DSA keys are not safe"),
        ("ssh-ed25519-cert-v01@openssh.com AAAA", "Certificates are not taken"),
        ("PuTTY-User-Key-File-2: ssh-rsa\nPrivate-Lines: 1", "private key: it stays with you"),
        ("ssh-xmss@openssh.com AAAA", "No key begins with ssh-xmss@openssh.com"),
        ("My-Secret-Password-9", "No key begins with"),
        ("ssh-ed25519", "cut short or altered"),
        ("ssh-ed25519 AAAA*", "cut short or altered"),
        ("ssh-ed25519 Äö", "cut short or altered"),
        (line_of("ssh-ed25519", ED25519[:-1]), "cut short or altered"),
        (line_of("ssh-ed25519", ED25519 + b"\0"), "cut short or altered"),
        (line_of("ssh-rsa", ED25519), "cut short or altered"),
        (line_of("ssh-ed25519", string(b"ssh-ed25519") + string(bytes(31))), "cut short or altered"),
        (line_of("ecdsa-sha2-nistp256", OFF_THE_CURVE), "cut short"),
        (line_of("ecdsa-sha2-nistp384", WRONG_CURVE), "cut short"),
        (line_of("sk-ssh-ed25519@openssh.com", SK_ED25519[:-8] + string(b"https://x")), "cut short"),
        (line_of("ssh-rsa", rsa(3071)), "at least 3072 bits, this one has 3071"),
        (line_of("ssh-rsa", rsa(2048)), "at least 3072 bits, this one has 2048"),
        (line_of("ssh-rsa", rsa(16385)), "too long"),
        (line_of("ssh-rsa", rsa(3072, exponent=2)), "no program makes"),
        (line_of("ssh-rsa", rsa(3072, exponent=2**40 + 1)), "no program makes"),
        (line_of("ssh-rsa", string(b"ssh-rsa") + number(3) + number(1 << 3071)), "no program makes"),
        (line_of("ssh-rsa", string(b"ssh-rsa") + string(b"\0\0\3") + number((1 << 3071) | 1)), "cut short"),
        (line_of("ssh-ed25519", ED25519, "\x1b[31mred"), "U+001B"),
        (line_of("ssh-ed25519", ED25519, "left\u202eright"), "U+202E"),
        (line_of("ssh-ed25519", ED25519, "x" * (LONGEST_COMMENT + 1)), "at most 100 characters"),
    ],
    ids=count(),
)  # fmt: skip
def test_anything_else_is_refused_in_words(text: str, words: str) -> None:
    with pytest.raises(Invalid) as refused:
        read_line(text)
    assert words.replace("too long", "at most 16384 bits") in refused.value.message


def test_a_refusal_repeats_nothing_of_a_private_key() -> None:
    with pytest.raises(Invalid) as refused:
        read_line("-----BEGIN OPENSSH PRIVATE KEY-----\nCanary0451\n-----END OPENSSH PRIVATE KEY-----\n")
    assert "Canary0451" not in f"{refused.value.message}{refused.value.values}"


def test_a_key_without_a_comment_is_taken() -> None:
    assert read_line(" ".join(making.line().split()[:2])).comment == ""


@given(st.binary(max_size=200), st.sampled_from(sorted(TYPES)), st.text(max_size=20))
def test_whatever_stands_in_a_line_is_read_or_refused(blob: bytes, kind: str, comment: str) -> None:
    for packed in (blob, string(kind.encode()) + blob):
        try:
            read = read_line(line_of(kind, packed, comment))
        except Invalid as refused:
            assert refused.message  # noqa: PT017
        else:
            assert base64.b64decode(read.key) == packed


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        read_line(text)
    except Invalid as refused:
        assert refused.message  # noqa: PT017


@given(st.integers(min_value=0, max_value=len(SK_ECDSA) - 1), st.integers(min_value=1, max_value=255))
def test_a_flipped_byte_is_refused_or_makes_another_fingerprint(at: int, change: int) -> None:
    altered = bytearray(SK_ECDSA)
    altered[at] ^= change
    try:
        read = read_line(line_of("sk-ecdsa-sha2-nistp256@openssh.com", bytes(altered)))
    except Invalid:
        return
    assert read.fingerprint != read_line(line_of("sk-ecdsa-sha2-nistp256@openssh.com", SK_ECDSA)).fingerprint
