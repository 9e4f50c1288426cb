"""Real servers and lines that tests talk to, made so that they can be stopped and cut at any moment."""
