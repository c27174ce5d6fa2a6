"""An outlet's boilerplate: learned across its pages, written to a file that a person can edit, and read from it."""

from cleaners.profiles.files import (
    NO_PROFILES,
    TABLE,
    BadProfile,
    Profiles,
    outlet_of_page,
    parse_profiles,
    profiles_named,
    profiles_so_far,
    read_profiles,
    write_profile,
    write_profiles,
)
from cleaners.profiles.learning import LearnedLine, LearnedProfile, ProfileLearner
from cleaners.profiles.lessons import Lesson, lesson_line, parse_lesson

__all__ = [
    "NO_PROFILES",
    "TABLE",
    "BadProfile",
    "LearnedLine",
    "LearnedProfile",
    "Lesson",
    "ProfileLearner",
    "Profiles",
    "lesson_line",
    "outlet_of_page",
    "parse_lesson",
    "parse_profiles",
    "profiles_named",
    "profiles_so_far",
    "read_profiles",
    "write_profile",
    "write_profiles",
]
