"""The parts of the Log a test page: numbers typed in on a phone, checked while they are typed."""
