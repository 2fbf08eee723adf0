"""Keys, logs and acts of privacy."""

from privacy.models.assessments import Assessment
from privacy.models.keys import SubjectKey
from privacy.models.logs import ReadLog, Share

__all__ = ["Assessment", "ReadLog", "Share", "SubjectKey"]
