"""What models/train computes without torch: rank measures against scipy and scikit-learn, baselines by hand, calibration on data whose truth is known."""

import json
import os
import sys
import unittest
from types import SimpleNamespace

import numpy as np

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "../../../models/train"))

from baselines import baselines
from calibrate import artist_weights, chance, conformal, coverage, pairs, quantiles_of, weighted_quantiles
from data import split_by_artist, split_by_release
from metrics import ByArtist, explained, ndcg, recall, spearman, tied_mean


class Measures(unittest.TestCase):
    def test_agree_with_scipy_and_scikit_learn(self):
        with open(os.path.join(HERE, "../../fixtures/score/metrics.json"), encoding="utf-8") as file:
            cases = json.load(file)
        for case in cases:
            said, outcome = np.array(case["said"]), np.array(case["outcome"])
            self.assertAlmostEqual(spearman(said, outcome), case["spearman"], 12)
            self.assertAlmostEqual(ndcg(said, outcome), case["ndcg"], 12)
            self.assertAlmostEqual(ByArtist(np.arange(len(said)), 1, 2).kendall(said, outcome)[0], case["kendall"], 12)

    def test_a_draw_of_kendall_is_that_of_the_drawn_songs(self):
        random = np.random.default_rng(1)
        said, outcome = np.round(random.normal(size=(2, 60)), 1)
        drawn = ByArtist(random.integers(0, 9, 60), 1, 5)
        for value, rows in zip(drawn.kendall(said, outcome)[1:], drawn.rows):
            self.assertAlmostEqual(value, ByArtist(np.arange(len(rows)), 1, 1).kendall(said[rows], outcome[rows])[0], 12)

    def test_ties_count_as_chance_would_deal_them(self):
        self.assertEqual(tied_mean(np.array([7, 9, 7]), np.array([6.0, 4, 2])).tolist(), [3, 6, 3])
        self.assertEqual(recall(np.zeros(8), np.arange(8)), 0.5)
        self.assertEqual(recall(np.arange(8), np.arange(8)), 1)
        self.assertEqual(spearman(np.zeros(8), np.arange(8)), 0)
        self.assertEqual(explained(np.arange(8), np.ones(8)), 0)


class Baselines(unittest.TestCase):
    features = SimpleNamespace(
        outcome=np.array([[1, 5], [3, 7], [8, 9], [0, 0]], float),
        artist=np.array(["a", "a", "b", "c"]),
        release=np.array(["2024-05-01", "2025-05-01", "2025-06-01", "2030-01-01"], "datetime64[D]"),
        loudness=np.array([-20.0, -10, -10, -15]),
    )

    def test_know_the_artist_the_year_and_the_loudness(self):
        said = baselines(self.features, np.array([0, 1, 2]), np.array([0, 2, 3]))
        self.assertEqual(said["artistMean"].tolist(), [[2, 6], [8, 9], [4, 7]])
        self.assertEqual(said["releaseYear"].tolist(), [[1, 5], [5.5, 8], [5.5, 8]])
        np.testing.assert_allclose(said["loudness"], [[1, 5], [5.5, 8], [3.25, 6.5]])


def catalogue(artists: int, songs: int, seed: int, spread: float = 1.0):
    """Outcomes that differ from predictions by something of the artist's and something of the song's."""
    random = np.random.default_rng(seed)
    artist = np.repeat(np.arange(artists), random.integers(1, 2 * songs, artists))
    return artist, random.normal(size=len(artist)), spread * (random.normal(size=artists)[artist] + random.normal(size=len(artist)))


class Calibration(unittest.TestCase):
    def test_a_quantile_by_hand(self):
        self.assertEqual(weighted_quantiles(np.array([1, 2, 3]), np.array([1, 1, 2]), [0.5, 1]).tolist(), [2, 3])
        self.assertEqual(artist_weights(np.array(["a", "a", "b"])).tolist(), [0.5, 0.5, 1])

    def test_eight_of_ten_songs_of_artists_never_heard_lie_inside(self):
        inside = []
        for seed in range(60):
            artist, _, residual = catalogue(40, 8, seed)
            low, high = conformal(residual, artist)
            _, _, new = catalogue(300, 1, 1000 + seed)
            inside.append(np.mean((new >= low) & (new <= high)))
        self.assertGreater(np.mean(inside), 0.79)
        self.assertLess(np.mean(inside), 0.86)

    def test_the_coverage_that_is_told_is_measured_without_the_artist(self):
        told = [coverage(residual, artist) for artist, _, residual in (catalogue(40, 8, seed) for seed in range(20))]
        self.assertAlmostEqual(float(np.mean(told)), 0.82, delta=0.03)

    def test_who_beats_whom_comes_as_often_as_said(self):
        artist, predicted, residual = catalogue(80, 8, 3, spread=0.7)
        found = pairs({"plays": predicted}, {"plays": residual}, artist, seed=1)
        self.assertEqual(len(found["plays"]), 101)
        self.assertEqual(found["plays"], [-value for value in reversed(found["plays"])])
        self.assertLess(found["brier"]["plays"], 0.25)
        for step in found["calibration"]:
            self.assertAlmostEqual(step["said"], step["came"], delta=0.08)

    def test_equal_predictions_are_a_toss(self):
        artist, _, residual = catalogue(30, 5, 4)
        quantiles = quantiles_of(residual, artist)
        self.assertAlmostEqual(float(chance(np.array(0.0), quantiles)), 0.5, 2)
        self.assertEqual(float(chance(np.array(99.0), quantiles)), 1)


class Splits(unittest.TestCase):
    random = np.random.default_rng(5)
    features = SimpleNamespace(artist=np.array([f"a{n}" for n in random.integers(0, 20, 200)]), release=np.datetime64("2025-01-01") + random.integers(0, 300, 200))

    def test_an_artist_stands_on_one_side(self):
        rows = split_by_artist(self.features, 1)
        self.assertEqual(sorted(np.concatenate(list(rows.values())).tolist()), list(range(200)))
        sets = [set(self.features.artist[part]) for part in rows.values()]
        self.assertEqual(sum(map(len, sets)), len(set.union(*sets)))

    def test_nothing_is_learned_from_songs_whose_outcome_was_still_to_come(self):
        rows = split_by_release(self.features, 1)
        first = self.features.release[rows["test"]].min()
        self.assertLessEqual((self.features.release[np.concatenate([rows["train"], rows["stop"]])] + 30).max(), first)
        self.assertGreaterEqual(len(rows["test"]), 40)


if __name__ == "__main__":
    unittest.main()
