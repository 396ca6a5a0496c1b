"""How sheets come in: staged unseen, compared, published whole or not at all."""
