"""The plain table that the bare view and the raw statements work on."""

TABLE = """CREATE TABLE IF NOT EXISTS bench_plain (
    id uuid PRIMARY KEY, ref varchar(10), place varchar(32), opened_on date, danger varchar(12), way varchar(12),
    told text, phone varchar(40), stage varchar(12)
)"""
INDEX = "CREATE INDEX IF NOT EXISTS bench_plain_by_place ON bench_plain (place, opened_on DESC, id)"
FIGURES = "CREATE TABLE IF NOT EXISTS bench_figure (place varchar(32) PRIMARY KEY, n integer)"
TOLD = "Кечинде үйдөн кыйкырык угулду. " * 7
