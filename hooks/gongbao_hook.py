"""MkDocs' entry to Gongbao: every event function of the adapter, and nothing else."""

from gongbao.adapter import (
    on_config,
    on_env,
    on_files,
    on_nav,
    on_page_markdown,
    on_post_page,
    on_serve,
    on_startup,
)

__all__ = ["on_config", "on_env", "on_files", "on_nav", "on_page_markdown", "on_post_page", "on_serve", "on_startup"]
