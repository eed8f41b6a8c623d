"""What the operator does: back up, restore, seal, check, see whether all is well."""
