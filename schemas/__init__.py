"""What flows and what comes out: records, Parquet schemas, closed vocabularies. Imports no Beam."""
