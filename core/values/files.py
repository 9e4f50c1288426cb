"""Files in the drop box, as the station knows of them."""

from __future__ import annotations

from typing import Final, Literal

FileDeed = Literal["file_received", "file_placed", "file_taken", "file_removed", "file_expired"]
"""What became of a file: sent here, placed for fetching, taken over by an import, removed, or too old."""
LONGEST_FILE_NAME: Final = 64
