"""Attachments: bytes kept once by their hash, pointed at from any row.

Knows: blobs (original kept), attachments (what they belong to, day, place, who), what kinds of content are let in.
Knows not: who may see them; the subject's own room decides that (files are served below its address).
"""
