"""producer: one source for every medium of a trade union's communication."""
