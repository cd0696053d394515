"""What changed since a day, controlled for the number of charts and cycles looked at.

`signals` finds when a chart first gave a signal; `windows` and `steps` test each chart against any day to look back to,
`by_chance` says how many new signals chance alone would give, `kept` which changes outlast that; `of_charts`, `of_cycles`
and `questions` make rows of what `happened`, `changes` puts them in order.
"""

from pipelines.news.rows import news_rows

__all__ = ["news_rows"]
