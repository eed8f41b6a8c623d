"""Pages that no book can make, by noun."""
