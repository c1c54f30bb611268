"""Writes the network as ONNX, which is all that serving knows of it."""

import inspect
import warnings

import torch


def export_onnx(model: torch.nn.Module, index: dict, path: str) -> None:
    """One clip in; two numbers and the embedding out. Opset 13 and the tracing exporter: what torch 1.13 and 2.9 both write."""
    example = torch.full((1, index["frames"], index["mels"]), -60.0) + torch.rand(1, index["frames"], index["mels"]) * 40
    newer = {"dynamo": False} if "dynamo" in inspect.signature(torch.onnx.export).parameters else {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # tracing a GRU warns about batch sizes; this graph has one
        names = {"input_names": ["logMel"], "output_names": ["outcome", "embedding"]}
        torch.onnx.export(model.cpu().eval(), (example,), path, opset_version=13, **names, **newer)
