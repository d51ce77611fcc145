#!/usr/bin/env python3
"""Checks an exported audit log without any of Secondlook's own code.

    python3 verify_log.py <folder> [<verifier key>]

The folder holds `leaves.jsonl` (one leaf's exact bytes a line), `checkpoint` (C2SP signed note) and
`vkey` (the log's verifier key; better hand in one that you got elsewhere, as second argument).
Checked: the Ed25519 signature (RFC 8032, below in plain Python), the number of leaves and the
RFC 6962 root over them. Not checked: what the leaves say. Needs Python 3.9 and nothing else.
"""
import base64
import hashlib
import sys
from pathlib import Path

P = 2**255 - 19
Q = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
SQRT_MINUS_1 = pow(2, (P - 1) // 4, P)


def fail(sentence):
    sys.exit(f"NOT VALID: {sentence}")


def add(a, b):
    """Sum of two points in extended coordinates (RFC 8032 section 5.1.4)."""
    e, f = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    g, h = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    e, f, g, h = f - e, h - g, h + g, f + e
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def multiply(number, point):
    total = (0, 1, 1, 0)
    while number > 0:
        if number & 1:
            total = add(total, point)
        point, number = add(point, point), number >> 1
    return total


def decompress(data):
    """A point from 32 bytes, or None (RFC 8032 section 5.1.3)."""
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P != 0:
        x = x * SQRT_MINUS_1 % P
    if (x * x - square) % P != 0 or (x == 0 and sign):
        return None
    x = P - x if x & 1 != sign else x
    return (x, y, 1, x * y % P)


BASE = decompress((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def ed25519_verify(public, message, signature):
    if len(public) != 32 or len(signature) != 64:
        return False
    a, r = decompress(public), decompress(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= Q:
        return False
    digest = hashlib.sha512(signature[:32] + public + message).digest()
    left = multiply(s, BASE)
    right = add(r, multiply(int.from_bytes(digest, "little") % Q, a))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 and (
        left[1] * right[2] - right[1] * left[2]
    ) % P == 0


def root_of(lines):
    """RFC 6962 section 2.1, with one hash kept for each set bit of the count."""
    stack = []
    for count, line in enumerate(lines):
        node = hashlib.sha256(b"\x00" + line).digest()
        while count & 1:
            node, count = hashlib.sha256(b"\x01" + stack.pop() + node).digest(), count >> 1
        stack.append(node)
    root = stack.pop() if stack else hashlib.sha256().digest()
    while stack:
        root = hashlib.sha256(b"\x01" + stack.pop() + root).digest()
    return root


def main(folder, vkey=None):
    folder = Path(folder)
    vkey = (vkey or (folder / "vkey").read_text("utf-8")).strip()
    name, key_id, encoded = vkey.split("+", 2)
    key = base64.b64decode(encoded, validate=True)
    expected = hashlib.sha256(name.encode() + b"\n" + key).hexdigest()[:8]
    if len(key) != 33 or key[0] != 1 or key_id != expected:
        fail("the verifier key is damaged; copy it whole.")

    note = (folder / "checkpoint").read_bytes()
    text, _, lines = note.rpartition(b"\n\n")
    text += b"\n"
    signatures = []
    for line in lines.decode().splitlines():
        dash, who, value = line.split(" ")
        data = base64.b64decode(value, validate=True)
        if dash == "\u2014" and who == name and data[:4].hex() == key_id:
            signatures.append(data[4:])
    if not signatures or not all(ed25519_verify(key[1:], text, one) for one in signatures):
        fail("the checkpoint is not signed by this key, or was changed.")

    origin, size, root, end = text.decode().split("\n")
    if origin != name or end != "":
        fail("the checkpoint is another log's.")
    leaves = (folder / "leaves.jsonl").read_bytes().split(b"\n")
    if leaves.pop() != b"":
        fail("leaves.jsonl ends in the middle of a line.")
    if len(leaves) != int(size):
        fail(f"the checkpoint is over {size} leaves, but leaves.jsonl has {len(leaves)}.")
    if base64.b64encode(root_of(leaves)).decode() != root:
        fail("the root over the leaves is not the signed one: a leaf was changed or moved.")
    print(f"VALID: {size} leaves of {origin}, root {root}")


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    try:
        main(*sys.argv[1:])
    except (OSError, ValueError) as error:
        fail(f"the files can't be read as an export ({error}).")
