"""What is sealed of pushes, to be sealed anew when the key is exchanged."""

from backend.outside import outside
from backend.outside.resealing import Sealed
from backend.pushes import wording
from backend.pushes.actions import unsealed
from backend.pushes.models import Push


def _renew(row: Push) -> None:
    sealed = outside.vault.sealed(f"push {row.key}", unsealed(row))
    Push.update(sealed=sealed).where(Push.id == row.id, Push.sealed == row.sealed).execute()


SEALED = (Sealed(wording.PUSHES, Push, "sealed", _renew),)
