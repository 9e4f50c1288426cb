"""The part of the seam that is about the station as a whole: restart, reset, erasing."""

from __future__ import annotations

from typing import Protocol

from core.values.control import RestartWhen, WaitingRestart


class ControlStation(Protocol):
    """What an account may do to the station as a whole, as `api.Station` does."""

    async def restart(self, when: RestartWhen = "now") -> WaitingRestart | None:
        """Restart the station: the link is lost and comes back. None: it restarts at once.

        `now` ends open charges with their records; `when_free` waits while a charge is open, and a restart
        that waits already goes on waiting. Raises Busy: with `if_free` while a charge is open, and while
        something waits that does more than restart.
        """

    async def factory_reset(self, when: RestartWhen = "now") -> WaitingRestart | None:
        """Restart with factory settings and accounts; badges, log, host key and program stay.

        None: it is on the disk that everything else goes, and goes although the power may fail now. The
        choice is that of `restart`; what waits already is replaced. Raises Busy, TryLater.
        """

    async def erase_personal_data(self, when: RestartWhen = "now") -> WaitingRestart | None:
        """Restart without badges and records, and without badges in the log; like `factory_reset`."""

    async def take_back_restart(self) -> WaitingRestart:
        """Take back what waits; returns it. Raises NotFound, NotAllowed for what this account may not do."""
