"""Days of a badge's life: letting time pass, and the rows that tell of a badge lost."""

from datetime import timedelta

from backend.outside import outside
from backend.outside.clock import StoppedClock
from tests.conftest import NOW

SUSPENDED = {"三进状态": "暂停", "三进起始日": "2026-11-10", "变更原因": "货款逾期"}
LEFT = {"三进状态": "退出", "三进起始日": "2026-11-20", "变更原因": "自愿退出"}
ENDED = {"三进有效期至": "2026-11-23"}
NEVER = {"三进状态": "", "三进起始日": ""}


def later(**span):
    """Let time pass since the moment tests begin at (10:00 in the city, 2026-11-24)."""
    outside.clock = StoppedClock(NOW + timedelta(**span))
