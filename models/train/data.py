"""Reads what `encore features` wrote, splits it by artist, and varies it for training."""

import hashlib
import json
import os
from dataclasses import dataclass
from typing import Dict, List

import numpy as np
import torch


@dataclass
class Features:
    index: dict
    rows: np.ndarray  # float16 [rows, frames, mels], mapped, not read
    outcome: np.ndarray  # float32 [songs, 2]: log listeners, log plays per listener
    planted: np.ndarray  # float32 [songs, 2], NaN where unknown
    loudness: np.ndarray  # float32 [songs], dB

    def windows(self, song: int) -> List[int]:
        return self.index["songs"][song]["rows"]


def read_features(folder: str) -> Features:
    with open(os.path.join(folder, "features.json"), encoding="utf-8") as file:
        index = json.load(file)
    if index["version"] != 1:
        raise SystemExit(f"features.json has version {index['version']}, this reads 1")
    shape = (index["rows"], index["frames"], index["mels"])
    rows = np.memmap(os.path.join(folder, "features.f16"), "<f2", "r", shape=shape)
    songs = index["songs"]
    outcome = np.log([[song["listeners"], song["playsPerListener"]] for song in songs]).astype(np.float32)
    unknown = {"listeners": np.nan, "playsPerListener": np.nan}
    planted = np.array([[song.get("planted", unknown)[key] for key in unknown] for song in songs], np.float32)
    return Features(index, rows, outcome, planted, np.array([song["loudness"] for song in songs], np.float32))


def split_by_artist(features: Features, seed: int) -> Dict[str, np.ndarray]:
    """60 % of the artists to learn from, 15 % to stop by, 25 % to be judged by; an artist's songs stay together."""

    def place(artist: str) -> float:
        digest = hashlib.sha256(f"{seed}/{artist}".encode()).digest()
        return int.from_bytes(digest[:8], "big")

    artists = sorted({song["artist"] for song in features.index["songs"]}, key=place)
    first, second = round(0.6 * len(artists)), round(0.75 * len(artists))
    group = {artist: "train" if i < first else "stop" if i < second else "test" for i, artist in enumerate(artists)}
    names = np.array([group[song["artist"]] for song in features.index["songs"]])
    return {name: np.flatnonzero(names == name) for name in ("train", "stop", "test")}


def vary(clips: torch.Tensor, frames: int, generator: torch.Generator) -> torch.Tensor:
    """Another part of the clip, another gain, another tone control, gaps in time and frequency: what must not change a score."""
    count, length, mels = clips.shape

    def uniform(*size: int) -> torch.Tensor:
        return torch.rand(*size, generator=generator)

    starts = (uniform(count) * (length - frames + 1)).long()
    out = torch.stack([clip[start : start + frames] for clip, start in zip(clips, starts.tolist())])
    out = out + (uniform(count, 1, 1) * 12 - 6)
    out = out + tone_curves(count, mels, uniform)
    for clip in out:
        gap = int(uniform(1) * 40)
        at = int(uniform(1) * (frames - gap))
        clip[at : at + gap] = clip.mean()
        gap = int(uniform(1) * 14)
        at = int(uniform(1) * (mels - gap))
        clip[:, at : at + gap] = clip.mean()
    return out


def tone_curves(count: int, mels: int, uniform) -> torch.Tensor:
    """Smooth gains over frequency, up to about +-6 dB: three cosines with random amplitudes. In three of ten a codec's missing top."""
    place = torch.linspace(0, np.pi, mels)
    waves = torch.stack([torch.cos(place * order) for order in (1, 2, 3)])
    curves = (uniform(count, 3) * 2 - 1) * torch.tensor([3.0, 2.0, 1.0]) @ waves
    cut = torch.where(uniform(count, 1) < 0.3, mels - 24 * uniform(count, 1), torch.full((count, 1), float(mels)))
    return (curves - 40 * (torch.arange(mels) >= cut)).unsqueeze(1)
