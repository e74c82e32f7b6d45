#!/usr/bin/env bash
# torch.save(module, FILE, _use_new_zipfile_serialization=False) of a whole module.
#
# One would guess: the file holds tensors, and the names of the classes that they belong to.
#
# What happens: for each class of a module it also holds the source text of the class, comments and all, and the absolute path of
# the file that it stood in. So a file of weights says where on its author's disk the code lay, and has code in it: of its
# author, and of torch where a class is one of torch's. The zip form of today, and state dicts in either form, hold neither.
# Seen with torch 2.10.0 on Python 3.11; who publishes such files publishes code.
#
# The way out: save the state dict.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -r "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet "torch==2.10.0" "numpy==1.26.4"
mkdir "$folder/private"
cat >"$folder/private/net.py" <<'EOF'
import torch


class Net(torch.nn.Module):
    # a remark that no model needs
    def __init__(self):
        super().__init__()
        self.weight = torch.nn.Parameter(torch.zeros(3))
EOF
cd "$folder/private"
"$folder/venv/bin/python" - <<'EOF'
import torch

from net import Net

model = Net()
torch.save(model, "old.pt", _use_new_zipfile_serialization=False)
torch.save(model, "new.pt")
torch.save(model.state_dict(), "dict.pt", _use_new_zipfile_serialization=False)
found = {}
for name in ["old.pt", "new.pt", "dict.pt"]:
    data = open(name, "rb").read()
    found[name] = (b"a remark that no model needs" in data, b"/private/net.py" in data)
    print(f"{name}: {len(data)} bytes, source {found[name][0]}, path {found[name][1]}")
wanted = {"old.pt": (True, True), "new.pt": (False, False), "dict.pt": (False, False)}
raise SystemExit("otherwise than found" if found != wanted else 0)
EOF
echo "as found"
