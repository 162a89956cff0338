"""The words of all figures, one table a language with the same keys.

Read by `labels` only. Imports nothing of the package.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_ENGLISH: Final[Mapping[str, str]] = {
    # common
    "one_run": "1 run",
    "n_runs": "{runs:,} runs",
    "seed": "seed {seed}",
    "a_year": "{unit} a year",
    "and": " and ",
    "median": "median of runs",
    "single": "the one run",
    "half": "middle 50% of runs",
    "most": "middle 90% of runs",
    "goal": "target",
    "goal_share": "target, and the part of runs above it",
    "goal_label": "{year}: above {above}",
    "published_value": "published",
    "published_derived": "derived from published",
    "published_lower": "published, lower bound",
    "published_upper": "published, upper bound",
    "by_sources": " ({sources})",
    "and_others": " and others",
    "note_published": "Published by {sources}.",
    "kind_flow": "sum of the year",
    "kind_stock": "at the end of the year",
    "kind_price": "mean of the year",
    "kind_share": "mean of the year",
    "under": "{name} under {definition}",
    "current": "current prices",
    # fans
    "passes": "{name} passes {above} bn CNY in {year} in {share} of runs",
    "passes_next": "{above} in {year} in {share}",
    "reaches": "{value} in {year} (target {above})",
    "reaches_all": "{name} in this run, bn CNY: {parts}",
    "by": " ({definition})",
    "path": "{name}: from {first} in {start} to {last} in {end}{kind}",
    "path_once": "{name}: {last} in {end}{kind}",
    "by_median": " (median)",
    "core_scale": "Core scale",
    "related_scale": "Related scale",
    "note_definition": "{definition}: {counts}.",
    "note_construction": "{construction}: {counts}.",
    "core_panels": "The {year} target of {above} bn CNY is passed in {shares}",
    "core_panels_bare": "Core scale under three definitions",
    "core_panel": "{share} ({definition})",
    "core_panel_first": "{share} of runs ({definition})",
    "core_panels_subtitle": "Core scale by definition, current prices, logarithmic axis",
    "caveat_firms": "Published counts of one chain (CAICT); other databases count by other rules and are not drawn.",
    "caveat_venture_investment": (
        "Published amounts are three counts of different scope: compare the order of magnitude only."
    ),
    # related scale
    "related": "Related scale in {year} is {low} to {high} bn CNY by construction{place}",
    "related_above": ", above the target of {above} throughout",
    "related_below": ", never above the target of {above}",
    "related_between": ", with the target of {above} in between",
    "related_bare": "",
    "related_subtitle": "Related scale, medians of three constructions, current prices, logarithmic axis",
    "standing_middle": "{construction} (middle)",
    "standing_low": "{construction} (low)",
    "standing_weakest": "{construction} (weakest evidence)",
    "related_envelope": "lowest 5% to highest 95% over the constructions",
    "related_chances": "Runs above the targets of {years}: {shares}.",
    "related_chance": "{construction} {shares}",
    "related_note": (
        "Nobody publishes a related scale: the constructions bound it and are never pooled into one probability."
    ),
    # talent
    "talent": "By {end} {parts}",
    "talent_first": "{name} grow {factor}-fold to {last} thousand",
    "talent_part": "{name} {factor}-fold to {last}",
    "talent_subtitle": "People at the end of the year, with and without a post; each panel has its own axis",
    "students": "Students of AI",
    # investment
    "investment": (
        "In {end} AI firms spend {rd} bn CNY on R&D; private funds place {venture}, guidance funds {guidance} (medians)"
    ),
    "investment_subtitle": "Sums of the year, bn CNY, current prices; each panel has its own axis",
    "panel_rd_spending": "R&D of AI firms",
    "panel_venture_investment": "Venture investment",
    "panel_guidance_invested": "Guidance-fund equity",
    # adoption
    "adoption": (
        "By {end} users of AI produce {low} ({low_name}) to {high} ({high_name}) of output, in {start} {first}"
    ),
    "adoption_subtitle": "Organisations that use AI, percent, weighted by output, mean of the year, median of runs",
    "adoption_range": "middle 90%\nof runs, {year}",
    # regions
    "regions": "{names} hold {share} of the core scale in {year} with {gdp} of GDP",
    "regions_subtitle": "Share of the core scale under {definition}, {year}, and of GDP, percent",
    "regions_bar": "share of core scale, mean",
    "regions_range": "middle 90% of runs",
    "regions_gdp": "share of GDP, 2016",
    "percent": "percent",
    "money": "bn CNY",
    "part_east": "East",
    "part_central": "Central",
    "part_west": "West",
    # sectors
    "sectors": "{name} makes {last} of the core scale in {end}, {first} in {start}",
    "sectors_subtitle": "Core scale by core sector under {definition}, mean of runs, sum of the year, current prices",
    "sectors_note": "Means over runs, so that the parts add up to the whole; medians would not.",
    # growth
    "growth": (
        "Firms already on the list bring {organic} of the growth to {end}, entry {entry}, recognition "
        "{recognition}; {public} of it are public orders"
    ),
    "growth_none": "The core scale does not grow to {end}",
    "growth_subtitle": "Change of the core scale under {definition} on the year before, mean of runs, current prices",
    "growth_organic": "firms already on the list, exits deducted",
    "growth_entry": "start-ups and spin-offs in their first year",
    "growth_recognition": "incumbents newly counted",
    "growth_private": "change without public orders",
    "growth_note": (
        "The first year is compared with four times its first quarter. What public orders displace is not deducted."
    ),
    # ledger
    "ledger": "{total} bn CNY disbursed {start}–{end}, {share} of it for {name}; {idle} of the budgets lie idle",
    "ledger_subtitle": "Public money by clause group, sum of {start}–{end}, bn CNY, current prices, mean of runs",
    "ledger_spent": "disbursed as intended",
    "ledger_misused": "disbursed, misused",
    "ledger_idle": "budgeted, not disbursed",
    "ledger_forgone": "tax forgone",
    "ledger_note": (
        "Budgeted = disbursed + idle. Tax forgone is no outlay and stands beside it. Levers without a "
        "public cost are not shown."
    ),
    "group_2.2": "Principles",
    "group_3.1": "Research and talent",
    "group_3.2": "Intelligent economy",
    "group_3.3": "Intelligent society",
    "group_3.4": "Civil-defence integration",
    "group_3.5": "Infrastructure",
    "group_3.6": "Major projects",
    "group_4": "Resources",
    "group_5": "Laws, standards, labour",
    "group_6": "Implementation",
    # targets
    "chances": "Most runs pass the core target of {parts}",
    "chances_bare": "How many runs pass each target",
    "likely_all": "{years} under every definition",
    "likely_some": "{years} only under {definitions}",
    "likely_none": "{years} under no definition",
    "chances_subtitle": "Share of runs above the target in its year",
    "chance_goal": "{name} {year}: above {above} bn CNY",
    "chance_wilson": "95% interval, number of runs only",
    "chance_parameter": "90% interval over parameters",
    "chance_headline": "headline definition, middle construction",
    "chance_other": "other definitions and constructions",
    "chance_axis": "percent of runs",
    # pairs of results
    "more": "more",
    "less": "less",
    "added_more": (
        "In {year} {a} has {value} bn CNY more core scale than {b} ({definition}; {low} to {high} in the middle 90% of "
        "runs)"
    ),
    "added_less": (
        "In {year} {a} has {value} bn CNY less core scale than {b} ({definition}; {low} to {high} in the middle 90% of "
        "runs)"
    ),
    "added_subtitle": "Difference to {b} run by run, current prices; each panel has its own axis",
    "added_cost": (
        "{a} spends {cost} bn CNY {more} than {b} in {start}–{end}: {per_yuan} yuan of outlay ({low}–{high}) for every "
        "added yuan of core scale ({definition})"
    ),
    "added_cost_bare": (
        "{a} spends {cost} bn CNY {more} than {b} in {start}–{end}; core scale ({definition}): {standing}, so no cost "
        "per added yuan"
    ),
    "added_cost_subtitle": "Public money less that of {b} by clause group, {start}–{end}, bn CNY, mean of paired runs",
    "added_cost_note": (
        "Lines: 95% interval of the mean over paired runs. Tax forgone is no outlay and stands beside it. Public "
        "orders are outlay and buy part of the core scale. Current prices, not discounted."
    ),
    "added_disbursed": "disbursed",
    "added_forgone": "tax forgone",
    "beside": (
        "The {year} target of {above} bn CNY is passed in {first} of the runs of {a} and in {second} of those of {b}"
    ),
    "beside_bare": "Core scale of {a} and of {b}",
    "beside_subtitle": "Core scale under {definition}, sum of the year, current prices",
    "pair_stamp": "{first} less {b} · {digest}",
    # goals in words
    "parity_leading": (
        "In {year} {reached} of {fields} fields lead the world in most runs; technology as a whole stands at {median} "
        "of the world frontier{goal}"
    ),
    "parity_in_step": (
        "In {year} {reached} of {fields} fields keep step with the world in most runs; technology as a whole stands at "
        "{median} of the world frontier{goal}"
    ),
    "parity_none_leading": (
        "In {year} none of {fields} fields leads the world in most runs; technology as a whole stands at {median} "
        "of the world frontier{goal}"
    ),
    "parity_none_in_step": (
        "In {year} none of {fields} fields keeps step with the world in most runs; technology as a whole stands at "
        "{median} of the world frontier{goal}"
    ),
    "parity_goal": " (goal {level})",
    "parity_subtitle": "Domestic level over the world frontier, median of runs; right, percent of runs at the goal",
    "parity_all": "All sixteen, mean",
    "parity_range": "middle 90% of runs, {year}",
    "parity_axis": "share of the world frontier",
    "goals_note": (
        "The plan states these goals in words. Formulas and thresholds are constructions of this project, with their "
        "reasons in seeds/plan/goals.yaml."
    ),
    "parity_lines": "Red lines: in step (dotted), leading (solid).",
    "goals": "Of the goals that the plan states in words, as measured here, most runs reach {parts}",
    "goals_part": "{met} of {all} in {year}",
    "goals_subtitle": "Median of runs over the threshold, and percent of runs that reach it; shaded by that percent",
    "goals_policy": "° restates the policy of the scenario: the same in every run, no finding of the model.",
    "goal_group_technology": "Technology",
    "goal_group_firms": "Firms",
    "goal_group_use": "Use",
    "goal_group_talent": "Talent",
    "goal_group_rules": "Rules and safety",
    # names that no data file holds
    "construction_enabled_output": "enabled output",
    "construction_value_added_gain": "value-added gain",
    "construction_ai_weighted_output": "AI-weighted output",
    "standing_below_80": "below 80% of the world frontier",
    "standing_from_80": "80 to 90% of the world frontier",
    "standing_from_90": "90 to 100% of the world frontier",
    "standing_from_100": "at the world frontier or beyond",
    "turnover_below_100m": "below 100 m CNY a year",
    "turnover_from_100m": "100 m to 1 bn CNY a year",
    "turnover_from_1bn": "1 to 10 bn CNY a year",
    "turnover_from_10bn": "10 bn CNY a year or more",
    "tier_senior": "Senior scientists",
    "tier_engineer": "Engineers",
    "tier_ai_plus_x": "AI+X specialists",
    "tier_skilled_user": "Skilled users",
    "tier_displaced": "Displaced workers",
}

WORDS: Final[Mapping[str, Mapping[str, str]]] = {"en": _ENGLISH}
