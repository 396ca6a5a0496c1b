"""Moments: kept in UTC and given back aware of it, whichever engine keeps them."""

from datetime import UTC, datetime

from peewee import DateTimeField


class MomentField(DateTimeField):
    """A moment. PostgreSQL keeps it without its zone, and every connection speaks UTC."""

    def db_value(self, value):
        """In UTC."""
        return super().db_value(value.astimezone(UTC) if value else value)

    def python_value(self, value):
        """Aware of being UTC."""
        moment = super().python_value(value)
        if isinstance(moment, datetime) and not moment.tzinfo:
            return moment.replace(tzinfo=UTC)
        return moment
