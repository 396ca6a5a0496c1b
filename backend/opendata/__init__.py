"""Open data: what the bureau publishes as files, every night, for anybody to count again."""
