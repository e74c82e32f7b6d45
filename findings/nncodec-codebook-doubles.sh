#!/usr/bin/env bash
# A network of float32 through NNCodec's compress and decompress, with and without codebooks.
#
# One would guess: the weights come back as float32, as they went in; how integers stand for them is the stream's own business.
#
# What happens: tensors that were coded with a codebook come back as float64, though each value fits float32. A state dict that is
# saved as it comes back takes twice the room for them, and an average or a sum over several such models is done in another
# precision. With codebook_mode 1 the encoder decides for each tensor whether it gets one, so types may differ within a model, and
# turn round with another bit depth or another training run.
# Seen with NNCodec 2.1.3 on Python 3.11.
#
# The way out: .astype(numpy.float32) behind decompress.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet "nncodec==2.1.3"
cd "$folder"
"$folder/venv/bin/python" - <<'EOF'
import numpy
from nncodec.nnc import compress, decompress

values = numpy.array([-0.75, -0.25, 0.0, 0.5], dtype=numpy.float32)
weights = {
    "a.weight": values[numpy.random.default_rng(3).integers(0, 4, (40, 30))],
    "a.bias": numpy.linspace(-1, 1, 40, dtype=numpy.float32),
}
found = {}
for mode in (0, 1):
    compress(weights, bitstream_path="x.nnc", qp=-16, use_dq=False, codebook_mode=mode)
    back = decompress("x.nnc")
    found[mode] = {name: str(back[name].dtype) for name in sorted(back)}
    exact = all((tensor.astype(numpy.float32) == tensor).all() for tensor in back.values())
    print(f"codebook_mode {mode}: {found[mode]}, all of them float32 values: {exact}")
    if not exact:
        raise SystemExit("otherwise than found")
print({name: str(tensor.dtype) for name, tensor in sorted(weights.items())}, "went in")
single = set(found[0].values()) == {"float32"}
double = found[1]["a.weight"] == "float64"
raise SystemExit(0 if single and double else "otherwise than found")
EOF
echo "as found"
