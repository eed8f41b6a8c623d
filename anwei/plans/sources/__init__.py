"""Bytes of a file -> text for the plan reader.

Knows file formats (txt, csv, docx, pdf, xlsx, xls, and doc, wps, odt, rtf through LibreOffice), their limits and
their faults. Knows nothing of plans beyond the head of a task table: measures, units and dates are the reader's.
"""

from anwei.plans.sources.reading import read_source
from anwei.plans.sources.source import LIMITS, Limits, Source, Unreadable

__all__ = ["LIMITS", "Limits", "Source", "Unreadable", "read_source"]
