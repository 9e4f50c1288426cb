"""Files that go out and come in as marked text at a line."""

from __future__ import annotations

from console.transfer.marked_text import BEGIN, END, from_lines
from tests.dialogues.line_terminal import LineTerminal


def export(terminal: LineTerminal) -> bytes:
    """Take the list from the log of the terminal."""
    return take(terminal, "badges.csv", "badges export")


def take(terminal: LineTerminal, file: str, command: str, *, keys: str = "x") -> bytes:
    """Take the file of the page in view from the log of the terminal."""
    terminal.send(keys)
    terminal.wait_for("Send a file", file, "Marked text: about", "115200 baud", f"{command} >")
    terminal.output.clear()
    terminal.send("t")
    terminal.wait_for(END, f"This was all of {file}. Press Enter")
    log = terminal.output.decode("latin-1").split("\n")
    lines = [line.strip("\r") for line in log]
    terminal.send("\r")
    terminal.wait_for(f"{file} went out by Marked text", "[>Close<]")
    terminal.send("\r")
    terminal.wait_until_gone("Send a file")
    name, content = from_lines(lines[lines.index(BEGIN) + 1 : lines.index(END)])
    assert name == file
    return content


def paste(
    terminal: LineTerminal,
    lines: list[str],
    *,
    what: str = "A list of badges (.csv), at most 4,194,304 bytes",
    keys: str = "i",
) -> None:
    """Give a file to the page in view as somebody pastes it."""
    terminal.send(keys)
    terminal.wait_for("Fetch a file", what, "Marked text")
    terminal.send("t")
    terminal.wait_for("Paste the text now", BEGIN)
    terminal.send("\r".join(lines) + "\r")
