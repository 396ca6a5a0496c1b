"""Sheets people hand in and sheets handed back; nothing here knows what they are about."""
