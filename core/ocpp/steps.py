"""The steps of the way to a central system that come after those to any server."""

UPGRADE, REGISTER = "Speak OCPP", "Register"
