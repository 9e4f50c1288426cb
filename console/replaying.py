"""`evtty replay`."""
from pathlib import Path
def replay(file: Path, users: list[str], folder: Path) -> int:
    raise NotImplementedError
