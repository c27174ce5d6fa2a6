"""Manners: robots.txt, rests, limits, cookies, and which addresses a crawl may reach."""
