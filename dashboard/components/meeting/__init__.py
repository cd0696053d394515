"""The parts of meeting mode: one question a screen, the decision captured there, and the meeting kept as a record."""
