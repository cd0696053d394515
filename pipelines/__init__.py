"""From files to finished charts and sentences; knows no screen.

In: a data folder (test logs, neighbourhoods, prototypes, cycles, measures, locality files).
Out: two marts, `true` and `shared`, whose tables are described in `sql/schema.sql`.
"""
