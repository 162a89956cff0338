"""The words of `explain` in English and Chinese.

Called by `explanation` only. Names of clauses and levers come from the catalogue, those of regions and sectors from the
seeds; here stand the words that no data file has.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

LANGUAGES: Final = ("en", "zh")

COST: Final = {
    "direct": ("the money itself", "直接支出"),
    "tax": ("revenue forgone", "税收减收"),
    "unit": ("quantity times a unit cost", "数量乘以单位成本"),
    "admin": ("yearly administrative cost", "年度行政成本"),
    "none": ("none of its own", "不另增支出"),
}

EVIDENCE: Final = {
    "A": ("A, measured for China", "A（中国实测）"),
    "B": ("B, measured elsewhere", "B（他国实测）"),
    "C": ("C, only the sign is known", "C（仅知作用方向）"),
    "D": ("D, assumed", "D（假设）"),
}

MEASUREMENT: Final = {
    "narrow": ("narrow (AI technology products)", "窄口径（人工智能技术产品）"),
    "caict": ("caict (software, hardware and services of AI firms)", "中国信通院口径（人工智能企业的软硬件与服务）"),
    "iresearch": ("iresearch (vendor revenue)", "艾瑞口径（厂商收入）"),
}

SHOCK: Final = {
    "export_controls": ("export controls", "出口管制"),
    "generative_wave": ("generative AI wave", "生成式人工智能浪潮"),
    "demand_slump": ("demand slump", "需求下滑"),
    "venture_winter": ("venture capital winter", "创投寒冬"),
    "safety_scandal": ("safety scandal", "重大安全事件"),
    "compute_price_break": ("break in the compute price", "算力价格突变"),
}

INDICATOR: Final = {
    "core_scale": ("core scale", "核心产业规模"),
    "related_scale": ("related scale", "相关产业规模"),
}

UNCERTAINTY: Final = {
    "posterior": ("parameters drawn from the posterior", "参数取自后验分布"),
    "prior": ("parameters drawn from their priors", "参数取自先验分布"),
    "none": ("all parameters at their default", "参数全部取默认值"),
}

POLICY: Final = {
    "without_plan": ("policy from before the plan goes on", "规划出台前的政策延续"),
    "as_written": ("the plan as written", "按规划文本"),
    "as_implemented": ("the plan as implemented", "按实际落实情况"),
}

PHRASE: Final = {
    "heading": ('"{title}" against "{base}"', "“{title}”相对于“{base}”的改动"),
    "question": ("Question: {question}", "问题：{question}"),
    "nothing": ("It changes nothing.", "没有任何改动。"),
    "clause": ("Clause {number}, {name}", "第{number}条 {name}"),
    "beside": ("Outside the plan's clauses", "规划条款之外"),
    "subject": ("{name} ({key}), {unit}", "{name}（{key}），单位：{unit}"),
    "bare_subject": ("{name} ({key})", "{name}（{key}）"),
    "named": ("{subject}: {name}", "{subject}：{name}"),
    "step": ("{date}: {before} -> {after}", "{date}：{before} → {after}"),
    "undated_step": ("{before} -> {after}", "{before} → {after}"),
    "cost": ("cost: {cost}; evidence: {evidence}", "费用：{cost}；证据等级：{evidence}"),
    "shock": ("severity {severity}, {first} to {last}", "强度{severity}，{first}至{last}"),
    "absent": ("none", "无"),
    "target": ("{name} {year} above {above} bn CNY", "{year}年{name}超过{above_yi}亿元"),
    "span": ("{first} to {last}", "{first}至{last}"),
    "runs": ("{replications} runs, seed {seed}", "{replications}次运行，随机种子{seed}"),
    "regions": ("regions: {count}", "{count}个地区"),
    "joined": ("regions: {count}, with {names}", "{count}个地区，增加{names}"),
    "left_out": ("regions: {count}, without {names}", "{count}个地区，去掉{names}"),
    "exchanged": ("regions: {count}, with {names} and without {others}", "{count}个地区，增加{names}，去掉{others}"),
    "list": (", ", "、"),
    "from_year": ("from {year}", "{year}年起"),
    "from_quarter": ("from {year} Q{number}", "{year}年第{number}季度起"),
    "year": ("{year}", "{year}年"),
    "quarter": ("{year} Q{number}", "{year}年第{number}季度"),
}

SUBJECT: Final = {
    "policy": ("Policy that levers follow unless set", "未设定杠杆所依据的政策"),
    "shocks": ("Shock", "冲击"),
    "parameters": ("Parameter", "参数"),
    "measurement": ("Definition of the core scale", "核心产业规模口径"),
    "horizon": ("Horizon", "模拟期"),
    "targets": ("Targets", "目标"),
    "evaluation": ("Levers that a review may move", "评估可调整的杠杆"),
    "uncertainty": ("Uncertainty", "不确定性"),
    "runs": ("Runs", "运行设置"),
}


def phrase(key: str, language: str, /, **parts: object) -> str:
    """Return a phrase in one language with its parts filled in.

    >>> phrase("regions", "en", count=7)
    'regions: 7'
    """
    return PHRASE[key][LANGUAGES.index(language)].format(**parts)


def words(table: Mapping[str, tuple[str, str]], key: str, language: str) -> str:
    """Return the words of a table in one language, the key itself where the table has none.

    >>> words(COST, "tax", "zh")
    '税收减收'
    """
    pair = table.get(key, (key, key))
    return pair[LANGUAGES.index(language)]
