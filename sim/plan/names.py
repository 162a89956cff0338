"""Ordered names of everything the compiled core numbers and a result labels: regions, sectors, fields, shocks ...

The position in a tuple is the index in every array. Used by state, kernels, recorder, scenario and results. Reads no
file and imports nothing of the package; a test holds the tuples equal to the seeds.
"""

from typing import Final

REGIONS: Final[tuple[str, ...]] = (
    "CN-BJ", "CN-TJ", "CN-HE", "CN-SX", "CN-NM", "CN-LN", "CN-JL", "CN-HL",
    "CN-SH", "CN-JS", "CN-ZJ", "CN-AH", "CN-FJ", "CN-JX", "CN-SD", "CN-HA",
    "CN-HB", "CN-HN", "CN-GD", "CN-GX", "CN-HI", "CN-CQ", "CN-SC", "CN-GZ",
    "CN-YN", "CN-XZ", "CN-SN", "CN-GS", "CN-QH", "CN-NX", "CN-XJ",
)  # fmt: skip

CORE_SECTORS: Final[tuple[str, ...]] = (
    "software_hardware",
    "robots",
    "vehicles",
    "vr_ar",
    "terminals",
    "iot_devices",
)

APPLICATIONS: Final[tuple[str, ...]] = (
    "manufacturing",
    "agriculture",
    "logistics",
    "finance",
    "commerce",
    "home",
    "education",
    "medicine",
    "elderly_care",
    "government",
    "courts",
    "cities",
    "transport",
    "environment",
    "public_safety",
)

FIELDS: Final[tuple[str, ...]] = (
    "big_data",
    "cross_media",
    "hybrid_augmented",
    "swarm",
    "autonomous_decision",
    "advanced_learning",
    "brain_inspired",
    "quantum",
    "knowledge_engine",
    "cross_media_reasoning",
    "swarm_technology",
    "hybrid_architecture",
    "unmanned_systems",
    "vr_modelling",
    "computing_chips",
    "language",
)

TIERS: Final[tuple[str, ...]] = ("senior", "engineer", "ai_plus_x", "skilled_user", "displaced")

SIZE_CLASSES: Final[tuple[str, ...]] = ("micro", "small", "medium", "large")

DEFINITIONS: Final[tuple[str, ...]] = ("narrow", "caict", "iresearch")

# Classes in which AI firms are counted: quality over the world frontier of the firm's sector, and yearly sales of AI
# technology in mn CNY. Edges are the lower ends of all classes but the first; counting only, no rule reads them.
STANDINGS: Final[tuple[str, ...]] = ("below_80", "from_80", "from_90", "from_100")
STANDING_EDGES: Final[tuple[float, ...]] = (0.8, 0.9, 1.0)
TURNOVERS: Final[tuple[str, ...]] = ("below_100m", "from_100m", "from_1bn", "from_10bn")
TURNOVER_EDGES: Final[tuple[float, ...]] = (100.0, 1_000.0, 10_000.0)

CONSTRUCTIONS: Final[tuple[str, ...]] = ("enabled_output", "value_added_gain", "ai_weighted_output")

SHOCKS: Final[tuple[str, ...]] = (
    "export_controls",
    "generative_wave",
    "demand_slump",
    "venture_winter",
    "safety_scandal",
    "compute_price_break",
)
