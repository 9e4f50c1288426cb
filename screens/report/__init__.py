"""The maintenance report as a document that screen, command and file show alike."""
