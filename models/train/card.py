"""The model's card and its reference songs: all that serving must know, and what a reader should know before trusting a score.
Format: models/README.md."""

import hashlib
import json
import os

import numpy as np

from calibrate import intervals, pairs
from fit import hear
from judge import heads

PERIOD_DAYS = 365
FEWEST = 50


def reference_songs(features, unseen: np.ndarray) -> np.ndarray:
    """Of songs of artists not learned from, those released in the year up to the data date; reaches back until there are 50."""
    newest = unseen[np.argsort(-features.release[unseen].astype(int), kind="stable")]
    since = np.datetime64(features.index["dataDate"]) - (PERIOD_DAYS - 1)
    count = max(int((features.release[newest] >= since).sum()), min(FEWEST, len(newest)))
    return np.sort(newest[:count])


def write_card(out: str, model, features, unseen: np.ndarray, training: dict, metrics: dict) -> None:
    """`unseen`: songs of artists that the model has not learned from."""
    index, name = features.index, os.path.basename(out)
    songs = reference_songs(features, unseen)
    outcome, embedding = hear(model, features, songs)
    predicted = heads(outcome)
    residuals = {head: came - predicted[head] for head, came in heads(features.outcome[songs]).items()}
    artist = features.artist[songs]
    digest = checksum(f"{out}.onnx")
    write_songs(f"{out}.songs.json", features, songs, embedding)
    card = {
        "version": 2,
        "id": f"{name}/{digest[:8]}",
        "demonstration": index["demonstration"],
        "file": f"{name}.onnx",
        "sha256": digest,
        "songs": f"{name}.songs.json",
        "songsSha256": checksum(f"{out}.songs.json"),
        "input": {"name": "logMel", "frames": index["frames"], "mels": index["mels"], "sampleRate": 22050, "fft": 2048, "hop": 512},
        "output": {"name": "outcome", "days": 30, "embedding": "embedding", "width": embedding.shape[1]},
        "reference": {
            "songs": len(songs),
            "artists": len(set(artist)),
            "dataDate": index["dataDate"],
            "from": str(features.release[songs].min()),
            "to": str(features.release[songs].max()),
            **{head: quantiles(logs) for head, logs in predicted.items()},
        },
        "interval": intervals(residuals, artist),
        "pairs": pairs({head: predicted[head] for head in ("listeners", "plays")}, {head: residuals[head] for head in ("listeners", "plays")}, artist, training["seed"]),
        "check": check_outputs(model, index),
        "training": training,
        "metrics": metrics,
        "licence": "MIT" if index["demonstration"] else "of the catalogue's owner",
        "limits": limits(index["demonstration"]),
    }
    with open(f"{out}.json", "w", encoding="utf-8") as file:
        file.write("{\n" + ",\n".join(f' "{key}": {json.dumps(value, ensure_ascii=False, allow_nan=False)}' for key, value in card.items()) + "\n}\n")


def write_songs(path: str, features, songs: np.ndarray, embedding: np.ndarray) -> None:
    """One line a song, so that two versions can be compared."""
    lines = []
    for song, place in zip(songs, embedding):
        facts = features.index["songs"][song]
        entry = {
            "id": facts["id"],
            "title": facts["title"],
            "artist": facts["artistName"],
            "releaseDate": facts["releaseDate"],
            "listeners": facts["listeners"],
            "playsPerListener": digits(facts["playsPerListener"], 4),
            "embedding": [digits(value, 3) for value in place],
        }
        lines.append(json.dumps(entry, ensure_ascii=False, separators=(",", ":")))
    with open(path, "w", encoding="utf-8") as file:
        file.write('{"version":1,"songs":[\n' + ",\n".join(lines) + "\n]}\n")


def quantiles(logs: np.ndarray) -> list:
    """Quantiles 0, 1, ..., 100 % (linear interpolation) in natural units."""
    return [digits(value, 6) for value in np.exp(np.percentile(logs, np.arange(101)))]


def check_outputs(model, index: dict) -> dict:
    """torch's answer to logMel[frame][mel] = -45 + 12 sin(frame / 37) cos(mel / 9) - mel / 4 + 6 sin(frame / 5 + mel), for whoever serves the
    model to compare with: as even as music is, since rounding errors grow on patterns that music never has."""
    import torch

    frame, mel = np.arange(index["frames"])[:, None], np.arange(index["mels"])[None, :]
    clip = (-45 + 12 * np.sin(frame / 37) * np.cos(mel / 9) - mel / 4 + 6 * np.sin(frame / 5 + mel)).astype(np.float32)
    with torch.no_grad():
        outcome, embedding = model.cpu()(torch.from_numpy(clip)[None])
    return {"outcome": outcome[0].tolist(), "embedding": embedding[0].tolist()}


def checksum(path: str) -> str:
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def digits(value: float, count: int) -> float:
    """A number with so many significant digits; whole numbers stay whole."""
    return float(f"{value:.{count}g}")


def limits(demonstration: bool) -> str:
    if demonstration:
        return (
            "A demonstration. The songs were synthesised, the listeners invented, and appeal was planted as how busy and how sustained the "
            "playing is. The numbers show that the machinery learns and serves; they say nothing about real music or real listeners."
        )
    return "Learned from one catalogue's songs and listeners; says little about other markets, years or kinds of music."
