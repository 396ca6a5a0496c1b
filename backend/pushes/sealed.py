"""What is sealed of pushes, to be sealed anew when the key is exchanged."""

from backend.outside import outside
from backend.outside.resealing import Sealed
from backend.outside.wechat import fields_of
from backend.pushes import wording
from backend.pushes.actions import mark_of, unsealed
from backend.pushes.models import Push


def _renew(row: Push) -> None:
    raw = unsealed(row)
    fresh: dict[str, str | None] = {"sealed": outside.vault.sealed(f"push {row.key}", raw)}
    if row.sender:
        # Whose it is, is a mark under the same key.
        fresh["sender"] = mark_of(fields_of(raw)[0])
    Push.update(fresh).where(Push.id == row.id, Push.sealed == row.sealed).execute()


SEALED = (Sealed(wording.PUSHES, Push, "sealed", _renew),)
