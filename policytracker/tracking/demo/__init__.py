"""The demo record: the Republic of Korea's unification policy from April 2022 to February 2026.

`data/` holds facts in our own words; `mapping.py` says how its vocabulary becomes ours; `government.py`,
`reporting.py` and `conclusions.py` store it, room by room. See `docs/demo-record.md`.
"""
