"""Formats as people there write them. Django's own Kyrgyz and Russian ones differ; see kalka.ui.writing for sentences."""
