"""The speed of the program: a synthetic archive of any size, the peers, and the measuring of both."""
