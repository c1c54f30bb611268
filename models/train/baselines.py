"""What can be said of a song without hearing it: what a model has to beat to be worth its while."""

import numpy as np

from data import Features


def baselines(features: Features, known: np.ndarray, songs: np.ndarray) -> dict:
    """Predictions [songs, 2] for `songs` from the songs `known`: name -> array."""
    outcome = features.outcome[known]
    years = features.release.astype("datetime64[Y]").astype(int)
    return {
        "artistMean": group_means(features.artist[known], outcome, features.artist[songs]),
        "releaseYear": year_means(years[known], outcome, years[songs]),
        "loudness": line(features.loudness[known], outcome, features.loudness[songs]),
    }


def group_means(groups: np.ndarray, outcome: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """The mean of the group's outcomes; of a group never seen, the mean of all."""
    means = {group: outcome[groups == group].mean(0) for group in np.unique(groups)}
    return np.array([means.get(group, outcome.mean(0)) for group in wanted])


def year_means(years: np.ndarray, outcome: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """The mean of the year's outcomes; of a year never seen, the nearest one's."""
    known = np.unique(years)
    nearest = known[np.abs(wanted[:, None] - known[None, :]).argmin(1)]
    return group_means(years, outcome, nearest)


def line(x: np.ndarray, outcome: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """Least squares: louder songs may do better, or worse."""
    slope = ((x - x.mean()) @ (outcome - outcome.mean(0))) / max(1e-12, ((x - x.mean()) ** 2).sum())
    return outcome.mean(0) + (wanted - x.mean())[:, None] * slope
