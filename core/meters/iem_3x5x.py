"""The register table of the meters iEM3x5x: function 3 only, big-endian, high word first."""

from core.meters.table import Block, MeterModel, Register

IEM_3X5X = MeterModel(
    title="iEM3x5x",
    blocks=(
        Block(2999, 62, "always"),
        Block(3203, 8, "always"),
        Block(3109, 2, "sometimes"),
        Block(129, 2, "once"),
        Block(1636, 1, "once"),
    ),
    registers=(
        Register("current_1", 2999, "float32", 1, "A"),
        Register("current_2", 3001, "float32", 1, "A"),
        Register("current_3", 3003, "float32", 1, "A"),
        Register("voltage_1", 3027, "float32", 1, "V"),
        Register("voltage_2", 3029, "float32", 1, "V"),
        Register("voltage_3", 3031, "float32", 1, "V"),
        Register("power_1", 3053, "float32", 1000, "W"),
        Register("power_2", 3055, "float32", 1000, "W"),
        Register("power_3", 3057, "float32", 1000, "W"),
        Register("power", 3059, "float32", 1000, "W"),
        Register("frequency", 3109, "float32", 1, "Hz"),
        Register("energy", 3203, "int64", 1, "Wh"),
        Register("serial", 129, "uint32", 1, ""),
        Register("firmware", 1636, "uint16", 1, ""),
    ),
    instead=(
        Register("voltage_1", 3028, "float32", 1, "V"),
        Register("voltage_2", 3030, "float32", 1, "V"),
        Register("voltage_3", 3032, "float32", 1, "V"),
    ),
)
