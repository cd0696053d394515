"""How often the verdict errs: series of known truth, charted and judged as a build does, counted by verdict.

`truths` says what is planted, `numbers` draws it, `trials` judges it, `planted` does the same with the kinds of the
made-up sample, `counting` counts over many seeds, `tables` prints. Nothing here is part of a build. The figures are
kept in `rates.json` and printed between two marks in docs/method.md by

    python -m pipelines.error_rates --count --print docs/method.md
"""
