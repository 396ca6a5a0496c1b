"""What residents report with one tap against what is shown: counted, with no person in it."""
