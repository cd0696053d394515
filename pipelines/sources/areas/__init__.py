"""Tables about areas: wards, small areas, residents and deprivation, each with its vintage."""
