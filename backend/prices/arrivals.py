"""The intake of price sheets: a million rows, staged and published in short transactions."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from time import monotonic, sleep

from backend.catalog.lookups import DrugRef, drugs_by_code
from backend.codes import number_of
from backend.db import copy_rows, database, is_postgres, run, run_many, tell_planner
from backend.indexing.notes import note_found
from backend.intake import wording as intake_wording
from backend.intake.kinds import Diff, Progress, Tell
from backend.intake.lists import chunks
from backend.intake.models import FOREVER, Delivery
from backend.money import yuan
from backend.outlets.lookups import OutletRef, outlets_by_code
from backend.outside import outside
from backend.outside.clock import city_day
from backend.policy.terms import Pack
from backend.prices import arrivals_sql as sql
from backend.prices import wording
from backend.prices.actions import snapshot_bands
from backend.prices.differences import difference, keep_medians
from backend.prices.sheets import PRICES
from backend.sheets.reading import Problem, Row

# A chunk of this size holds the write lock for well under half a second on a slow disk.
ROWS_AT_ONCE = 8_000
# Between writes that follow one another at once nobody else gets the lock. A writer who waits asks
# for it again every 100 ms at the longest, so it never misses a pause of that length.
BUSY_S, PAUSE_S = 0.35, 0.1
OLDEST = timedelta(days=5 * 365)

Stretch = tuple[int, int, float]


class PriceStager:
    """Reads price rows against the outlets and drugs that are known."""

    def __init__(self, delivery: Delivery, today: date) -> None:
        self.delivery_id = delivery.id
        self.today, self.oldest = today, today - OLDEST
        self.outlets = outlets_by_code(today)
        self.drugs = drugs_by_code()

    def take(self, rows: Sequence[Row]) -> list[Problem]:
        """Stage these rows in one short transaction."""
        problems: list[Problem] = []
        staged = []
        for row in rows:
            values = row.values
            outlet = self.outlets.get(values["outlet"])
            drug = self.drugs.get(values["drug"])
            wrong = self._wrong(values, outlet, drug)
            # A price with a lost cell beside it is not worth a question: hand it in again.
            problems += row.doubts
            if wrong:
                problems += [Problem("", row.number, *w) for w in wrong]
            elif not problems:
                staged.append(self._staged(row.number, values, outlet, drug))
        if staged:
            with database.atomic():
                copy_rows("staged_price", sql.STAGED, staged)
        return problems

    def _wrong(self, values, outlet, drug):
        if outlet and drug and self.oldest <= values["observed_on"] <= self.today:
            if not drug.special or outlet.may_choose_special:
                return None
            return [("药品编码", values["drug"], wording.SPECIAL_REFUSED)]
        return list(self._reasons(values, outlet, drug))

    def _reasons(self, values, outlet: OutletRef | None, drug: DrugRef | None):
        if not outlet:
            yield "定点编码", values["outlet"], intake_wording.unknown_code("机构")
        if not drug:
            yield "药品编码", values["drug"], intake_wording.unknown_code("药品")
        if values["observed_on"] > self.today:
            yield "观测日期", values["observed_on"].isoformat(), wording.IN_THE_FUTURE
        elif values["observed_on"] < self.oldest:
            yield "观测日期", values["observed_on"].isoformat(), wording.TOO_OLD

    def _staged(self, number, values, outlet, drug):
        stock = values.get("in_stock")
        stock = None if stock is None else int(stock)
        selling = values.get("selling")
        selling = 1 if selling is None else selling
        seen, source, price = values["observed_on"], values["source"], values["price_fen"]
        key = key_of(
            outlet.code, drug.code, seen, source=source, price_fen=price, stock=stock,
            selling=selling,
        )  # fmt: skip
        return (
            self.delivery_id, number, key, drug.id, outlet.id, price, stock, seen.isoformat(),
            source, values.get("evidence") or "", selling, 1, 0,
        )  # fmt: skip

    def finish(self) -> list[Problem]:
        """Of several rows for one outlet and drug the newest counts; equal ones contradict."""
        tell_planner("staged_price")
        if not run(sql.REPEATED, self.delivery_id).fetchone()[0]:
            return []
        problems: list[Problem] = []
        older: list[tuple[int]] = []
        repeated: list[tuple[int]] = []
        before: tuple = (None,) * 8
        for staged in run(sql.BY_PAIR, self.delivery_id):
            if before[6] == staged[6]:
                repeated.append((staged[0],))
            elif before[2:4] == staged[2:4]:
                older.append((staged[0],))
                if before[4:6] == staged[4:6]:
                    problems.append(_contradiction(before, staged))
            before = staged
        _run_in_chunks(sql.NOT_NEWEST, older)
        _run_in_chunks(sql.DROP, repeated)
        return problems


def key_of(
    outlet_code: str, drug_code: str, seen: date, *, source: int, price_fen: int,
    stock: int | None = None, selling: int = 1,
) -> int:  # fmt: skip
    """The identity of an observation: whoever hands in the same once more adds nothing."""
    return number_of(outlet_code, drug_code, seen, source, price_fen, stock, selling)


def _run_in_chunks(statement, rows):
    for chunk in chunks(rows):
        with database.atomic():
            run_many(statement, chunk)


def _contradiction(one, other):
    earlier, later = sorted((one, other), key=lambda staged: staged[1])
    return Problem("", later[1], "价格", yuan(later[7]), wording.contradicts(earlier[1]))


class PricesKind:
    """Sheets of prices."""

    key = "prices"
    form = PRICES

    def __init__(self, pack: Callable[[], Pack], *, tell: Tell) -> None:
        self.pack, self.tell = pack, tell

    def stager(self, delivery: Delivery, *, columns: frozenset[str], today: date) -> PriceStager:
        """A stager for a new delivery."""
        return PriceStager(delivery, today)

    def compare(self, delivery: Delivery, progress: Progress) -> Diff:
        """Mark what each row would do to the current offer, and which prices look mistaken."""
        outliers = self.pack().outliers
        # As a float: whole numbers could overflow.
        factor = float(outliers.factor)
        keep_medians(delivery, least=outliers.least)
        for low, high, share in giving_way(ranges(delivery)):
            run(sql.COMPARE, FOREVER, delivery.id, low, high)
            run(sql.DOUBT, delivery.id, low, high, factor, factor)
            progress(intake_wording.COMPARING, share)
        return difference(delivery, factor=outliers.factor)

    def write(self, delivery: Delivery, progress: Progress) -> None:
        """Append observations, what they change, and the next offers, all still unseen."""
        for low, high, share in giving_way(ranges(delivery, after=delivery.cursor)):
            with database.atomic():
                delivery.advance(cursor=high)
                run(sql.OBSERVE, delivery.id, low, high)
                run(sql.CHANGED_FACTS, delivery.number, FOREVER, delivery.id, low, high)
                run(sql.FIRST_FACTS, delivery.number, delivery.id, low, high)
                run(sql.END_OFFERS, delivery.number, FOREVER, delivery.id, low, high)
                run(sql.OFFER, delivery.number, FOREVER, delivery.id, low, high)
                note_found("outlets", *sql.TOUCHED, delivery.id, low, high, number=delivery.number)
            progress(intake_wording.WRITING, share)

    def flip(self, delivery: Delivery) -> None:
        """Nothing: every row was written for the new publication number already."""

    def settle(self, delivery: Delivery, progress: Progress) -> None:
        """Sweep the offers that died, queue the doubts, and take today's bands anew."""
        today = city_day(outside.clock.now()).isoformat()
        for low, high, share in giving_way(ranges(delivery)):
            run(sql.SWEEP, delivery.number, delivery.id, low, high)
            run(sql.QUEUE_DOUBTS.format(today=today), delivery.id, low, high)
            progress(intake_wording.SETTLING, share / 2)
        snapshot_bands(city_day(outside.clock.now()))
        progress(intake_wording.SETTLING, 1.0)
        self.tell(progress)

    def clear(self, delivery: Delivery) -> None:
        """Drop the staged rows, a chunk at a time."""
        run(sql.RESET_MEDIANS, delivery.id)
        for low, high, _ in giving_way(ranges(delivery)):
            run(sql.CLEAR, delivery.id, low, high)


def giving_way(stretches: Iterable[Stretch]) -> Iterator[Stretch]:
    """The stretches, with pauses in which others can write."""
    if is_postgres():
        # There a row is waited for, never the whole database.
        yield from stretches
        return
    begun = before = monotonic()
    for stretch in stretches:
        yield stretch
        now = monotonic()
        # One more as long as this one would keep others waiting for too long.
        if (now - begun) + (now - before) > BUSY_S:
            sleep(PAUSE_S)
            begun = now = monotonic()
        before = now


def ranges(delivery: Delivery, *, after: int = 0) -> Iterator[Stretch]:
    """The staged rows of a delivery as (first id, last id, share done) of short stretches."""
    return stretches(sql.EXTENT, delivery.id, after, size=ROWS_AT_ONCE)


def stretches(extent: str, *values: object, size: int) -> Iterator[Stretch]:
    """What lies between the two ids `extent` asks for, as (first id, last id, share done) of
    stretches of so many."""
    first, last = run(extent, *values).fetchone()
    if first is None:
        return
    span = last - first + 1
    for low in range(first, last + 1, size):
        high = min(low + size - 1, last)
        yield low, high, (high - first + 1) / span
