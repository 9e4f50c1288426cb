"""The station's own SSH key, made at its first start."""

from __future__ import annotations

from pathlib import Path

import asyncssh

from core.files import atomic_write

NAME = "ssh_host_ed25519"


class HostKeyDamaged(Exception):
    """The file of the host key cannot be read as a key."""


def host_key(folder: Path) -> asyncssh.SSHKey:
    """The ed25519 key in the data folder, made (mode 0600) when there is none. Raises HostKeyDamaged."""
    path = folder / NAME
    try:
        return asyncssh.import_private_key(path.read_bytes())
    except FileNotFoundError:
        pass
    except asyncssh.KeyImportError as error:
        raise HostKeyDamaged(str(path)) from error
    key = asyncssh.generate_private_key("ssh-ed25519", comment="evtty")
    atomic_write(path, key.export_private_key(), mode=0o600)
    return key


def key_fingerprint(folder: Path) -> str:
    """The SHA-256 fingerprint of the key in the data folder; "" while there is none that can be read."""
    try:
        return asyncssh.import_private_key((folder / NAME).read_bytes()).get_fingerprint()
    except (OSError, asyncssh.KeyImportError):
        return ""
