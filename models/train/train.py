"""Trains the score model and writes NAME.onnx with its card NAME.json.

    python3 models/train/train.py FEATURES_DIR --out models/score-demo

FEATURES_DIR holds what `encore features` wrote. Runs on a CPU in minutes; needs torch and numpy, see requirements.txt.
"""

import argparse
import time

import numpy as np
import torch

from card import write_card
from data import read_features, split_by_artist
from export import export_onnx
from fit import fit, predict
from metrics import explained, spearman, spearman_interval
from model import parameters

HEADS = ("listeners", "playsPerListener")


def main() -> None:
    options = arguments()
    torch.set_num_threads(options.threads)
    began = time.time()
    features = read_features(options.features)
    rows = split_by_artist(features, options.seed)
    print({name: len(songs) for name, songs in rows.items()}, "songs")
    model, epoch = fit(features, rows, features.outcome, options.seed, options.epochs)
    print(f"{parameters(model)} parameters, epoch {epoch} kept")
    shuffled = shuffled_control(features, rows, options.seed)
    metrics = judge(features, rows["test"], model, shuffled, options.seed)
    for head in HEADS:
        print(head, metrics["unseenArtists"][head])
    unseen = np.concatenate([rows["stop"], rows["test"]])
    export_onnx(model, features.index, f"{options.out}.onnx")
    training = {
        "source": features.index["source"],
        "songs": len(features.outcome),
        "split": {name: len(songs) for name, songs in rows.items()},
        "parameters": parameters(model),
        "seed": options.seed,
        "epoch": epoch,
        "torch": torch.__version__,
        "cpuMinutes": round(time.process_time() / 60, 1),
    }
    write_card(options.out, model, features, predict(model, features, unseen).numpy(), training, metrics)
    print(f"{options.out}.onnx and .json written in {(time.time() - began) / 60:.1f} min")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("features", help="folder written by `encore features`")
    parser.add_argument("--out", required=True, help="path of the model without its ending")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--epochs", type=int, default=14, help="at most")
    parser.add_argument("--threads", type=int, default=2)
    return parser.parse_args()


def shuffled_control(features, rows, seed: int) -> list:
    """The same training on outcomes dealt to other songs, three times: what chance and leaks are worth.

    One deal's rank correlation can be far from 0 either way, because a model that learned nothing still ranks by something audible;
    their mean, and the variance explained, are what must be near 0.
    """
    models = []
    for deal in range(3):
        dealt = features.outcome.copy()
        random = np.random.default_rng([seed, deal])
        for part in (rows["train"], rows["stop"]):
            dealt[part] = dealt[random.permutation(part)]
        print(f"control {deal + 1}: shuffled outcomes")
        models.append(fit(features, rows, dealt, seed + deal, epochs=3)[0])
    return models


def judge(features, songs: np.ndarray, model, shuffled: list, seed: int) -> dict:
    """Rank correlations and explained variance on artists that training never saw."""
    artists = np.array([features.index["songs"][song]["artist"] for song in songs])
    predicted = predict(model, features, songs).numpy()
    elsewhere = predict(model, features, songs, window=1).numpy()
    controls = [predict(control, features, songs).numpy() for control in shuffled]
    result = {"songs": len(songs), "artists": len(set(artists)), "unseenArtists": {}}
    for column, head in enumerate(HEADS):
        mine, outcome, planted = predicted[:, column], features.outcome[songs, column], features.planted[songs, column]
        result["unseenArtists"][head] = {
            "outcome": spearman_interval(mine, outcome, artists, seed),
            **({} if np.isnan(planted).any() else {"planted": spearman_interval(mine, planted, artists, seed)}),
            "explained": explained(mine, outcome),
            "shuffledLabels": {
                "rho": round(float(np.mean([spearman(control[:, column], outcome) for control in controls])), 3),
                "explained": round(float(np.mean([explained(control[:, column], outcome) for control in controls])), 3),
            },
            "loudnessOnly": round(abs(spearman(features.loudness[songs], outcome)), 3),
            "otherHead": round(spearman(predicted[:, 1 - column], outcome), 3),
            "shiftSd": round(float(np.std(elsewhere[:, column] - mine) / np.std(mine)), 3),
        }
    return result


if __name__ == "__main__":
    main()
