"""Signatures of data packages, by ``ssh-keygen -Y`` (OpenSSH, PROTOCOL.sshsig)."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from ..data.package import SIGNATURE_FILE
from .fetching import FetchData
from .site_packages import NotTaken

_NAMESPACE = "gongbao"
_LARGEST = 20_000  # bytes
_SECONDS = 30


def check_signature(package: bytes, fetch: FetchData, key: str | None) -> Mapping[str, bytes]:
    """Return the file with a package's signature, by name, if it is that of a public key; nothing without a key.

    Raises NotTaken. Raises OSError where there is no ``ssh-keygen``.
    """
    if key is None:
        return {}
    try:
        signature = fetch(SIGNATURE_FILE, _LARGEST)
    except FileNotFoundError as error:
        raise NotTaken("broken", "collect-unsigned", file=SIGNATURE_FILE) from error
    if not _is_signed(package, signature, key):
        raise NotTaken("hostile", "collect-signature", file=SIGNATURE_FILE)
    return {SIGNATURE_FILE: signature}


def _is_signed(data: bytes, signature: bytes, key: str) -> bool:
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "signature").write_bytes(signature)
        (folder / "signers").write_text(f'site namespaces="{_NAMESPACE}" {key}\n', encoding="utf-8")
        command = ["ssh-keygen", "-Y", "verify", "-f", "signers", "-I", "site", "-n", _NAMESPACE, "-s", "signature"]
        try:
            done = subprocess.run(command, cwd=folder, input=data, capture_output=True, timeout=_SECONDS)
        except subprocess.TimeoutExpired:
            return False
        return done.returncode == 0
