"""The supervision by OCPP 1.6J: the station as the charge point of a central system."""
