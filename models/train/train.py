"""Trains the score model and writes NAME.onnx, its card NAME.json and its reference songs NAME.songs.json.

    python3 models/train/train.py FEATURES_DIR --out models/score-demo

FEATURES_DIR holds what `encore features` or `encore train score` wrote. Runs on a CPU in minutes, on a GPU where there is one; needs torch
and numpy, see requirements.txt. Lines that begin with `progress` tell the share done.
"""

import argparse
import os
import threading
import time

os.environ.setdefault("CUBLAS_WORKSPACE_CONFIG", ":4096:8")  # without it a GPU doesn't give the same weights twice

import numpy as np
import torch

from card import write_card
from data import read_features, split_by_artist, split_by_release
from export import export_onnx
from fit import DEVICE, fit
from judge import MOST_DEALS, beaten, judge, shuffled_control
from model import parameters

# Shares of the whole work: the model, the model of the earlier songs, and a control for each.
MODEL, LATER, CONTROL = 0.45, 0.35, 0.1


def main() -> None:
    options = arguments()
    if options.until_stdin_ends:
        threading.Thread(target=end_with_stdin, daemon=True).start()
    torch.set_num_threads(options.threads)
    began = time.time()
    features = read_features(options.features)
    rows, later = split_by_artist(features, options.seed), split_by_release(features, options.seed)
    for words, split in (("by artist", rows), ("by release", later)):
        print(words, {name: len(songs) for name, songs in split.items()}, "songs", flush=True)
    model, epoch = fit(features, rows, features.outcome, options.seed, options.epochs, teller(0, MODEL))
    print(f"{parameters(model)} parameters, epoch {epoch} kept", flush=True)
    on_unseen = judge_split(features, rows, model, options, teller(MODEL, CONTROL))
    earlier, _ = fit(features, later, features.outcome, options.seed, options.epochs, teller(MODEL + CONTROL, LATER))
    on_later = judge_split(features, later, earlier, options, teller(MODEL + CONTROL + LATER, CONTROL))
    export_onnx(model, features.index, f"{options.out}.onnx")
    training = {
        "source": features.index["source"],
        "songs": len(features.outcome),
        "artists": len(set(features.artist)),
        "split": {name: len(songs) for name, songs in rows.items()},
        "parameters": parameters(model),
        "seed": options.seed,
        "epoch": epoch,
        "torch": torch.__version__,
        "device": DEVICE.type,
        "cpuMinutes": round(time.process_time() / 60, 1),
    }
    metrics = {"unseenArtists": on_unseen, "laterReleases": on_later, "beats": beaten(on_unseen, on_later)}
    write_card(options.out, model, features, np.concatenate([rows["stop"], rows["test"]]), training, metrics)
    print(f"{options.out}: onnx, json and songs.json written in {(time.time() - began) / 60:.1f} min", flush=True)


def judge_split(features, rows: dict, model, options, on_epoch) -> dict:
    shuffled = shuffled_control(features, rows, options.seed, min(MOST_DEALS, options.epochs), on_epoch)
    judged = judge(features, rows, model, shuffled, options.seed)
    for head in ("listeners", "playsPerListener", "plays"):
        rho = {name: measured["spearman"]["value"] for name, measured in judged[head].items()}
        print(f"{head}: rho {rho}, planted {judged[head]['model'].get('planted')}", flush=True)
    return judged


def teller(begin: float, share: float):
    """Tells how much of the whole is done when `part` (0..1) of this step is."""
    return lambda part: print(f"progress {begin + share * part:.3f}", flush=True)


def end_with_stdin() -> None:
    """Whoever started the training has ended, however that came: nobody waits for the model any more."""
    while os.read(0, 4096):  # not sys.stdin, whose lock a waiting thread would hold when the interpreter ends
        pass
    os._exit(1)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("features", help="folder with features.json and features.f16")
    parser.add_argument("--out", required=True, help="path of the model without its ending")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--epochs", type=int, default=14, help="at most")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--until-stdin-ends", action="store_true", help="give up as soon as standard input is closed")
    return parser.parse_args()


if __name__ == "__main__":
    main()
