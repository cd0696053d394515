"""The parts of the Plan a cycle page: question, measure, when we will know, the sealed prediction."""
