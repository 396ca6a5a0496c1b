"""Several drugs in one trip: the plans nobody can beat in price, way and stops together."""
