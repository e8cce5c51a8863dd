"""How fast the program is: a synthetic archive of any size, the peers, and the measuring of both."""
