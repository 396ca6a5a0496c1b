"""The figures of each night: how the prices were judged, as they were published."""

from peewee import CharField, DateField, IntegerField, Model, TextField


class NightFigures(Model):
    day = DateField(primary_key=True)
    number = IntegerField()
    pack = CharField(max_length=40)
    facts = TextField()

    class Meta:
        legacy_table_names = False


TABLES = [NightFigures]


def up(migrator, db):
    """Make the table."""
    with db.bind_ctx(TABLES):
        db.create_tables(TABLES)


def down(migrator, db):
    """Drop it; the next night fills it anew."""
    with db.bind_ctx(TABLES):
        db.drop_tables(TABLES)
