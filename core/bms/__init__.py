"""The building's management over Modbus TCP: it reads the charge points, limits them and gives orders."""
