"""What is done to one record or to a keyed group: plain functions first, a thin PTransform over each."""
