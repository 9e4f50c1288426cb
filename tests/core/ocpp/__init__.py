"""The supervision by OCPP."""
