"""Write a synthetic site to measure with: ``python scripts/make_corpus.py 1000 /tmp/corpus --units 60``."""

from __future__ import annotations

import sys

from speed.corpus import main

if __name__ == "__main__":
    sys.exit(main())
