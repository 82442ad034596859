"""Corpora in; tables, counts, concordances and pictures out."""
