"""The job: reads, extracts in batches, resolves, writes one transaction an article."""
