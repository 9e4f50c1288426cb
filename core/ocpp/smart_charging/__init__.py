"""Smart Charging of OCPP 1.6: charging profiles of the central system, and the limits that follow."""
