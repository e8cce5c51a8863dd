"""``python hooks``: the command ``gongbao`` of a fork where there is no make that would install it."""

from gongbao.commands.start import main

main()
