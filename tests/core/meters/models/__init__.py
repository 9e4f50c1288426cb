"""Power meters that are played, written from their register map."""
