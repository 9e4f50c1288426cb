"""The console process: wires, sessions and commands for the people at the station."""
