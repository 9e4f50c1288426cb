"""What the security whitepaper of OCPP 1.6 adds: events, trials of what protects the link, certificates."""
