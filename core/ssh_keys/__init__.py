"""The public keys that open accounts over SSH: what may be one, and the register of them."""
