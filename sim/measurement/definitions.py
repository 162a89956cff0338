"""What the core scale and the related scale are: declared maps from accounts of the model to published series.

Read by `dataset`, `targets`, `published`, plots, reports and the Mesa model. Imports `outcomes` and the scenario's
`Caption` only. Nothing here is fitted: a definition adds whole accounts, so no number of it can be tuned.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from sim import outcomes
from sim.scenario import Caption


@dataclass(frozen=True)
class Definition:
    """One definition of the core scale.

    `weights` says how much of each sales account of AI firms counts (0 or 1, share). `measured_as` is the tag of the
    published figures that follow the definition (column `measured_as` of the history); figures of different tags are
    never joined, and no growth rate is taken across two.
    """

    name: str
    weights: Mapping[str, float]
    counts: Caption
    published: Caption
    measured_as: str
    note: Caption

    @property
    def vector(self) -> npt.NDArray[np.float64]:
        """Return the weights in the order of `outcomes.ACCOUNTS`, float64[3]."""
        return np.array([self.weights[account] for account in outcomes.ACCOUNTS])


@dataclass(frozen=True)
class Construction:
    """One construction of the related scale; `standing` is its place in the envelope: middle, low or weakest.

    No series of the related scale is published, so the constructions are shown side by side and never pooled into one
    probability.
    """

    name: str
    standing: str
    counts: Caption
    note: Caption


def _weights(*accounts: str) -> Mapping[str, float]:
    return MappingProxyType({account: float(account in accounts) for account in outcomes.ACCOUNTS})


_DECLARED = (
    Definition(
        "narrow",
        _weights("technology"),
        Caption(
            "AI technology sold by AI firms: software, models, services",
            "人工智能企业销售的技术产品：软件、模型与服务",
        ),
        Caption(
            "market of AI technology products as in Deloitte, Tsinghua and the Internet Society of China to 2018, and "
            "the ministry's count for 2019",
            "德勤、清华大学、中国互联网协会（至2018年）及工信部（2019年）的技术产品口径",
        ),
        "narrow",
        Caption(
            "The smallest count; imports bought by users directly are not in it",
            "最小口径；用户直接进口的部分不计入",
        ),
    ),
    Definition(
        "caict",
        _weights("technology", "bundled", "lines"),
        Caption(
            "all hardware, software and services of AI firms: technology, hardware and integration sold with it, and "
            "existing smart-product lines of incumbents that count as AI firms",
            "人工智能企业的全部软硬件与服务：技术、随技术销售的硬件与集成、被认定企业原有的智能产品线",
        ),
        Caption(
            "scale of the AI industry of the China Academy of Information and Communications Technology (2020 and its "
            "growth)",
            "中国信息通信研究院的人工智能产业规模（2020年及其增速）",
        ),
        "caict",
        Caption(
            "Grows by recognition too: an incumbent newly counted brings lines that were sold before; "
            "they stand apart as core_recognition",
            "认定也会带来增长：新计入的企业带入原有产品线，单列为core_recognition",
        ),
    ),
    Definition(
        "iresearch",
        _weights("technology", "bundled"),
        Caption(
            "revenue of vendors from AI projects: technology with the hardware and integration sold with it",
            "厂商的人工智能项目收入：技术及随之销售的硬件与集成",
        ),
        Caption(
            "market estimate of Qianzhan for 2020, the nearest in scope among those published",
            "前瞻产业研究院2020年市场估计，为已发布数据中范围最接近者",
        ),
        "iresearch",
        Caption(
            "One published figure only: a check of level, not of growth",
            "仅有一个已发布数字：只能核对水平，不能核对增速",
        ),
    ),
)

DEFINITIONS: Mapping[str, Definition] = MappingProxyType({each.name: each for each in _DECLARED})

_RELATED = (
    Construction(
        "enabled_output",
        "middle",
        Caption(
            "output of users that their AI capital enables: output x (1 - exp(-AI capital per output / k0)), after the "
            "J-curve",
            "用户由人工智能资本支撑的产出：产出×（1−exp(−单位产出人工智能资本/k0）），计入J曲线",
        ),
        Caption(
            "k0 comes from robot and IT capital of automated lines and is never fitted",
            "k0取自自动化产线的机器人与信息技术资本，从不拟合",
        ),
    ),
    Construction(
        "value_added_gain",
        "low",
        Caption(
            "output of users that would not be there without adoption: output x mature gain x AI intensity, after the "
            "J-curve",
            "没有采用就不会有的产出：产出×成熟增益×应用强度，计入J曲线",
        ),
        Caption("Can be negative in early years: reorganising costs before it pays", "早期可能为负：重组先付出成本"),
    ),
    Construction(
        "ai_weighted_output",
        "weakest",
        Caption("output of users times their AI intensity", "用户产出乘以应用强度"),
        Caption(
            "Close to the core scale times a constant, so it adds little evidence of its own",
            "近似于核心规模乘以常数，本身提供的信息很少",
        ),
    ),
)

CONSTRUCTIONS: Mapping[str, Construction] = MappingProxyType({each.name: each for each in _RELATED})

HEADLINE_CONSTRUCTION = next(each.name for each in _RELATED if each.standing == "middle")


def core_weights() -> npt.NDArray[np.float64]:
    """Return the weights of all definitions, float64[3 accounts, n_definitions] in the order of `outcomes`."""
    return np.column_stack([DEFINITIONS[name].vector for name in outcomes.COORDINATES["definition"]])
