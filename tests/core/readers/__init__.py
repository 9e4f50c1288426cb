"""Badge readers, each against a model of its device."""
