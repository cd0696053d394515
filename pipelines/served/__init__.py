"""Who is not reached: reach, quality and impact by groups of people, the gaps between them and funnels of places."""
