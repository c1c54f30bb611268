"""How well predictions rank songs, with intervals that draw whole artists, and the difference to other predictions in the same draws."""

import numpy as np

DRAWS = 1000
MEASURES = ("spearman", "kendall", "ndcg", "recall")


def ranks(values: np.ndarray) -> np.ndarray:
    """Ranks from 0, ties sharing their mean. ranks([5, 1, 5]) = [1.5, 0, 1.5]"""
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    return (last - (counts + 1) / 2)[inverse]


def spearman(a: np.ndarray, b: np.ndarray) -> float:
    """Pearson's correlation of the ranks; 0 when either side is all ties. spearman([1, 2, 3], [1, 3, 2]) = 0.5"""
    a, b = ranks(a), ranks(b)
    a, b = a - a.mean(), b - b.mean()
    return float((a * b).sum() / max(1e-12, np.sqrt((a * a).sum() * (b * b).sum())))


def cutoff(songs: int) -> int:
    """The 100 of nDCG@100 and Recall@100; half of the songs when there are fewer than 200."""
    return max(1, min(100, songs // 2))


def ndcg(said: np.ndarray, outcome: np.ndarray) -> float:
    """nDCG@cutoff (Järvelin & Kekäläinen 2002) where a song's gain is the share of songs that it surpassed; ties are dealt by chance's mean."""
    top = cutoff(len(said))
    gain = ranks(outcome) / max(1, len(outcome) - 1)
    discount = 1 / np.log2(np.arange(2, len(said) + 2))
    discount[top:] = 0
    places = tied_mean(said, discount)
    ideal = np.sort(gain)[::-1] @ discount
    return float(gain @ places / ideal) if ideal > 0 else 0.0


def recall(said: np.ndarray, outcome: np.ndarray) -> float:
    """Recall@cutoff: share of the songs that came out on top which were said to."""
    top = np.zeros(len(said))
    top[: cutoff(len(said))] = 1
    return float(tied_mean(said, top) @ tied_mean(outcome, top) / top.sum())


def tied_mean(values: np.ndarray, by_place: np.ndarray) -> np.ndarray:
    """What each song gets when the greatest gets by_place[0]; equal songs share. tied_mean([7, 9, 7], [6, 4, 2]) = [3, 6, 3]"""
    _, inverse, counts = np.unique(-values, return_inverse=True, return_counts=True)
    sums = np.add.reduceat(by_place, np.concatenate([[0], np.cumsum(counts)[:-1]]))
    return (sums / counts)[inverse]


class ByArtist:
    """Songs grouped for a bootstrap over artists: each draw takes as many artists as there are, with all of their songs."""

    def __init__(self, artist: np.ndarray, seed: int, draws: int = DRAWS):
        _, self.group = np.unique(artist, return_inverse=True)
        self.artists = self.group.max() + 1
        members = [np.flatnonzero(self.group == group) for group in range(self.artists)]
        drawn = np.random.default_rng(seed).integers(0, self.artists, (draws, self.artists))
        self.rows = [np.concatenate([members[group] for group in draw]) for draw in drawn]
        self.times = np.stack([np.bincount(draw, minlength=self.artists) for draw in drawn]).astype(float)

    def measure(self, said: np.ndarray, outcome: np.ndarray) -> dict:
        """Every measure: first over all songs, then in every draw. said: [models, songs]; several models (controls) count by their mean."""
        parts = [self.measure_one(one, outcome) for one in said]
        return {name: np.mean([part[name] for part in parts], axis=0) for name in MEASURES}

    def measure_one(self, said: np.ndarray, outcome: np.ndarray) -> dict:
        sets = [np.arange(len(said)), *self.rows]
        by_sorting = {measure.__name__: np.array([measure(said[rows], outcome[rows]) for rows in sets]) for measure in (spearman, ndcg, recall)}
        return {**by_sorting, "kendall": self.kendall(said, outcome)}

    def kendall(self, said: np.ndarray, outcome: np.ndarray) -> np.ndarray:
        """Kendall's tau-b. Pairs are summed by artist once, so that a draw costs artists^2, not songs^2."""
        sums = np.zeros((3, self.artists, self.artists))
        for song in range(len(said)):
            a, b = np.sign(said[song] - said), np.sign(outcome[song] - outcome)
            for kind, values in enumerate((a * b, a * a, b * b)):
                sums[kind, self.group[song]] += np.bincount(self.group, values, self.artists)
        times = np.concatenate([np.ones((1, self.artists)), self.times])
        agree, differ_a, differ_b = (np.einsum("di,ij,dj->d", times, kind, times, optimize=True) for kind in sums)
        return agree / np.maximum(1e-12, np.sqrt(differ_a * differ_b))


def interval(values: np.ndarray) -> dict:
    """values[0] is the measure, the others its draws: with the middle 95 % of these."""
    low, high = np.percentile(values[1:], [2.5, 97.5])
    return {"value": round(float(values[0]), 3), "low": round(float(low), 3), "high": round(float(high), 3)}


def explained(predicted: np.ndarray, outcome: np.ndarray) -> float:
    """Share of the outcome's variance explained; below 0 when the outcome's mean would have been nearer, 0 when there is none to explain."""
    variance = np.var(outcome)
    return round(float(1 - np.mean((outcome - predicted) ** 2) / variance), 3) if variance > 0 else 0.0
