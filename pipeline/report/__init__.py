"""The report: one page of charts, tables and evidence over a dataset, with all that it needs inside.

`queries/*.sql` say what is counted, `tables.py` reads it, `payload.py` packs it, `page/` is what shows it in a browser,
`vendor/` the charting library and the outlines of countries, and `page.py` puts them into one file.
"""
