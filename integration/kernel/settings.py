"""Settings: typed, frozen, read from the environment once, all problems at once."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from hmac import compare_digest
from pathlib import Path
from typing import Any, Self, cast

from environs import Env, EnvValidationError, validate

from integration.kernel import mail, quotas
from integration.kernel.addresses import problem_with
from integration.kernel.quotas import BadLimits

DEVELOPMENT_SECRET = "development-only-secret-change-me"
MIN_SECRET_LENGTH = 32
SECRET_NAMES = (
    "FANFARE_SECRET",
    "DATABASE_URL",
    "REDIS_URL",
    "FANFARE_METRICS_TOKEN",
    "FANFARE_BOT_CHECK_SECRET",
    "FANFARE_SMTP_URL",
    "FANFARE_SMS_URL",
    "FANFARE_SMS_TOKEN",
)
BOT_CHECKS = ("altcha", "turnstile", "hcaptcha")
SDK_DIR = Path(__file__).parents[2] / "sdk"
SDK_SCRIPT = Path("web-components", "dist", "fanfare.js")


class BadSettings(Exception):
    """The environment does not make a configuration; the text has a line per problem."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the environment says. No ``database_url`` means: run the embedded engines."""

    database_url: str | None
    redis_url: str | None
    data_dir: Path
    host: str
    port: int
    public_url: str
    secret: str
    previous_secrets: tuple[str, ...]
    env: str
    web_workers: int
    job_workers: int
    log_level: str
    log_format: str
    metrics_token: str | None
    trusted_proxies: int
    bot_check: str = "altcha"
    bot_check_effort: int = 2_000
    bot_check_site_key: str | None = None
    bot_check_secret: str | None = None
    smtp_url: str | None = None
    mail_from: str = "Fanfare <no-reply@localhost>"
    sms_url: str | None = None
    sms_token: str | None = None
    drand_url: str | None = None
    limits: Mapping[str, int] = field(default_factory=dict)
    sdk_dir: Path = SDK_DIR

    @property
    def embedded(self) -> bool:
        """Whether Postgres and Valkey are ours to run."""
        return self.database_url is None

    @property
    def development(self) -> bool:
        """Whether loopback targets, open metrics and the demo are allowed."""
        return self.env == "development"

    @property
    def sdk_built(self) -> bool:
        """Whether there is a script for pages to embed."""
        return (self.sdk_dir / SDK_SCRIPT).is_file()

    @classmethod
    def from_env(cls) -> Self:
        """Read ``FANFARE_*``, ``DATABASE_URL`` and ``REDIS_URL``.

        Raises ``BadSettings`` naming every bad variable, never its value.
        """
        env = Env(eager=False)
        env.add_parser("limits", _limits)
        settings = cls(
            database_url=env.str("DATABASE_URL", None) or None,
            redis_url=env.str("REDIS_URL", None) or None,
            host=env.str("FANFARE_HOST", "127.0.0.1"),
            port=env.int("FANFARE_PORT", 8000, validate=validate.Range(1, 65535)),
            public_url=env.str("FANFARE_PUBLIC_URL", ""),
            secret=env.str("FANFARE_SECRET", DEVELOPMENT_SECRET),
            previous_secrets=tuple(env.list("FANFARE_PREVIOUS_SECRETS", [])),
            env=env.str(
                "FANFARE_ENV",
                "development",
                validate=validate.OneOf(["development", "production"]),
            ),
            web_workers=env.int("FANFARE_WEB_WORKERS", 1, validate=validate.Range(1, 64)),
            job_workers=env.int("FANFARE_JOB_WORKERS", 1, validate=validate.Range(1, 64)),
            log_level=env.str(
                "FANFARE_LOG_LEVEL",
                "info",
                validate=validate.OneOf(["debug", "info", "warning", "error"]),
            ),
            log_format=env.str(
                "FANFARE_LOG_FORMAT", "console", validate=validate.OneOf(["console", "json"])
            ),
            metrics_token=env.str("FANFARE_METRICS_TOKEN", None) or None,
            trusted_proxies=env.int("FANFARE_TRUSTED_PROXIES", 0, validate=validate.Range(0, 8)),
            drand_url=env.str("FANFARE_DRAND_URL", "").rstrip("/") or None,
            limits=env.limits("FANFARE_LIMITS", "") or {},
            **_folders(env),
            **_bot_check(env),
            **_mail(env),
        )
        _refuse(_problems(settings) | _read_problems(env))
        return settings

    def base_url(self) -> str:
        """The address that callers reach us at, without a trailing slash."""
        return self.public_url.rstrip("/") or self.loopback_url()

    def loopback_url(self) -> str:
        """The address that this machine reaches us at."""
        everywhere = self.host in {"0.0.0.0", "::", ""}  # noqa: S104 - read, not bound
        host = "127.0.0.1" if everywhere else self.host
        return f"http://{f'[{host}]' if ':' in host else host}:{self.port}"


def hide_secrets() -> None:
    """Take the secrets out of the environment, which every request's environ repeats."""
    for name in (*SECRET_NAMES, "FANFARE_PREVIOUS_SECRETS"):
        os.environ.pop(name, None)


def _folders(env: Env) -> dict[str, Any]:
    return {
        "data_dir": Path(env.str("FANFARE_DATA_DIR", ".fanfare")).expanduser().absolute(),
        "sdk_dir": Path(env.str("FANFARE_SDK_DIR", "") or SDK_DIR).expanduser().absolute(),
    }


def _bot_check(env: Env) -> dict[str, Any]:
    return {
        "bot_check": env.str("FANFARE_BOT_CHECK", "altcha", validate=validate.OneOf(BOT_CHECKS)),
        "bot_check_effort": env.int(
            "FANFARE_BOT_CHECK_EFFORT", 2_000, validate=validate.Range(2, 1_000_000)
        ),
        "bot_check_site_key": env.str("FANFARE_BOT_CHECK_SITE_KEY", None) or None,
        "bot_check_secret": env.str("FANFARE_BOT_CHECK_SECRET", None) or None,
    }


def _limits(text: str, **_: Any) -> dict[str, int]:
    try:
        return quotas.read_limits(text)
    except BadLimits as error:
        raise EnvValidationError(str(error), [str(error)]) from error


def _mail(env: Env) -> dict[str, Any]:
    return {
        "smtp_url": env.str("FANFARE_SMTP_URL", None) or None,
        "mail_from": env.str("FANFARE_MAIL_FROM", "Fanfare <no-reply@localhost>"),
        "sms_url": env.str("FANFARE_SMS_URL", None) or None,
        "sms_token": env.str("FANFARE_SMS_TOKEN", None) or None,
    }


def _read_problems(env: Env) -> dict[str, str]:
    try:
        env.seal()
    except EnvValidationError as error:
        said = cast("Mapping[str, list[str]]", error.error_messages)
        return {name: " ".join(lines) for name, lines in said.items()}
    return {}


def _problems(settings: Settings) -> dict[str, str]:
    problems = {}
    if (settings.database_url is None) != (settings.redis_url is None):
        missing = "REDIS_URL" if settings.database_url else "DATABASE_URL"
        problems[missing] = "is missing: set DATABASE_URL and REDIS_URL both, or neither."
    if settings.database_url and not settings.database_url.startswith(
        ("postgresql://", "postgresql+psycopg://", "postgres://")
    ):
        problems["DATABASE_URL"] = "must start with postgresql://"
    if settings.redis_url and not settings.redis_url.startswith(
        ("redis://", "rediss://", "unix://", "valkey://", "valkeys://")
    ):
        problems["REDIS_URL"] = "must start with redis://, rediss:// or unix://"
    if settings.bot_check in BOT_CHECKS[1:]:
        for name in ("site_key", "secret"):
            if getattr(settings, f"bot_check_{name}") is None:
                said = f"is missing: {settings.bot_check} gives you one."
                problems[f"FANFARE_BOT_CHECK_{name.upper()}"] = said
    problems |= _address_problems(settings)
    if settings.env == "production":
        problems |= _production_problems(settings)
    return problems


def _address_problems(settings: Settings) -> dict[str, str]:
    problems = {}
    if settings.smtp_url is not None and (said := mail.problem_with_smtp(settings.smtp_url)):
        problems["FANFARE_SMTP_URL"] = said
    for name in ("sms_url", "drand_url"):
        url = getattr(settings, name)
        if url and (said := problem_with(url, allow_loopback=settings.development)):
            problems[f"FANFARE_{name.upper()}"] = said
    return problems


def _production_problems(settings: Settings) -> dict[str, str]:
    problems = {}
    if (
        compare_digest(settings.secret, DEVELOPMENT_SECRET)
        or len(settings.secret) < MIN_SECRET_LENGTH
    ):
        problems["FANFARE_SECRET"] = "must be set to at least 32 random characters in production."
    if not settings.public_url.startswith("https://"):
        problems["FANFARE_PUBLIC_URL"] = "must be the https:// address of this service."
    return problems


def _refuse(problems: dict[str, str]) -> None:
    if problems:
        lines = [f"{name}: {said}" for name, said in sorted(problems.items())]
        raise BadSettings("\n".join(lines))
