"""Which articles are copies of which, and which one stands for all of them.

`signature.sign` makes a sketch of each text, in the workers. The rest works on columns of all articles at once, without
texts: `candidates` pairs what shares rare passages, `verify` holds the sketches of a pair against each other, `elect`
chooses. All of it is a pure function of the set of articles, and cheap enough to be done anew in every run: so the
outcome depends neither on the order nor on the number of runs that brought the articles in.
"""
