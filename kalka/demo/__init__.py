"""The demo world: invented people in an invented territory, written through the same commands as everything else."""
