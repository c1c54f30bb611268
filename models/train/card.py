"""The model's card: everything serving must know, and what a reader should know before trusting a score. Format: models/README.md."""

import hashlib
import json
import os

import numpy as np
import torch


def write_card(out: str, model: torch.nn.Module, features, reference: np.ndarray, training: dict, metrics: dict) -> None:
    """`reference`: predictions for songs of artists unseen in training, [songs, 2]; their quantiles turn an output into a percentile."""
    index = features.index
    with open(f"{out}.onnx", "rb") as file:
        content = file.read()
    name = os.path.basename(out)
    digest = hashlib.sha256(content).hexdigest()
    card = {
        "version": 1,
        "id": f"{name}/{digest[:8]}",
        "demonstration": index["demonstration"],
        "file": f"{name}.onnx",
        "sha256": digest,
        "input": {"name": "logMel", "frames": index["frames"], "mels": index["mels"], "sampleRate": 22050, "fft": 2048, "hop": 512},
        "output": {"name": "outcome", "days": 30},
        "reference": {
            "songs": len(reference),
            "dataDate": features.index["dataDate"],
            "listeners": quantiles(reference[:, 0]),
            "playsPerListener": quantiles(reference[:, 1]),
            "plays": quantiles(reference.sum(1)),
        },
        "check": {"outcome": check_outputs(model, index)},
        "training": training,
        "metrics": metrics,
        "licence": "MIT",
        "limits": limits(index["demonstration"]),
    }
    with open(f"{out}.json", "w", encoding="utf-8") as file:
        json.dump(card, file, indent=1, ensure_ascii=False)
        file.write("\n")


def quantiles(logs: np.ndarray) -> list:
    """Quantiles 0, 1, ..., 100 % (linear interpolation) in natural units."""
    return [float(f"{value:.6g}") for value in np.exp(np.percentile(logs, np.arange(101)))]


def check_outputs(model: torch.nn.Module, index: dict) -> list:
    """torch's answer to logMel[frame][mel] = -40 + 30 sin(frame / 7 + mel / 5) - mel / 8, for whoever serves the model to compare with."""
    frame, mel = np.arange(index["frames"])[:, None], np.arange(index["mels"])[None, :]
    clip = (-40 + 30 * np.sin(frame / 7 + mel / 5) - mel / 8).astype(np.float32)
    with torch.no_grad():
        return [float(value) for value in model(torch.from_numpy(clip)[None])[0]]


def limits(demonstration: bool) -> str:
    if demonstration:
        return (
            "A demonstration. The songs were synthesised, the listeners invented, and appeal was planted as how busy and how sustained the "
            "playing is. The numbers show that the machinery learns and serves; they say nothing about real music or real listeners."
        )
    return "Learned from one catalogue's songs and listeners; says little about other markets, years or kinds of music."
