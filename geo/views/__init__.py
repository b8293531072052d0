"""Templates, maps and charts: records in, drawings out."""
