"""Rank correlation with an interval, and what it is compared with."""

import numpy as np


def ranks(values: np.ndarray) -> np.ndarray:
    """Ranks from 0, ties sharing their mean. ranks([5, 1, 5]) = [1.5, 0, 1.5]"""
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    return (last - (counts + 1) / 2)[inverse]


def spearman(a: np.ndarray, b: np.ndarray) -> float:
    a, b = ranks(a), ranks(b)
    a, b = a - a.mean(), b - b.mean()
    return float((a * b).sum() / max(1e-12, np.sqrt((a * a).sum() * (b * b).sum())))


def spearman_interval(a: np.ndarray, b: np.ndarray, groups: np.ndarray, seed: int, draws: int = 1000) -> dict:
    """Spearman's rho with a 95 % bootstrap interval that draws whole artists."""
    random = np.random.default_rng(seed)
    members = [np.flatnonzero(groups == group) for group in np.unique(groups)]
    drawn = [np.concatenate([members[i] for i in random.integers(0, len(members), len(members))]) for _ in range(draws)]
    low, high = np.percentile([spearman(a[rows], b[rows]) for rows in drawn], [2.5, 97.5])
    return {"rho": round(spearman(a, b), 3), "low": round(float(low), 3), "high": round(float(high), 3)}


def explained(predicted: np.ndarray, outcome: np.ndarray) -> float:
    """Share of the outcome's variance explained; below 0 when the outcome's mean would have been nearer."""
    return round(float(1 - np.mean((outcome - predicted) ** 2) / np.var(outcome)), 3)
