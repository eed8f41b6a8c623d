"""Sign-in, lockout, second factor, sessions, own password."""
