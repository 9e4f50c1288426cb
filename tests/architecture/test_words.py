"""Nothing in the repository names a maker of stations, somebody's machine or a package source."""

import hashlib
import re
from pathlib import Path

# Kept as digests, so that this list does not name them either.
FORBIDDEN_WORDS = frozenset(
    {
        "c5f975b35c72cfe2",
        "8a150ab01714709f",
    }
)
WORD = re.compile(r"[a-z][a-z0-9]+")
# In pieces, so that this file passes its own test.
FORBIDDEN_TEXT = re.compile(
    r"(?<![\w.~])/(?:wo"
    r"rk|ro"
    r"ot|opt/(?:pypi|wheels))/"
    r"|(?<![\w.~])/(?:ho"
    r"me|Users)/(?!user\b|USER\b|tech\b)\w+/"
    r"|--(?:extra-)?index"
    r"-url[= ]|--find"
    r"-links[= ]|files\.python"
    r"hosted|deb\.deb"
    r"ian\.org"
)
BINARY = frozenset({".mo", ".png"})


def digest(word: str) -> str:
    """Return the digest under which a word is listed here."""
    return hashlib.sha256(word.encode()).hexdigest()[:16]


def offences(text: str) -> list[str]:
    """Return the forbidden words and texts found, in lower case, in the order found."""
    words = [word for word in WORD.findall(text.lower()) if digest(word) in FORBIDDEN_WORDS]
    return words + [match.group() for match in FORBIDDEN_TEXT.finditer(text)]


def test_no_file_names_a_maker_or_a_machine(project_files: list[Path], root: Path) -> None:
    found = {
        str(path.relative_to(root)): offences(f"{path.relative_to(root)}\n{path.read_text(encoding='utf-8')}")
        for path in project_files
        if path.suffix not in BINARY
    }
    assert {name: words for name, words in found.items() if words} == {}


def test_the_guard_notices_a_path_of_a_machine() -> None:
    assert offences("see /" + "home/anna/notes") == ["/" + "home/anna/"]
    assert offences("cd /" + "work/main") == ["/" + "work/"]
    assert offences("~/work/main, docs/root/x, the user's home") == []
