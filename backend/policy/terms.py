"""What a policy pack is made of: frozen records, read from TOML and never written back."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from backend.policy.checking_terms import Checking
from backend.policy.citizen_terms import Citizens
from backend.policy.confidence_terms import Confidence
from backend.policy.demand_terms import Demand, ProxyBuying
from backend.policy.history_terms import History
from backend.policy.monitoring_terms import Monitoring
from backend.policy.notice_terms import Notices
from backend.policy.push_terms import Pushes
from backend.policy.report_terms import Outliers, Reports
from backend.policy.sourced import Sourced as Sourced

OutletClass = Literal["public", "private", "pharmacy"]
Mode = Literal["exactly", "at_most", "band", "agreement", "free"]


@dataclass(frozen=True, kw_only=True)
class Document:
    """A policy document; `draft` while it is out for comment (征求意见稿)."""

    title: str
    short: str
    draft: bool


@dataclass(frozen=True, kw_only=True)
class Stage(Sourced):
    """A dated phase of the work; without `until` it goes on."""

    name: str
    from_: date | None = field(default=None, metadata={"key": "from"})
    until: date | None = None


@dataclass(frozen=True, kw_only=True)
class Scope:
    """Which drugs and which outlets the rules reach."""

    drugs: Sourced
    outlets: Sourced


@dataclass(frozen=True, kw_only=True)
class OutletClassTerms(Sourced):
    """A class of outlets and whether all of it must take part."""

    name: str
    must_join: bool


@dataclass(frozen=True, kw_only=True)
class OutletKind(Sourced):
    """A kind of outlet: its name, other spellings of it, what people call it, and its class.

    A spelling stands for one kind, what people call it may stand for several.
    """

    name: str
    class_: OutletClass = field(metadata={"key": "class"})
    synonyms: tuple[str, ...] = ()
    called: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class DrugKind(Sourced):
    """A kind of drug; the price rules reach it only when `winning`."""

    name: str
    winning: bool


@dataclass(frozen=True, kw_only=True)
class Exceptions(Sourced):
    """Drug kinds that the zero-markup duty of these outlet classes leaves out."""

    drug_kinds: tuple[str, ...]
    classes: tuple[OutletClass, ...]


@dataclass(frozen=True, kw_only=True)
class DiseaseGroup(Sourced):
    """A group of diseases the drug list gives weight to."""

    name: str


@dataclass(frozen=True, kw_only=True)
class SpecialDrugs(Sourced):
    """What an outlet must be before it may choose a special drug (特药)."""

    needs_joined: bool
    needs_special_outlet: bool


@dataclass(frozen=True, kw_only=True)
class PriceRule(Sourced):
    """How a price is measured; `markup_fen` (分) is what may stand on top of the winning price."""

    mode: Mode
    name: str = ""
    markup_fen: int = 0


@dataclass(frozen=True, kw_only=True)
class Comparison(Sourced):
    """Whether outlets of these classes outside 三进 are shown beside the band, without verdict."""

    compare: bool
    classes: tuple[OutletClass, ...]


@dataclass(frozen=True, kw_only=True)
class BandMethod(Sourced):
    """The parameters of the price band (区间) and of "clearly high"; see prices/bands.py."""

    version: str
    min_observations: int
    window_days: int
    low_percent: int
    high_percent: int
    clear_percent: int
    clear_spread_percent: int


@dataclass(frozen=True, kw_only=True)
class DualLabel(Sourced):
    """Outlet classes that must show both prices (双标签)."""

    classes: tuple[OutletClass, ...]


@dataclass(frozen=True, kw_only=True)
class Consultation(Sourced):
    """The telephone the medical-insurance authority publishes, and what it is called."""

    phone: str
    name: str


@dataclass(frozen=True, kw_only=True)
class Freshness(Sourced):
    """How old, in days, a price may be and still count as recent."""

    recent_days: int

    def level(self, days: int) -> str:
        """How fresh a price of that age is: today, recent, older, or unknown (future)."""
        if days < 0:
            return "unknown"
        if days == 0:
            return "today"
        return "recent" if days <= self.recent_days else "older"


@dataclass(frozen=True, kw_only=True)
class Ranking(Sourced):
    """What a kilometre weighs, in 分, when price and distance are balanced."""

    fen_per_km: int


@dataclass(frozen=True, kw_only=True)
class OpenData(Sourced):
    """From how many on a count that may point at a person goes out, and the licence of all.

    `licence_id` is an identifier of the Open Definition, `licence` what people read.
    """

    small_count: int
    licence_id: str
    licence: str


@dataclass(frozen=True, kw_only=True)
class Signs(Sourced):
    """How long a signed statement of a badge is good for, how often it is renewed, and after how
    many days a printed sign should be printed anew."""

    statement_hours: int
    statement_step_minutes: int
    sign_days: int


@dataclass(frozen=True, kw_only=True)
class Statement(Sourced):
    """A rule as one says it to a neighbour, beside the words it stands on."""

    plain: str


@dataclass(frozen=True, kw_only=True)
class Pack:
    """A city's rules in one version; without dates it rules on any day."""

    id: str
    city: str
    city_name: str
    title: str
    draft: bool
    effective_from: date | None = None
    effective_until: date | None = None
    documents: Mapping[str, Document]
    scope: Scope
    stages: tuple[Stage, ...] = ()
    outlet_classes: Mapping[OutletClass, OutletClassTerms]
    outlet_kinds: Mapping[str, OutletKind]
    drug_kinds: Mapping[str, DrugKind]
    zero_markup_exception: Exceptions
    unlisted_pack: Sourced
    disease_groups: Mapping[str, DiseaseGroup]
    special_drugs: SpecialDrugs
    price_rules: Mapping[OutletClass, PriceRule]
    agreements: Mapping[str, PriceRule]
    comparison: Comparison
    band: BandMethod
    dual_label: DualLabel
    consultation: Consultation
    monitoring: Monitoring | None = None
    freshness: Freshness
    confidence: Confidence
    ranking: Ranking
    outliers: Outliers
    pushes: Pushes
    signs: Signs
    about: Mapping[str, tuple[Statement, ...]] = field(default_factory=dict)
    open_data: OpenData | None = None
    proxy_buying: ProxyBuying | None = None
    demand: Demand | None = None
    reports: Reports | None = None
    history: History | None = None
    notices: Notices | None = None
    citizens: Citizens | None = None
    checking: Checking

    def rules_on(self, day: date) -> bool:
        """Whether that day lies within the pack's dates (both ends count)."""
        return (self.effective_from is None or self.effective_from <= day) and (
            self.effective_until is None or day <= self.effective_until
        )

    def kinds_of(self, class_: OutletClass) -> tuple[str, ...]:
        """The codes of the outlet kinds of a class, in the pack's order."""
        return tuple(code for code, kind in self.outlet_kinds.items() if kind.class_ == class_)

    def kind_named(self, words: str) -> str | None:
        """The code of the outlet kind that is written like this (name, synonym or code)."""
        for code, kind in self.outlet_kinds.items():
            if words in (code, kind.name, *kind.synonyms):
                return code
        return None
