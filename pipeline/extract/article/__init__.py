"""The article of a page: title, authors, agency, date, section, site and body, without boilerplate and comments."""

from pipeline.extract.article.html import article_of_html
from pipeline.extract.article.record import Article, LeftOut
from pipeline.extract.article.text import article_of_text

__all__ = ["Article", "LeftOut", "article_of_html", "article_of_text"]
