"""Lines to devices: serial devices and network addresses, opened, read and written without threads."""
