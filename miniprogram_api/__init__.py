"""What residents see: the public API and the pages, one contract for both."""
