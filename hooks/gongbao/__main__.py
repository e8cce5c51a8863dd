"""``python -m gongbao``: the same as the command ``gongbao``."""

from .commands.group import main

main()
