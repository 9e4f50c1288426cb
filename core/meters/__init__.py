"""Power meters: what they measure, how they are asked, and what of it counts."""
