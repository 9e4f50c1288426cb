"""What a terminal can show, understand and send."""
