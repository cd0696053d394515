"""The parts of the Cycle page: prediction beside result, verdict, receipt, what was learned and decided."""
