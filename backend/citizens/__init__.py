"""Persons who sign in: who they are, their sessions, what they consented to."""
