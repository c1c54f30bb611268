"""One training run: the same seed gives the same weights on the same machine and torch."""

import copy
import time

import numpy as np
import torch

from data import Features
from model import ScoreNet
from vary import vary

CROP_FRAMES = 576  # 13.4 s of the 30: half the work, and another part each time
BATCH = 16
PATIENCE = 6
DEVICE = torch.device("cuda" if torch.cuda.is_available() else "cpu")


def fit(features: Features, rows: dict, outcome: np.ndarray, seed: int, epochs: int, on_epoch=lambda share: None):
    """Learns from rows["train"], keeps the epoch that does best on rows["stop"]. Returns the model and that epoch."""
    torch.manual_seed(seed)
    torch.use_deterministic_algorithms(True, warn_only=DEVICE.type != "cpu")
    generator = torch.Generator().manual_seed(seed)
    model = ScoreNet()
    train = rows["train"]
    mean, sd = outcome[train].mean(0), outcome[train].std(0) + 1e-6
    model.outcome_mean.copy_(torch.from_numpy(mean))
    model.outcome_sd.copy_(torch.from_numpy(sd))
    model.to(DEVICE)
    targets = (outcome - mean) / sd
    optimiser = torch.optim.AdamW(model.parameters(), lr=2e-3, weight_decay=0.02)
    steps = epochs * ((len(train) + BATCH - 1) // BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, max_lr=3e-3, total_steps=steps, pct_start=0.2)
    best = (float("inf"), 0, copy.deepcopy(model.state_dict()))
    for epoch in range(1, epochs + 1):
        began = time.time()
        loss = train_epoch(model, features, train, torch.from_numpy(targets), optimiser, schedule, generator)
        stop = float(np.mean((hear(model, features, rows["stop"])[0] - outcome[rows["stop"]]) ** 2 / sd**2))
        print(f"epoch {epoch:3d}  train {loss:.3f}  stop {stop:.3f}  {time.time() - began:.0f} s", flush=True)
        on_epoch(epoch / epochs)
        if stop < best[0]:
            best = (stop, epoch, copy.deepcopy(model.state_dict()))
        if epoch - best[1] >= PATIENCE:
            break
    model.load_state_dict(best[2])
    return model.eval(), best[1]


def train_epoch(model, features: Features, songs, targets, optimiser, schedule, generator) -> float:
    model.train()
    order = songs[torch.randperm(len(songs), generator=generator).numpy()]
    total = 0.0
    for at in range(0, len(order), BATCH):
        batch = order[at : at + BATCH]
        windows = [features.windows(song) for song in batch]
        picks = [int(torch.randint(len(rows), (1,), generator=generator)) for rows in windows]
        clips = torch.from_numpy(np.stack([features.rows[rows[pick]] for rows, pick in zip(windows, picks)]).astype(np.float32))
        said = model.standardised(vary(clips, CROP_FRAMES, generator).to(DEVICE))
        loss = torch.nn.functional.mse_loss(said, targets[batch].to(DEVICE))
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        schedule.step()
        total += loss.item() * len(batch)
    return total / len(order)


def hear(model, features: Features, songs, window: int = 0):
    """Outputs [songs, 2] and embeddings [songs, 32] for the songs' hooks (window 0), or for the window beside them (1)."""
    model.to(DEVICE).eval()
    outputs = []
    with torch.no_grad():
        for at in range(0, len(songs), BATCH):
            rows = [features.windows(song)[window] for song in songs[at : at + BATCH]]
            outputs.append(model(torch.from_numpy(features.rows[rows].astype(np.float32)).to(DEVICE)))
    return tuple(torch.cat(part).cpu().numpy() for part in zip(*outputs))
