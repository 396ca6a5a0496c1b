"""How fast the house answers and takes sheets in, measured on the machine at hand."""
