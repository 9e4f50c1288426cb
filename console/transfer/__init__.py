"""Files over the wire of one terminal: ZMODEM, and text between marks."""
