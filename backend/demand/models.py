"""Askers who went without, by day, district, drug or words, and why."""

from peewee import CharField, CompositeKey, DateField, IntegerField

from backend.db import Table, database


class Unmet(Table):
    """How many askers came for the first time in the week about a drug they could not get.

    `drug` is a public code, or empty where nothing was found for the masked `words`; `district` is
    a code, or empty where nobody said from where. One asker counts once a week for one drug (or
    words) in one district, on the first day.
    """

    day = DateField()
    district = CharField(max_length=12)
    drug = CharField(max_length=40)
    words = CharField(max_length=64)
    why = CharField(max_length=16)
    askers = IntegerField()

    class Meta:
        database = database
        legacy_table_names = False
        primary_key = CompositeKey("day", "district", "drug", "words", "why")
