"""Real boards: their drivers against independent models on pseudo-terminals."""
