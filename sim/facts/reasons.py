"""Where each statistic of the facts comes from in this model, in English: the sentences beside the table.

`LABELS` is the judgement: imposed (a rule, an input or a parameter puts it in), fitted (the first fit saw it), emergent
(neither). Change it with the rules. `reasons_zh` holds the same sentences in Chinese.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple


class Reason(NamedTuple):
    """Why a statistic is what it is; what a miss on either side comes from; or why it cannot be had at all."""

    why: str
    low: str = ""
    high: str = ""
    absent: str = ""


IMPOSED, FITTED, EMERGENT = "imposed", "fitted", "emergent"

_EMERGENT = (
    "size_tail_last", "growth_shape", "growth_kurtosis", "size_variance", "age_variance", "growth_on_size",
    "growth_on_size_mature", "intensity_on_size", "innovations_exponent", "turbulence", "exit_rate", "net_entry",
    "at_most_par", "tenfold",
)  # fmt: skip
_IMPOSED = (
    "size_tail_first", "bunching", "mean_intensity", "relabelled", "relabelled_at_threshold", "value_tail",
    "hazard_peak", "hazard_first", "hazard_third", "young_exits", "top_provinces", "beijing", "provinces_hhi",
    "provinces_hhi_change", "tertiary", "large_over_small", "heads_over_firms", "government_first",
    "raised_over_target", "funds_at_target", "origin", "working",
)  # fmt: skip
_FITTED = (
    "firms_2018", "firms_2020", "caict_2019", "caict_2020", "narrow_2016", "narrow_2017", "narrow_2018", "narrow_2019",
)  # fmt: skip

# What the model does not hold at all has no label.
LABELS: Final[Mapping[str, str]] = {
    **dict.fromkeys(_EMERGENT, EMERGENT),
    **dict.fromkeys(_IMPOSED, IMPOSED),
    **dict.fromkeys(_FITTED, FITTED),
}

_COUNT = Reason(
    "The first fit weighed runs by this count.",
    "The fit allows for the error of the count; parameters changed since may have moved it.",
    "The fit allows for the error of the count; parameters changed since may have moved it.",
)
_SCALE = Reason(
    "The first fit weighed runs by this figure.",
    "The fit allows for the error of the figure; parameters changed since may have moved it.",
    "The fit allows for the error of the figure; parameters changed since may have moved it.",
)
_ROBOTS = Reason("", absent="Robots are sales of one core sector here; users' plants hold none that could be counted.")
_RESEARCHERS = Reason(
    "Numbers of Chinese scientists at home and abroad are set at the start.",
    absent="The model counts people in and from China; it has no world total of leading researchers.",
)
_PLACES = Reason(
    "Regions get the firms of 2016, and start-ups after, by the published shares of 2016.",
    "Incumbents are recognised where high-technology firms are, which is spread wider than start-ups are.",
    "Start-ups follow the shares of 2016 and outnumber the incumbents recognised elsewhere.",
)
_GRADIENT = Reason(
    "The hazard of adoption has a size factor whose slope is that of the same kind of survey.",
    "Early adopters of every size raise the peer influence on all, which closes the gap faster than published.",
    "The first adopters of 2016 are drawn by size, and peers have not caught up at this level.",
)

REASONS_EN: Final[Mapping[str, Reason]] = {
    "size_tail_first": Reason(
        "The cast of 2016 gets lognormal sizes and product lines by hand.",
        "Product lines of the first cast are drawn more unequal than published sizes are.",
        "Sizes of the first cast are drawn more equal than published ones are.",
    ),
    "size_tail_last": Reason(
        "Competition, luck, entry and closing made these sizes; no rule sets the tail, though much of the first cast "
        "is still among the largest.",
        "Quality earns orders and orders pay for quality, so that a few leaders outgrow the rest; no rule splits them.",
        "Leaders pull away from followers less than published.",
    ),
    "growth_shape": Reason(
        "Luck in orders is normal in logs; a tent can only come of firms of different size, age and capacity.",
        "Most firms grow with the market while a few jump, so that the peak is too sharp.",
        "Luck in orders, which is normal, outweighs the differences between firms.",
    ),
    "growth_kurtosis": Reason(
        "As for the shape: luck in orders has no fat tails of its own.",
        "Luck in orders, which is normal, outweighs the differences between firms, and jumps are rare.",
    ),
    "size_variance": Reason(
        "Luck in orders is the same for all sizes; small firms differ by youth and by the capacity they work at.",
        "Luck strikes whole firms, not their single products, so that size averages little of it out.",
        "Small firms are young and hire in steps, which moves their sales too much.",
    ),
    "age_variance": Reason(
        "No rule but that of closing depends on age.",
        "Entrants start far from the share that their quality earns, and the way there differs from firm to firm.",
        "Firms soon hold the share that their quality earns, so that age says little.",
    ),
    "growth_on_size": Reason(
        "Shares move by quality per yuan and luck; no rule gives growth by size.",
        "Small entrants climb too fast.",
        "Quality earns orders and orders pay for quality, so that large firms grow no slower than small ones.",
    ),
    "growth_on_size_mature": Reason(
        "As for all firms.",
        "Large firms lose ground to small ones even when both are mature.",
        "Quality earns orders and orders pay for quality, so that large mature firms outgrow small ones.",
    ),
    "intensity_on_size": Reason(
        "The routine is drawn without regard to size; the rest is investors' money, part of which goes to research.",
        "Young firms live on investors' money and spend it on research before they sell much, more than published.",
        "Large firms keep more investors' money than published.",
    ),
    "bunching": Reason(
        "A rule lets firms relabel up to the threshold when it is within reach.",
        "Hardly any claim lies near the threshold.",
    ),
    "mean_intensity": Reason(
        "The mean routine is a parameter; research paid with investors' money comes on top.",
        "Product lines, which need little research, outweigh AI sales.",
        "Research paid with investors' money is large beside sales: the sector loses money.",
    ),
    "relabelled": Reason(
        "The largest part of a claim that may be relabelled is a parameter from the same source.",
        "Nearly all AI firms research more than the threshold asks, so that few have a reason to relabel.",
        "Many firms lie just below the threshold.",
    ),
    "relabelled_at_threshold": Reason(
        "The largest part of a claim that may be relabelled is a parameter from the same source.",
        "Claims start anywhere between the least that can be lifted and the threshold, so that the mean lies well "
        "below the largest part.",
        "The largest part is drawn above its published value.",
    ),
    "innovations_exponent": Reason(
        "Innovations arrive by effort and get rarer with the lead; no rule sets how they spread over firms.",
        "Innovations are spread more unequally than patents are.",
        "Falling returns to effort, and ideas that get harder with quality, keep any firm from having very many; "
        "patents also count habits of filing, which the model lacks.",
    ),
    "value_tail": Reason(
        "The tail is a parameter drawn run by run; values are truncated, so that their mean exists.",
        "The prior reaches below the published range.",
        "The prior reaches above the published range, where means exist.",
    ),
    "turbulence": Reason(
        "Entry follows talent, money and growth, closing follows cash and share; no rule ties one to the other.",
        "Rates differ more between years than between sectors, which share one cost of entry: entry leads while the "
        "industry takes off, closing follows years later.",
        "Newcomers drive others out at once.",
    ),
    "hazard_peak": Reason(
        "A hazard of age that peaks in the third year is a rule; so is the patience with a share too small to live on.",
        "Start-ups run out of cash before the hazard of age peaks.",
        "Patience with small shares ends after the hazard of age has peaked.",
    ),
    "hazard_first": Reason(
        "A hazard of age with the values of the same source is a rule; closing without cash is added.",
        "Founders' capital outlasts the first year, and only part of the hazard of age is left to be added.",
        "Closing without cash comes on top of the hazard of age.",
    ),
    "hazard_third": Reason(
        "A hazard of age with the values of the same source is a rule; closing without cash or market is added.",
        "Closing without cash or market is rare, and only part of the hazard of age is left to be added.",
        "Closing without cash and with too small a share comes on top: founders' capital and patience last two years.",
    ),
    "young_exits": Reason(
        "Follows from the hazard of age, from founders' capital, and from the patience with small shares.",
        "Older firms lose their market more often than published.",
        "Most who close are start-ups whose capital or patience is spent in the second and third year.",
    ),
    "exit_rate": Reason(
        "Closing without cash or market is competition's; a hazard of age is added by rule, and the fit saw numbers of "
        "firms, not of exits.",
        "While the industry takes off few firms run out of orders.",
        "Entry is plentiful, and newcomers fail more often than in all industries together.",
    ),
    "net_entry": Reason(
        "Entrants' quality is drawn around the mean of their sector; what they come to weigh is competition's.",
        "Entrants start at the sector's mean with a small share and win little of the market within nine years; "
        "quality grows inside firms, by research and by learning from the frontier.",
        "Entrants displace leaders faster than published.",
    ),
    "firms_2018": _COUNT,
    "firms_2020": _COUNT,
    "caict_2019": _SCALE,
    "caict_2020": _SCALE,
    "narrow_2015": Reason("", absent="The model begins in 2016."),
    "narrow_2016": _SCALE,
    "narrow_2017": _SCALE,
    "narrow_2018": _SCALE,
    "narrow_2019": _SCALE,
    "top_provinces": _PLACES,
    "beijing": _PLACES,
    "provinces_hhi": _PLACES,
    "provinces_hhi_change": Reason(
        "Start-ups keep to the shares of 2016; incumbents, recognised by high-technology certificates, spread.",
        "Recognition outweighs start-ups.",
        "Start-ups outweigh recognition.",
    ),
    "top_cities": Reason("", absent="Regions are provinces; the model has no cities."),
    "application_layer": Reason("", absent="Firms differ by core sector; the model has no layers."),
    "tertiary": Reason(
        "Outputs and spending weights of the applications are inputs.",
        "Manufacturing has a large output and a high weight.",
        "Manufacturing adopts late.",
    ),
    "large_over_small": _GRADIENT,
    "heads_over_firms": _GRADIENT,
    "robots_2016": _ROBOTS,
    "robots_2020": _ROBOTS,
    "robots_2021": _ROBOTS,
    "at_most_par": Reason(
        "Returns come of sales, closings and the price of a stake; the multiple of sales and the rate of listings are "
        "assumed.",
        "A growing market lifts the price of nearly every stake.",
        "The only way out with a profit is a rare listing: nobody buys whole firms, closed firms return little, and "
        "many good positions stay open to the end, where they do not count.",
    ),
    "tenfold": Reason(
        "As for the losses.",
        "One multiple of sales prices rounds and listings alike, so that few enter cheaply enough for a tenfold gain.",
        "Prices at listing run away from prices of rounds.",
    ),
    "government_first": Reason(
        "Two hazards, of private and of public rounds, are parameters; their ratio says who comes first.",
        "The hazard of a private round is several times that of a public one.",
        "The hazard of a public round is high beside that of a private one.",
    ),
    "raised_over_target": Reason(
        "What others add to public money, by part of the country, is an input.",
        "The ratio of the source is applied to others' money with a low factor.",
        "The ratio of the source is applied to others' money only, while public money arrives in full.",
    ),
    "funds_at_target": Reason(
        "What others add to public money, by part of the country, is an input.",
        "All funds of one part of the country raise the same ratio; none does well enough to reach its target.",
        "All funds of one part of the country raise the same ratio.",
    ),
    "origin": _RESEARCHERS,
    "working": _RESEARCHERS,
}
