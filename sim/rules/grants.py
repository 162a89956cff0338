"""How public juries weigh applications."""

from __future__ import annotations

import math

from sim._jit import rule


@rule
def application_weight(merit: float, quality_ratio: float, size_ratio: float, sharpness: float, error: float) -> float:
    """Standing of an application before a jury that looks at merit and at size.

        w = exp(k (m ln(q / q_mean) + (1 - m) ln(1 + s / s_mean) / 2) + e)

    merit          [1]  m in [0, 1], weight of merit against size and standing
    quality_ratio  [1]  q / q_mean > 0, against the sector
    size_ratio     [1]  s / s_mean >= 0, against the sector
    sharpness      [1]  k >= 0
    error          [1]  e, the jury's error, mean 0
    returns        [1]  > 0
    Source: selection on size and links before merit, Boeing (2016); form assumed.
    """
    return math.exp(
        sharpness * (merit * math.log(quality_ratio) + (1.0 - merit) * 0.5 * math.log(1.0 + size_ratio)) + error
    )
