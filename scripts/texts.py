"""Writes the template of the catalogues of texts into the file that is named."""

from __future__ import annotations

import sys
from pathlib import Path

from babel.messages.pofile import write_po

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from screens.extraction import every_text  # noqa: E402


def main() -> None:
    texts = every_text()
    with Path(sys.argv[1]).open("wb") as file:
        write_po(file, texts, width=100)
    print(f"{len(texts)} texts in {sys.argv[1]}")


main()
