"""Rows of the mart to plotly figures: pure functions, no Streamlit, no DuckDB, no statistic computed."""
