"""The commands that answer and end, the same over SSH and on the machine itself."""
