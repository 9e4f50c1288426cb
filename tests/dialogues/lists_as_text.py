"""A list of badges that goes out and comes in as marked text at the tab Badges of a line."""

from __future__ import annotations

from console.transfer.marked_text import BEGIN, END, from_lines
from tests.dialogues.line_terminal import LineTerminal


def export(terminal: LineTerminal) -> bytes:
    """Take the list from the log of the terminal."""
    terminal.send("x")
    terminal.wait_for("Send a file", "badges.csv", "Marked text: about", "115200 baud", "badges export >")
    terminal.output.clear()
    terminal.send("t")
    terminal.wait_for(BEGIN, END, "This was all of badges.csv. Press Enter")
    log = terminal.output.decode("latin-1").split("\n")
    lines = [line.strip("\r") for line in log]
    terminal.send("\r")
    terminal.wait_for("badges.csv went out by Marked text", "[>Close<]")
    terminal.send("\r")
    terminal.wait_until_gone("Send a file")
    name, content = from_lines(lines[lines.index(BEGIN) + 1 : lines.index(END)])
    assert name == "badges.csv"
    return content


def paste(terminal: LineTerminal, lines: list[str]) -> None:
    terminal.send("i")
    terminal.wait_for("Fetch a file", "A list of badges (.csv), at most 4,194,304 bytes", "Marked text")
    terminal.send("t")
    terminal.wait_for("Paste the text now", BEGIN)
    terminal.send("\r".join(lines) + "\r")
