"""Reads what `encore features` and `encore train score` write, and splits it by artist or by release."""

import hashlib
import json
import os
from dataclasses import dataclass

import numpy as np

OUTCOME_DAYS = 30


@dataclass
class Features:
    index: dict
    rows: np.ndarray  # float16 [rows, frames, mels], mapped, not read
    outcome: np.ndarray  # float32 [songs, 2]: log listeners, log plays per listener
    planted: np.ndarray  # float32 [songs, 2], NaN where unknown
    loudness: np.ndarray  # float32 [songs], dB
    artist: np.ndarray  # str [songs]
    release: np.ndarray  # datetime64[D] [songs]

    def windows(self, song: int) -> list:
        return self.index["songs"][song]["rows"]


def read_features(folder: str) -> Features:
    with open(os.path.join(folder, "features.json"), encoding="utf-8") as file:
        index = json.load(file)
    if index["version"] != 2:
        raise SystemExit(f"features.json has version {index['version']}, this reads 2")
    shape = (index["rows"], index["frames"], index["mels"])
    rows = np.memmap(os.path.join(folder, "features.f16"), "<f2", "r", shape=shape)
    songs = index["songs"]
    unknown = {"listeners": np.nan, "playsPerListener": np.nan}
    return Features(
        index,
        rows,
        outcome=np.log([[song["listeners"], song["playsPerListener"]] for song in songs]).astype(np.float32),
        planted=np.array([[song.get("planted", unknown)[key] for key in unknown] for song in songs], np.float32),
        loudness=np.array([song["loudness"] for song in songs], np.float32),
        artist=np.array([song["artist"] for song in songs]),
        release=np.array([song["releaseDate"] for song in songs], "datetime64[D]"),
    )


def split_by_artist(features: Features, seed: int) -> dict:
    """60 % of the artists to learn from, 15 % to stop by, 25 % to be judged by; an artist's songs stay together."""
    return by_artist(features, np.arange(len(features.artist)), seed, {"train": 0.6, "stop": 0.75, "test": 1.0})


def split_by_release(features: Features, seed: int) -> dict:
    """The latest fifth to be judged by; to learn from and to stop by, songs whose outcome was known when the first of these came out."""
    cut = np.sort(features.release)[int(0.8 * len(features.release))]
    earlier = np.flatnonzero(features.release + OUTCOME_DAYS <= cut)
    later = np.flatnonzero(features.release >= cut)
    if len(earlier) < 20 or len(later) < 10:
        raise SystemExit(f"{len(earlier)} songs with a known outcome before the latest {len(later)}: too few to judge by")
    return {**by_artist(features, earlier, seed, {"train": 0.8, "stop": 1.0}), "test": later}


def by_artist(features: Features, songs: np.ndarray, seed: int, until: dict) -> dict:
    """Deals the artists of `songs` by a checksum of their names: the same artists whatever else is in the catalogue's order."""

    def place(artist: str) -> bytes:
        return hashlib.sha256(f"{seed}/{artist}".encode()).digest()

    artists = sorted(set(features.artist[songs]), key=place)
    groups, first = {}, 0
    for name, share in until.items():
        last = round(share * len(artists))
        groups[name] = songs[np.isin(features.artist[songs], artists[first:last])]
        first = last
    return groups
