"""Loading: what is refused, rejected or told, and how much a file may ask for."""

from engine.messages import message
from engine.thresholds.setting import Setting

TITLE = message("Loading")
SETTINGS = (
    Setting("stock_jump_times", 10, "times", message("A stock that grows by more than this factor is told."), "loading rules"),
    Setting(
        "correction_share",
        0.8,
        "share",
        message("A file that brings at least this share of an earlier file's keys in a period is taken as its correction: what it leaves out goes too."),
        "loading rules",
    ),
    Setting("kept_versions", 5, "versions", message("How many published versions are kept for undo."), "house", least=1),
    Setting("first_year", 2000, "year", message("A date before this year is told: it is probably mistyped."), "loading rules"),
    Setting("rule_future_date", "reject", "tell | reject | refuse", message("What to do with rows dated in the future."), "loading rules"),
    Setting("rule_old_date", "tell", "tell | reject | refuse", message("What to do with rows older than the first year."), "loading rules"),
    Setting("rule_negative_price", "tell", "tell | reject | refuse", message("What to do with rows of a negative price."), "loading rules"),
    Setting("rule_zero_price", "tell", "tell | reject | refuse", message("What to do with rows of a price of zero."), "loading rules"),
    Setting("rule_zero_qty", "tell", "tell | reject | refuse", message("What to do with rows that have an amount but no quantity."), "loading rules"),
    Setting("rule_no_unit_price", "tell", "tell | reject | refuse", message("What to do with unit prices of zero or less."), "loading rules"),
    Setting("rule_withdrawn", "tell", "tell | reject | refuse", message("What to do with sales of a withdrawn product."), "loading rules"),
    Setting(
        "rule_before_launch",
        "tell",
        "tell | reject | refuse",
        message("What to do with sales of a product before it entered the catalogue."),
        "loading rules",
    ),
    Setting("rule_negative_stock", "tell", "tell | reject | refuse", message("What to do with negative stocks."), "loading rules"),
    Setting("rule_stock_jump", "tell", "tell | reject | refuse", message("What to do with stocks that grew out of proportion."), "loading rules"),
    Setting("rule_returns_exceed_sales", "tell", "tell | reject | refuse", message("What to do where a dealer returned more than it bought."), "loading rules"),
    Setting("reader_memory_mb", 1024, "MB", message("Memory that the reader of one workbook may use."), "loading rules"),
    Setting("reader_seconds", 30, "seconds", message("Time that the reader of one workbook may take."), "loading rules"),
    Setting("build_memory_mb", 2048, "MB", message("Memory that the database may use while it builds."), "loading rules"),
    Setting(
        "keep_from_rows",
        200_000,
        "rows",
        message("With so many rows a load also keeps what pages would else work out each time; with fewer that is as quick."),
        "loading rules",
    ),
    Setting("largest_file_mb", 4096, "MB", message("A larger text file is refused."), "loading rules"),
    Setting("longest_line_kb", 1024, "KB", message("A longer line is refused: it is not a table."), "loading rules"),
    Setting("most_columns", 1000, "columns", message("A file with more columns is refused: it is not a table."), "loading rules"),
    Setting("largest_zip_ratio", 100, "times", message("A packed file that grows by more than this is refused."), "loading rules"),
)
