"""What an outlet sells, counted from an index alone: the day an offer ended stands in it."""

_OLD, _NEW = ("outlet_id", "drug_id", "born"), ("outlet_id", "drug_id", "born", "died")


def up(migrator, db):
    """Make the wider index in place of the narrow one."""
    _change(migrator, _OLD, _NEW)


def down(migrator, db):
    """Make the narrow one again."""
    _change(migrator, _NEW, _OLD)


def _change(migrator, old, new):
    migrator.add_index("offer", new, False).run()
    migrator.drop_index("offer", f"offer_{'_'.join(old)}").run()
