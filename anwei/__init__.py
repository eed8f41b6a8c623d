"""Anwei: the working platform of a district work-safety committee office."""
