"""Best box and cut box: longest run and crossings judged together (Anhøj & Wentzel-Larsen 2020, PMC7272012)."""
