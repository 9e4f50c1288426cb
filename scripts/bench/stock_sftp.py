"""The stock SFTP server of asyncssh on a folder, for anybody on this machine: the reference of files.py."""

from __future__ import annotations

import asyncio
import sys

import asyncssh


class Anybody(asyncssh.SSHServer):
    def begin_auth(self, _username: str) -> bool:
        return False


async def serve(folder: str) -> None:
    listening = await asyncssh.listen(
        "127.0.0.1",
        0,
        server_host_keys=[asyncssh.generate_private_key("ssh-ed25519")],
        server_factory=Anybody,
        sftp_factory=lambda channel: asyncssh.SFTPServer(channel, folder.encode()),
        encryption_algs=("aes256-gcm@openssh.com",),
        compression_algs=None,
    )
    print(listening.get_port(), flush=True)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(serve(sys.argv[1]))
