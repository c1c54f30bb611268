"""How far outcomes lie from predictions, for songs of artists that the model has not heard: intervals, and who beats whom."""

import numpy as np

LEVEL = 0.8
MOST_PAIRED = 1500  # songs; more say nothing new and pairs grow with their square


def artist_weights(artist: np.ndarray) -> np.ndarray:
    """Every artist weighs the same, however many songs they have; the sum is the number of artists."""
    _, inverse, counts = np.unique(artist, return_inverse=True, return_counts=True)
    return 1 / counts[inverse]


def weighted_quantiles(values: np.ndarray, weights: np.ndarray, shares) -> np.ndarray:
    """For each share the least value at or below which lies at least so much of the weight. weighted_quantiles([1, 2, 3], [1, 1, 2], [0.5]) = [2]"""
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(weights[order]) / weights.sum()
    return values[order][np.minimum(len(values) - 1, np.searchsorted(reached, np.asarray(shares) - 1e-9))]


def conformal(residual: np.ndarray, artist: np.ndarray, level: float = LEVEL) -> list:
    """[low, high] to add to a log prediction: split-conformal with one vote an artist, which is what is exchangeable with a new artist.

    Dunn, Wasserman & Ramdas, Distribution-free prediction sets for two-layer hierarchical models (2023): pooled CDFs, with the (1 + 1/artists)
    of finite samples; where that asks for more than all of the weight, the farthest residual stands in.
    """
    weights = artist_weights(artist)
    artists = weights.sum()
    share = min(1.0, (1 - (1 - level) / 2) * (1 + 1 / artists))
    return [-float(weighted_quantiles(-residual, weights, [share])[0]), float(weighted_quantiles(residual, weights, [share])[0])]


def coverage(residual: np.ndarray, artist: np.ndarray) -> float:
    """Share of the songs inside the interval made of the other artists' songs; every artist weighs the same."""
    inside = np.zeros(len(residual))
    for name in np.unique(artist):
        mine = artist == name
        low, high = conformal(residual[~mine], artist[~mine])
        inside[mine] = (residual[mine] >= low) & (residual[mine] <= high)
    return round(float(np.average(inside, weights=artist_weights(artist))), 3)


def intervals(residuals: dict, artist: np.ndarray) -> dict:
    """The card's `interval`; residuals: name -> log outcome - log prediction of each song."""
    return {
        "level": LEVEL,
        "artists": len(np.unique(artist)),
        "songs": len(artist),
        **{name: [round(value, 4) for value in conformal(residual, artist)] for name, residual in residuals.items()},
        "coverage": {name: coverage(residual, artist) for name, residual in residuals.items()},
    }


def differences(residual: np.ndarray, artist: np.ndarray):
    """Differences of the residuals of every two songs of different artists, both ways round, and their weights."""
    weights = artist_weights(artist)
    a, b = np.nonzero(artist[:, None] != artist[None, :])
    return residual[a] - residual[b], weights[a] * weights[b]


def chance(difference: np.ndarray, quantiles: np.ndarray) -> np.ndarray:
    """P(A beats B) for log prediction of A - log prediction of B: the share of residual differences above -difference, linear between quantiles."""
    return 1 - np.interp(-difference, quantiles, np.linspace(0, 1, len(quantiles)))


def quantiles_of(residual: np.ndarray, artist: np.ndarray) -> np.ndarray:
    """101 quantiles of `differences`, made symmetric about 0: A against B is B against A the other way round."""
    values, weights = differences(residual, artist)
    found = weighted_quantiles(values, weights, np.linspace(0, 1, 101))
    return (found - found[::-1]) / 2


def pairs(predicted: dict, residuals: dict, artist: np.ndarray, seed: int, bins: int = 5) -> dict:
    """The card's `pairs`, checked on artists held out: the quantiles of one half of the artists are asked about the other half's pairs."""
    some = np.sort(np.random.default_rng([seed, 1]).permutation(len(artist))[:MOST_PAIRED])
    artist = artist[some]
    names = np.unique(artist)
    halves = np.isin(artist, np.random.default_rng(seed).permutation(names)[: len(names) // 2])
    result = {"songs": len(artist), "brier": {}, "calibration": []}
    for name in residuals:
        residual, said_of = residuals[name][some], predicted[name][some]
        asked = [ask(said_of[test], residual[test], artist[test], quantiles_of(residual[~test], artist[~test])) for test in (halves, ~halves)]
        said, came, weights = (np.concatenate(parts) for parts in zip(*asked))
        result[name] = [round(float(value), 4) for value in quantiles_of(residual, artist)]
        result["brier"][name] = round(float(np.average((said - came) ** 2, weights=weights)), 4)
        if name == "plays":
            result["calibration"] = reliability(said, came, weights, bins)
    return result


def ask(predicted: np.ndarray, residual: np.ndarray, artist: np.ndarray, quantiles: np.ndarray):
    """Of every pair of different artists, the one said likelier as A: what was said of it, whether it came, and the pair's weight."""
    a, b = np.nonzero((artist[:, None] != artist[None, :]) & (predicted[:, None] >= predicted[None, :]))
    weights = artist_weights(artist)
    outcome = predicted + residual
    return chance(predicted[a] - predicted[b], quantiles), (outcome[a] > outcome[b]).astype(float), weights[a] * weights[b]


def reliability(said: np.ndarray, came: np.ndarray, weights: np.ndarray, bins: int) -> list:
    """What was said against what came, in equal steps from 0.5 to 1; n counts pairs."""
    place = np.minimum(bins - 1, ((said - 0.5) / 0.5 * bins).astype(int).clip(0))
    table = []
    for step in range(bins):
        inside = place == step
        if not inside.any():
            continue
        mean = lambda values: round(float(np.average(values[inside], weights=weights[inside])), 3)
        table.append({"from": round(0.5 + step / bins / 2, 3), "to": round(0.5 + (step + 1) / bins / 2, 3), "said": mean(said), "came": mean(came), "n": int(inside.sum())})
    return table
