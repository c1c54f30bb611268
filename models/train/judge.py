"""Is the model worth its while? Its predictions against baselines and controls, on artists it has not heard and on later releases."""

import numpy as np

from baselines import baselines
from data import Features
from fit import fit, hear
from metrics import ByArtist, cutoff, explained, interval, spearman

HEADS = ("listeners", "playsPerListener")
MOST_DEALS = 6


def heads(logs: np.ndarray) -> dict:
    """[..., 2] -> the two heads and what the score is made of: plays, their product."""
    return {"listeners": logs[..., 0], "playsPerListener": logs[..., 1], "plays": logs.sum(-1)}


def shuffled_control(features: Features, rows: dict, seed: int, deals: int, on_epoch) -> np.ndarray:
    """One round of the same training on outcomes dealt to other songs: what chance and leaks are worth. Predictions [deals, songs, 2] for rows["test"].

    One deal's rank correlation can be far from 0 either way, because a model that learned nothing still ranks by something audible.
    """
    said = []
    for deal in range(deals):
        dealt = features.outcome.copy()
        random = np.random.default_rng([seed, deal])
        for part in (rows["train"], rows["stop"]):
            dealt[part] = dealt[random.permutation(part)]
        print(f"control {deal + 1}: shuffled outcomes")
        model, _ = fit(features, rows, dealt, seed + deal, 1, lambda share: on_epoch((deal + share) / deals))
        said.append(hear(model, features, rows["test"])[0])
    return np.stack(said)


def judge(features: Features, rows: dict, model, shuffled: np.ndarray, seed: int) -> dict:
    """The measures of the model and of every baseline on rows["test"], and by how much the model's rank correlation is the greater."""
    songs = rows["test"]
    known = np.concatenate([rows["train"], rows["stop"]])
    said, elsewhere = hear(model, features, songs)[0], hear(model, features, songs, window=1)[0]
    others = {name: heads(predicted[None]) for name, predicted in baselines(features, known, songs).items()}
    others["shuffledLabels"] = heads(shuffled)
    by_artist = ByArtist(features.artist[songs], seed)
    result = {"songs": len(songs), "artists": int(by_artist.artists), "at": cutoff(len(songs)), "from": str(features.release[songs].min()), "to": str(features.release[songs].max())}
    for head, outcome in heads(features.outcome[songs]).items():
        mine = heads(said)[head]
        measured = by_artist.measure(mine[None], outcome)
        result[head] = {"model": {name: interval(values) for name, values in measured.items()}}
        for name, predictions in others.items():
            theirs = by_artist.measure(predictions[head], outcome)
            result[head][name] = {**{measure: interval(values) for measure, values in theirs.items()}, "lead": interval(measured["spearman"] - theirs["spearman"])}
        result[head]["model"]["explained"] = explained(mine, outcome)
        result[head]["shuffledLabels"]["explained"] = round(float(np.mean([explained(one, outcome) for one in others["shuffledLabels"][head]])), 3)
        result[head]["model"]["shiftSd"] = round(float(np.std(heads(elsewhere)[head] - mine) / max(1e-9, np.std(mine))), 3)
        planted = heads(features.planted[songs])[head]
        if head in HEADS and not np.isnan(planted).any():
            result[head]["model"]["planted"] = interval(by_artist.measure_one(mine, planted)["spearman"])
    for head, other in zip(HEADS, reversed(HEADS)):
        result[head]["model"]["otherHead"] = round(spearman(heads(said)[other], heads(features.outcome[songs])[head]), 3)
    return result


def beaten(*judged: dict) -> dict:
    """Which baselines the model beats: its lead's whole interval is above 0, for both heads, wherever it was judged."""
    names = ("artistMean", "releaseYear", "loudness", "shuffledLabels")
    return {name: all(one[head][name]["lead"]["low"] > 0 for one in judged for head in HEADS) for name in names}
