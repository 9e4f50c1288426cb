"""Writes, or with --check compares, the pages of docs/ that follow from tables in the source."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from console.commands import reference as commands  # noqa: E402
from core import fault_reference as errors  # noqa: E402
from core.ocpp import key_reference as keys  # noqa: E402
from core.settings import reference as settings  # noqa: E402

PAGES = {
    "settings.md": settings.reference,
    "commands.md": commands.reference,
    "errors.md": errors.reference,
    "ocpp-keys.md": keys.reference,
}


def main() -> int:
    stale = []
    for name, written in PAGES.items():
        page = ROOT / "docs" / name
        text = written()
        if page.is_file() and page.read_text("utf-8") == text:
            continue
        stale.append(name)
        if "--check" not in sys.argv:
            page.write_text(text, "utf-8")
    if stale and "--check" in sys.argv:
        print(f"not what the tables say: {', '.join(stale)}; scripts/docs writes them", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
