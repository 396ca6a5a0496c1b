"""The codes on a box that stand for a product; drugs are found by their approval number."""

from peewee import CharField, ForeignKeyField, IntegerField, Model


class Drug(Model):
    class Meta:
        legacy_table_names = False


class ProductCode(Model):
    kind = CharField(max_length=8)
    code = CharField(max_length=14)
    drug = ForeignKeyField(Drug, on_delete="CASCADE")
    source = CharField(max_length=300)
    born = IntegerField(default=0)

    class Meta:
        legacy_table_names = False
        indexes = ((("kind", "code"), True),)


def up(migrator, db):
    """Make the table and the index."""
    with db.bind_ctx([Drug, ProductCode]):
        db.create_tables([ProductCode])
    db.execute_sql("CREATE INDEX drug_approval_no ON drug (approval_no)")


def down(migrator, db):
    """Drop them; the sheets of codes would have to be taken in again."""
    db.execute_sql("DROP INDEX drug_approval_no")
    with db.bind_ctx([Drug, ProductCode]):
        db.drop_tables([ProductCode])
