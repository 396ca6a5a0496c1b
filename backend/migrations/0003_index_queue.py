"""The index queue: what the search index must still be told."""

from peewee import CharField, DateField, DoubleField, IntegerField, Model, SmallIntegerField


class IndexChange(Model):
    kind = CharField(max_length=10)
    code = CharField(max_length=40)
    number = IntegerField(default=0)
    told = SmallIntegerField(default=0)
    noted = DoubleField()

    class Meta:
        legacy_table_names = False
        indexes = ((("number", "kind", "code"), False),)


class IndexRebuild(Model):
    kind = CharField(max_length=10, primary_key=True)
    owner = CharField(max_length=120)
    beat = DoubleField()

    class Meta:
        legacy_table_names = False


class IndexState(Model):
    turned_on = DateField(null=True)
    checked_on = DateField(null=True)

    class Meta:
        legacy_table_names = False


TABLES = [IndexChange, IndexRebuild, IndexState]


def up(migrator, db):
    """Make the tables."""
    with db.bind_ctx(TABLES):
        db.create_tables(TABLES)


def down(migrator, db):
    """Drop them; `flask index rebuild` tells the index everything."""
    with db.bind_ctx(TABLES):
        db.drop_tables(TABLES)
