#!/usr/bin/env python3
"""Payload decoding: nnrscope beside the reference codec, in one run.

    PYTHON Tests/Bench/against-reference.py PATH/TO/nnrscope [--mparams 4] [--rounds 7] [--threads 1] [--ledger]

PYTHON is a Python with `nncodec` 2.1.3 and numpy (pip install nncodec==2.1.3, best in a virtual environment).
For each rate (bits per weight) and with dependent quantization on and off a stream of synthetic weights is coded by
the reference. Then reference and nnrscope decode it in turn. For the reference the time spent inside its C++ layer
decoder is taken (thread CPU time), for nnrscope that of `bench` (levels written to memory). Printed is the median of
the ratios of the pairs, and the geometric mean over all streams.

With --threads 2 nnrscope's wall time is taken against the reference's single thread.
"""
import argparse
import contextlib
import io
import json
import math
import os
import statistics
import subprocess
import tempfile
import time

os.environ.setdefault("OMP_NUM_THREADS", "1")
import numpy as np
from nncodec import nnc
from nncodec.extensions import deepCABAC
from nncodec.nnc_core import coder

# Share of zeros that goes with each rate.
RATES = {0.07: 0.97, 0.3: 0.9, 1.0: 0.7, 2.0: 0.5, 4.0: 0.1}


class TimedDecoder:
    """Forwards to the reference's decoder and adds up the time inside the layer decoder."""

    seconds = 0.0

    def __init__(self):
        self.inner = deepCABAC.Decoder()

    def __getattr__(self, name):
        member = getattr(self.inner, name)
        if not name.startswith("decodeLayer"):
            return member

        def timed(*arguments):
            begin = time.perf_counter()
            result = member(*arguments)
            TimedDecoder.seconds += time.perf_counter() - begin
            return result

        return timed


class TimedModule:
    """The reference's extension module with the timed decoder in place."""

    Decoder = TimedDecoder

    def __getattr__(self, name):
        return getattr(deepCABAC, name)


def quiet(function, *arguments, **options):
    with contextlib.redirect_stdout(io.StringIO()):
        return function(*arguments, **options)


def weights(rng, shape, scale, zeros):
    values = rng.laplace(0, scale, shape).astype(np.float32)
    values[rng.random(shape) < zeros] = 0
    return values


def encode(model, dq, scan):
    return bytes(
        quiet(
            nnc.compress, model, qp=-20, nonweight_qp=-60, use_dq=dq, scan_order=scan, row_skipping=True,
            return_bitstream=True, bitstream_path=os.path.join(tempfile.gettempdir(), "nnrscope-bench.nnc"),
        )
    )


def calibrated(rate, dq):
    """The scale of the weights that costs about `rate` bits each."""
    low, high = 1e-4, 100.0
    for _ in range(14):
        middle = math.sqrt(low * high)
        sample = weights(np.random.default_rng(1), (300, 512), middle, RATES[rate])
        cost = 8 * len(encode({"w": sample}, dq, 0)) / sample.size
        low, high = (middle, high) if cost < rate else (low, middle)
    return math.sqrt(low * high)


def stream(rate, dq, count, scan, units):
    scale = calibrated(rate, dq)
    rng = np.random.default_rng(7)
    rows = max(2, int(count / units / 1024))
    model = {f"layer{i}.weight": weights(rng, (rows, 1024), scale, RATES[rate]) for i in range(units)}
    return encode(model, dq, scan), rows * 1024 * units


def reference(data):
    TimedDecoder.seconds = 0.0
    real = coder.deepCABAC
    coder.deepCABAC = TimedModule()
    try:
        quiet(nnc.decompress, bytearray(data))
    finally:
        coder.deepCABAC = real
    return TimedDecoder.seconds


def ours(program, path, threads, ledger):
    command = [program, "bench", path, "--rounds", "1", "--threads", str(threads), "--json"]
    result = json.loads(subprocess.run(command + (["--ledger"] if ledger else []), capture_output=True, check=True).stdout)
    return min(result["seconds"]), result


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--mparams", type=float, default=4)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--units", type=int, default=4)
    parser.add_argument("--scan", type=int, default=0)
    parser.add_argument("--ledger", action="store_true")
    options = parser.parse_args()
    ratios = []
    print("bit/w   dq   weights    reference      nnrscope     bins/s   ratio (min…max)")
    for rate in RATES:
        for dq in (False, True):
            data, count = stream(rate, dq, options.mparams * 1e6, options.scan, options.units)
            with tempfile.NamedTemporaryFile(suffix=".nnc") as file:
                file.write(data)
                file.flush()
                reference(data)
                pairs = []
                for _ in range(options.rounds):
                    theirs = reference(data)
                    mine, result = ours(options.program, file.name, options.threads, options.ledger)
                    pairs.append((theirs / mine, theirs, mine))
            ratio = statistics.median(p[0] for p in pairs)
            ratios.append(ratio)
            theirs = statistics.median(p[1] for p in pairs)
            mine = statistics.median(p[2] for p in pairs)
            print(
                f"{8 * len(data) / count:5.2f}  {'on ' if dq else 'off'}  {count:9,d}  {count / theirs / 1e6:6.1f} Mw/s"
                f"  {count / mine / 1e6:7.1f} Mw/s  {result['bins'] / mine / 1e6:5.0f} M"
                f"   {ratio:5.2f} ({min(pairs)[0]:.2f}…{max(pairs)[0]:.2f})",
                flush=True,
            )
    print(f"geometric mean of {len(ratios)} ratios: {math.exp(sum(map(math.log, ratios)) / len(ratios)):.2f}")


main()
