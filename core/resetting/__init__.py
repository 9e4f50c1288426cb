"""Factory reset and the erasing of personal data: ordered on the disk, carried out before the next start.

A part of the station with tables or files of its own adds a row for each to `tables` or `files`.
"""
