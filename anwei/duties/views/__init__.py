"""Pages that no book can make: the matrix, a duty, the return, the office's desk."""
