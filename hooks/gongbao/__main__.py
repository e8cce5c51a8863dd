"""``python -m gongbao``: the same as the command ``gongbao``."""

from .commands.start import main

main()
