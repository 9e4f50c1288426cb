"""Guards of the house rules that no other tool checks."""
