"""What the SSH server offers and refuses."""

from __future__ import annotations

from typing import Any, Final

import asyncssh

KEY_EXCHANGES: Final = ("mlkem768x25519-sha256", "curve25519-sha256", "curve25519-sha256@libssh.org")
CIPHERS: Final = ("aes256-gcm@openssh.com", "aes128-gcm@openssh.com", "aes256-ctr")
MACS: Final = ("hmac-sha2-256-etm@openssh.com", "hmac-sha2-512-etm@openssh.com")

SIGNATURES: Final = (
    "ssh-ed25519",
    "sk-ssh-ed25519@openssh.com",
    "ecdsa-sha2-nistp256",
    "ecdsa-sha2-nistp384",
    "ecdsa-sha2-nistp521",
    "sk-ecdsa-sha2-nistp256@openssh.com",
    "rsa-sha2-256",
    "rsa-sha2-512",
)
"""What a visitor's public key may sign by."""

LOGIN_TIMEOUT_S: Final = 30
KEEPALIVE_S: Final = 15
KEEPALIVES: Final = 3


def server_options(key: asyncssh.SSHKey) -> dict[str, Any]:
    """The options of every connection: passwords and public keys, nothing forwarded, nothing compressed."""
    return {
        "server_host_keys": [key],
        "send_server_host_keys": False,
        "kex_algs": KEY_EXCHANGES,
        "encryption_algs": CIPHERS,
        "mac_algs": MACS,
        "compression_algs": None,
        "signature_algs": SIGNATURES,
        "password_auth": True,
        "public_key_auth": True,
        "kbdint_auth": False,
        "host_based_auth": False,
        "gss_host": None,
        "gss_kex": False,
        "gss_auth": False,
        "x509_trusted_certs": None,
        "agent_forwarding": False,
        "x11_forwarding": False,
        "allow_scp": False,
        "sftp_factory": None,
        "allow_pty": True,
        "line_editor": False,
        "encoding": None,
        "rdns_lookup": False,
        "login_timeout": LOGIN_TIMEOUT_S,
        "keepalive_interval": KEEPALIVE_S,
        "keepalive_count_max": KEEPALIVES,
        "server_version": "evtty",
        "config": [],
    }
