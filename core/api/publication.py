"""The part of the seam that is about publication: what is sent, sending it now, testing the way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from core.values.publication import ConnectionTest, PublicationStatus, PublishOutcome
from core.values.setting import Value


class PublicationStation(Protocol):
    """What an account may ask of the publication, as `api.Station` does."""

    async def publication(self) -> PublicationStatus:
        """What was published last, what waits, and when the next period ends."""

    async def publish_now(self) -> PublishOutcome:
        """Send every record that is not published yet; returns what came of it, also when it failed.

        Raises Invalid while settings that the way needs are missing.
        """

    async def test_publication(self, changes: Mapping[str, Value] | None = None) -> ConnectionTest:
        """Try the way to the server without sending records; `changes` are settings not saved yet.

        Each step is announced by PublicationChanged. Raises Invalid, Busy while another test runs.
        """
