"""Generated proposals take their time on a busy machine: how long one takes is not what these tests are about."""

from hypothesis import settings

settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
