"""The screens that a technician or a user sees, one app for each session."""
