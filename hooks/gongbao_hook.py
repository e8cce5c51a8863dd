"""MkDocs' entry to Gongbao: every event function of the adapter, and nothing else."""

from gongbao.host import *  # noqa: F403
