"""The station: charging, settings, accounts and records, without any terminal."""
