"""Settings of the pretix that the tests start: its own, with tables made at once."""

from pretix.settings import *  # noqa: F403
from pretix.settings import STORAGES, TEMPLATES, template_loaders


class WithoutMigrations:
    """Tables are made from the models: migrating an empty database takes a minute."""

    def __contains__(self, app):
        return True

    def __getitem__(self, app):
        return None

    def setdefault(self, app, default=None):  # noqa: ARG002 - Django's names
        return None


MIGRATION_MODULES = WithoutMigrations()
EMAIL_BACKEND = EMAIL_CUSTOM_SMTP_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
COMPRESS_ENABLED = COMPRESS_OFFLINE = False
COMPRESS_PRECOMPILERS = ()
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
TEMPLATES[0]["OPTIONS"]["loaders"] = (("django.template.loaders.cached.Loader", template_loaders),)
