"""Time stamps (RFC 3161) of a manifest: an authority's signed word that these very bytes were there at a time.

A stamp lies beside its manifest. It is made after a build and is no part of it, so that builds stay reproducible.
`rfc3161-client`, which reads and verifies stamps, need not be installed: these functions raise ImportError then.
"""

from __future__ import annotations

from datetime import datetime

from .manifest import MANIFEST

STAMP = f"{MANIFEST}.tsr"


class WrongStamp(Exception):
    """What should be a time stamp is none, or not one of this manifest by this authority. The text says why."""


def request_of(manifest: bytes) -> bytes:
    """Return the request (DER, RFC 3161 section 2.4.1) for a stamp of a manifest's SHA-256 digest."""
    from rfc3161_client import HashAlgorithm, TimestampRequestBuilder

    return TimestampRequestBuilder().data(manifest).hash_algorithm(HashAlgorithm.SHA256).build().as_bytes()


def stamped_at(stamp: bytes, manifest: bytes, roots: bytes) -> datetime:
    """Return the time (UTC) for which a stamp (DER, section 2.4.2) attests a manifest. Nothing is asked of the network.

    ``roots`` are the root certificates (PEM) that are trusted, and intermediate ones if the stamp lacks them. Raises
    WrongStamp.
    """
    from cryptography.x509 import load_pem_x509_certificates
    from rfc3161_client import VerificationError, VerifierBuilder, decode_timestamp_response

    try:
        answer = decode_timestamp_response(stamp)
        VerifierBuilder(roots=load_pem_x509_certificates(roots)).build().verify_message(answer, manifest)
    except (ValueError, VerificationError) as error:
        raise WrongStamp(str(error)) from error
    return answer.tst_info.gen_time
