"""What cameras and programs write into a picture's file beside the picture: it is found, and taken out.

In: the bytes of a picture. Out: whether they tell a place, and the picture without them.
May import: nothing else of the program.
"""
