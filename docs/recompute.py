#!/usr/bin/env python3
"""Recompute everything the open data says from what it is made of: python recompute.py sanjin.db

Only Python's standard library, and nothing of the program that published: written anew from
docs/rules.md. The numbers of the method are read from the data's own policy_pack. Prints a table of
what was published, what comes out, and whether they are equal; exits 1 where anything differs.
Table `band` holds the bands of earlier days too; those of the data's own day are recomputed.
"""

import sqlite3
import sys
from collections import Counter
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby
from operator import itemgetter

SHOWN = 5
MISSING = "(missing)"
WEIGHT = {"declaration": 2, "monitoring": 3, "inspection": 5}
OF_PRICES = (".with_winning", ".at_or_below_winning")


class Pack:
    """The policy pack that the data was judged by: its values by path."""

    def __init__(self, file, name):
        rows = file.execute("SELECT path, value, clause FROM policy_pack WHERE pack = ?", (name,))
        self.values, self.clauses = {}, {}
        for path, value, clause in rows:
            self.values[path], self.clauses[path] = value, clause

    def text(self, path):
        return self.values.get(path)

    def number(self, path):
        return int(self.values[path])

    def yes(self, path):
        return self.values[path] == "true"

    def many(self, path):
        return (self.values.get(path) or "").split("、")

    def clause(self, table):
        """The clause of a part of the pack: every value of the part carries it."""
        return next(c for path, c in self.clauses.items() if f"{path}.".startswith(f"{table}."))


class Data:
    """The open data in one SQLite file."""

    def __init__(self, path):
        self.file = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        self.meta = dict(self.file.execute("SELECT name, value FROM meta"))
        self.day = date.fromisoformat(self.meta["day"])
        self.pack = Pack(self.file, self.meta["pack"])

    def rows(self, sql, *values):
        """Rows of a question."""
        return self.file.execute(sql, values)

    def by_first(self, sql, *values):
        """First column → the others."""
        return {row[0]: tuple(row[1:]) for row in self.rows(sql, *values)}

    def by_pair(self, columns):
        """((outlet, drug), columns) of every price, sorted."""
        rows = self.rows(f"SELECT outlet, drug, {columns} FROM price ORDER BY outlet, drug")
        return ((row[:2], row[2:]) for row in rows)


class Report:
    """Counts what agrees, and keeps the first few that do not."""

    def __init__(self):
        self.lines, self.differing = [], 0

    def compare(self, what, published, recomputed):
        """Two mappings of the same things: name → value."""
        self.compare_sorted(what, sorted(published.items()), sorted(recomputed.items()))

    def compare_sorted(self, what, published, recomputed):
        """Two streams of (name, value), each sorted by name: a million fit into no memory."""
        counts, bad = Counter(), []
        for name, here, there in _side_by_side(iter(published), iter(recomputed)):
            counts["published"] += here is not MISSING
            counts["recomputed"] += there is not MISSING
            counts["equal" if here == there else "differ"] += 1
            if here != there and len(bad) < SHOWN:
                bad.append(f"    {name}: {here!r} / {there!r}")
        self.differing += counts["differ"]
        told = [counts[name] for name in ("published", "recomputed", "equal", "differ")]
        self.lines += ["{:>10} {:>10} {:>10} {:>8}  {}".format(*told, what), *bad]

    def show(self):
        """Print it."""
        print(f"{'published':>10} {'recomputed':>10} {'equal':>10} {'differ':>8}  what")
        print("\n".join(self.lines))


def _side_by_side(one, other):
    """(name, value here, value there) of two sorted streams."""
    end = (None, MISSING)
    here, there = next(one, end), next(other, end)
    while here is not end or there is not end:
        if there is end or (here is not end and here[0] < there[0]):
            yield *here, MISSING
            here = next(one, end)
        elif here is end or there[0] < here[0]:
            yield there[0], MISSING, there[1]
            there = next(other, end)
        else:
            yield *here, there[1]
            here, there = next(one, end), next(other, end)


def winning_prices(data):
    """Drug → (standing, price or None, batch or None) on the day, from the wins of every batch."""
    wins, holding = {}, {}
    for row in data.rows("SELECT drug, batch, standing, price_fen, announced_on, valid_from,"
                         " valid_until FROM win"):  # fmt: skip
        wins.setdefault(row[0], []).append(row)
    drugs = list(data.rows("SELECT code, generic_name, manufacturer FROM drug"))
    day = data.day.isoformat()
    for code, name, firm in drugs:
        if any(_holds(win, day) for win in wins.get(code, ())):
            holding.setdefault((name, firm), set()).add(code)
    told = {}
    for code, name, firm in drugs:
        standing, price, batch = _winning(wins.get(code, []), day)
        siblings = holding.get((name, firm), set()) - {code} if firm else set()
        told[code] = (
            "unlisted_pack" if standing == "none" and siblings else standing,
            price,
            batch,
        )
    return told


def _holds(win, day):
    _, _, standing, _, _, begins, ends = win
    in_time = (not begins or begins <= day) and (not ends or day <= ends)
    return standing in ("official", "assumed") and in_time


def _winning(wins, day):
    latest = sorted(wins, key=lambda w: (w[4] or "", w[5] or "", w[2] == "official", w[1]))[::-1]
    for win in latest:
        if _holds(win, day):
            return "in_force", win[3], win[1]
    for win in latest:
        if win[2] in ("official", "assumed"):
            return ("not_yet" if win[5] and day < win[5] else "expired"), None, None
    for standing, means in (("historical", "expired"), ("unsure",) * 2, ("elsewhere",) * 2):
        if any(win[2] == standing for win in latest):
            return means, None, None
    return "none", None, None


def badges(data):
    """Outlet → (state, since, until) on the day, from the stretches of its badge."""
    day = data.day.isoformat()
    told = {code: ("none", None, None) for (code,) in data.rows("SELECT code FROM outlet")}
    for outlet, since, until, state in data.rows(
        "SELECT outlet, since, until, state FROM badge_span WHERE since <= ? ORDER BY since", day
    ):
        over = state == "active" and until and until < day
        told[outlet] = ("expired" if over else state, since, until)
    return told


def current_prices(data, worn):
    """((outlet, drug), (price, stock, day, source)) of each newest observation, sorted."""
    outlets = dict(data.rows("SELECT code, special FROM outlet WHERE withdrawn_on IS NULL"))
    drugs = dict(data.rows("SELECT code, special FROM drug WHERE withdrawn_on IS NULL"))
    rows = data.rows(
        "SELECT outlet, drug, observed_on, source, number, price_fen, in_stock, selling"
        " FROM price_history ORDER BY outlet, drug"
    )
    for (outlet, drug), group in groupby(rows, key=itemgetter(0, 1)):
        newest = max(group, key=lambda row: (row[2], WEIGHT[row[3]], row[4]))
        _, _, day, source, _, price, stock, selling = newest
        if not selling or outlet not in outlets or drug not in drugs:
            continue
        if not drugs[drug] or _may_sell_special(data.pack, outlets[outlet], worn[outlet][0]):
            yield (outlet, drug), (price, stock, day, source)


def _may_sell_special(pack, special, badge):
    joined = badge == "active" or not pack.yes("special_drugs.needs_joined")
    return joined and (special or not pack.yes("special_drugs.needs_special_outlet"))


def bands(data, prices):
    """Drug → (count, low, high, clear) by the method of the pack, in 分."""
    pack, kinds = data.pack, _classes(data.pack)
    first = (data.day - timedelta(days=pack.number("band.window_days"))).isoformat()
    counting = {
        code for code, kind in data.rows("SELECT code, kind FROM outlet WHERE designated = 1")
        if kinds.get(kind) == "pharmacy"
    }  # fmt: skip
    asked = {}
    for (outlet, drug), (price, _, day, _) in prices:
        if outlet in counting and first <= day <= data.day.isoformat():
            asked.setdefault(drug, []).append(price)
    return {
        drug: _band(sorted(found), pack)
        for drug, found in asked.items()
        if len(found) >= pack.number("band.min_observations")
    }


def _band(ranked, pack):
    def share(whole, name):
        return -(-whole * pack.number(f"band.{name}") // 100)

    low = ranked[share(len(ranked), "low_percent") - 1]
    high = ranked[share(len(ranked), "high_percent") - 1]
    clear = max(
        high + share(high, "clear_percent"), high + share(high - low, "clear_spread_percent")
    )
    return len(ranked), low, high, clear


def _classes(pack):
    ends = ".class"
    return {path.split(".")[1]: value for path, value in pack.values.items()
            if path.startswith("outlet_kinds.") and path.endswith(ends)}  # fmt: skip


class Judge:
    """The verdict on a price: (verdict, reason, clause, comparison, winning, delta, position)."""

    def __init__(self, data, won, found_bands):
        self.pack, self.won, self.bands = data.pack, won, found_bands
        self.classes = _classes(data.pack)
        self.kinds = dict(data.rows("SELECT code, kind FROM drug"))

    def __call__(self, outlet, drug, price):
        kind, designated, joined, agreement = outlet
        class_, standing, winning = self.classes.get(kind), *self.won[drug][:2]
        barred = self._barred(drug, class_, standing) or (
            None if class_ else ("kind_not_listed", "scope.outlets")
        ) or (None if designated else ("not_designated", "scope.outlets"))  # fmt: skip
        if barred:
            return self._told("not_applicable", *barred)
        if not joined and not self.pack.yes(f"outlet_classes.{class_}.must_join"):
            return self._compared(drug, class_, price, winning if standing == "in_force" else None)
        if standing == "unlisted_pack" or winning is None:
            return self._told("undetermined", "unlisted_pack", "unlisted_pack")
        rule = f"price_rules.{class_}"
        if self.pack.text(f"{rule}.mode") == "agreement":
            if f"agreements.{agreement}.mode" not in self.pack.values:
                return self._told("undetermined", "agreement_unknown", rule, winning, price)
            rule = f"agreements.{agreement}"
        return self._by(rule, drug, price, winning, joined)

    def _barred(self, drug, class_, standing):
        kind, pack = self.kinds[drug], self.pack
        if kind in pack.many("zero_markup_exception.drug_kinds") and class_ in pack.many(
            "zero_markup_exception.classes"
        ):
            return "zero_markup_exception", "zero_markup_exception"
        another_pack_won = kind == "not_won" and standing == "unlisted_pack"
        if not another_pack_won and pack.text(f"drug_kinds.{kind}.winning") != "true":
            return "not_won", "scope.drugs"
        if standing in ("none", "expired", "not_yet", "elsewhere", "unsure"):
            return "not_won" if standing == "none" else standing, "scope.drugs"
        return None

    def _compared(self, drug, class_, price, winning):
        shows = self.pack.yes("comparison.compare") and class_ in self.pack.many(
            "comparison.classes"
        )
        if not shows:
            return self._told("not_applicable", "not_joined", "comparison")
        place = self._place(
            drug, price, winning, self.pack.number("price_rules.pharmacy.markup_fen")
        )
        return self._told("not_applicable", "not_joined", "comparison", winning, price, place, True)

    def _by(self, rule, drug, price, winning, joined):
        mode = self.pack.text(f"{rule}.mode")
        over = price - winning - self.pack.number(f"{rule}.markup_fen")
        place = None
        if mode == "exactly":
            code = "off_winning" if over else "compliant"
            reason = "above_winning" if over > 0 else "below_winning" if over else "at_winning"
            reason += "" if joined else "_not_joined"
        elif mode == "at_most":
            code = "off_winning" if over > 0 else "compliant"
            reason = "over_limit" if over > 0 else "within_limit"
        elif mode == "free":
            code, reason = "not_applicable", "no_ceiling"
        else:
            place = self._place(drug, price, winning, price - winning - over)
            code = "compliant" if place == "not_above_winning" else place or "undetermined"
            reason = place or "too_few"
        return self._told(code, reason, rule, winning, price, place)

    def _place(self, drug, price, winning, markup):
        if winning is None:
            return None
        if price <= winning + markup:
            return "not_above_winning"
        if drug not in self.bands:
            return None
        _, _, high, clear = self.bands[drug]
        return "in_band" if price <= high else "above_band" if price <= clear else "clearly_high"

    def _told(self, code, reason, rule, winning=None, price=None, place=None, comparison=False):
        delta = None if winning is None else price - winning
        clause = self.pack.clause(rule) or None
        return code, reason, clause, int(comparison), winning, delta, place


def counted(data, won, worn, found_bands):
    """The figures of the site that no price is needed for, by name."""
    told = Counter({"drugs": 0, "drugs.won": 0, "bands": len(found_bands), "outlets": 0})
    for (code,) in data.rows("SELECT code FROM drug WHERE withdrawn_on IS NULL"):
        told.update(drugs=1, **{"drugs.won": won[code][0] == "in_force"})
    for kind, number, count in data.rows(
        "SELECT list, number, COUNT(*) FROM edition_entry GROUP BY list, number"
    ):
        told[f"edition.{kind}.{number}"] = count
    for kind, number in in_force(data).items():
        told[f"edition.{kind}"] = told[f"edition.{kind}.{number}"]
    for code, district, kind in data.rows(
        "SELECT code, district, kind FROM outlet WHERE withdrawn_on IS NULL"
    ):
        names = ("badge." + worn[code][0], "district." + district, "kind." + kind)
        told.update(["outlets", *(f"outlets.{name}" for name in names)])
    return told


def in_force(data):
    """List → the number of its edition that rules on the day."""
    rows = data.rows(
        "SELECT list, number FROM edition WHERE effective_on <= ? ORDER BY effective_on, number",
        data.day.isoformat(),
    )
    return dict(rows)


class Tally:
    """Counts the prices that pass through it."""

    def __init__(self, won):
        self.won = won
        self.told = Counter({f"price{name}": 0 for name in ("", *OF_PRICES)})

    def count(self, drug, price, verdict):
        """One more."""
        winning = self.won[drug][1]
        self.told["price"] += 1
        self.told[f"price.verdict.{verdict}"] += 1
        self.told["price.with_winning"] += winning is not None
        self.told["price.at_or_below_winning"] += winning is not None and price <= winning

    def figures(self):
        """The figures of prices, by name."""
        told = dict(self.told)
        if told["price.with_winning"]:
            share = Decimal(100 * told["price.at_or_below_winning"]) / told["price.with_winning"]
            rounded = share.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
            told["price.share_at_or_below_winning"] = float(rounded)
        return told


def judged(data, won, worn, found_bands, tally):
    """((outlet, drug), verdict) of every current price, sorted, each counted on its way."""
    judge = Judge(data, won, found_bands)
    facts = {
        code: (kind, designated, worn[code][0] == "active", agreement)
        for code, kind, designated, agreement in data.rows(
            "SELECT code, kind, designated, agreement FROM outlet"
        )
    }
    for (outlet, drug), (price, *_) in current_prices(data, worn):
        verdict = judge(facts[outlet], drug, price)
        tally.count(drug, price, verdict[0])
        yield (outlet, drug), verdict


def recompute(path):
    """Hold everything against what it is made of; the report."""
    data, report = Data(path), Report()
    won, worn = winning_prices(data), badges(data)
    report.compare(
        "winning price in force, by drug",
        data.by_first("SELECT code, standing, winning_fen, winning_batch FROM drug"),
        won,
    )
    report.compare(
        "badge in force, by outlet",
        data.by_first("SELECT code, badge, badge_since, badge_until FROM outlet"),
        worn,
    )
    report.compare("outlets of the edition in force", *outlets_of_edition(data))
    report.compare_sorted(
        "current price, by outlet and drug",
        data.by_pair("price_fen, in_stock, observed_on, source"),
        current_prices(data, worn),
    )
    found_bands = bands(data, current_prices(data, worn))
    report.compare(f"band ({data.meta['method']}), by drug", published_bands(data), found_bands)
    tally = Tally(won)
    report.compare_sorted(
        "verdict, by outlet and drug",
        data.by_pair("verdict, reason, clause, comparison, winning_fen, delta_fen, position"),
        judged(data, won, worn, found_bands, tally),
    )
    report.compare(
        "figure of the site",
        dict(data.rows("SELECT name, value FROM figure")),
        counted(data, won, worn, found_bands) | tally.figures(),
    )
    _small_groups(data, report)
    return report


def outlets_of_edition(data):
    """Outlet → edition, as its row says and as the entries of the edition in force say."""
    number = in_force(data).get("outlets")
    entries = "SELECT code, number FROM edition_entry WHERE list = 'outlets' AND number = ?"
    named = "SELECT code, in_edition FROM outlet WHERE in_edition IS NOT NULL"
    known = {code for (code,) in data.rows("SELECT code FROM outlet")}
    told = {code: n for code, n in data.rows(entries, number) if code in known}
    return dict(data.rows(named)), told


def published_bands(data):
    """Drug → (count, low, high, clear) of the day."""
    sql = "SELECT drug, count, low_fen, high_fen, clear_fen FROM band WHERE day = ? AND method = ?"
    return data.by_first(sql, data.day.isoformat(), data.meta["method"])


def _small_groups(data, report):
    """No published group of residents' prices is smaller than the pack allows."""
    k = data.pack.number("open_data.small_count")
    small = data.rows("SELECT rowid, count FROM resident_price WHERE count < ?", k)
    report.compare(f"groups of residents' prices under k = {k}", dict(small), {})


def main():
    """Print the report; 0 where everything agrees."""
    if len(sys.argv) != 2:
        print(__doc__)
        return 2
    report = recompute(sys.argv[1])
    report.show()
    return 1 if report.differing else 0


if __name__ == "__main__":
    sys.exit(main())
