"""Words that the data shares with the rooms above; a test of `units` holds its kinds against UNIT_KINDS."""

from typing import Final

UNIT_KINDS: Final = (
    "committee",
    "committee_office",
    "special_committee",
    "party_organ",
    "department",
    "vertical_body",
    "judicial_body",
    "town",
    "subdistrict",
    "park",
    "village",
    "establishment",
    "outside_body",
)
# The same four rhythms as periods.EVERY; the two rooms do not know each other, a test holds them together.
RHYTHMS: Final = {"month": "每月", "quarter": "每季度", "half_year": "每半年", "year": "每年"}
