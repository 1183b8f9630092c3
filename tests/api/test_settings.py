"""A process with a wrong environment does not start, and names the variable."""

import pytest

from api.settings import Settings, SettingsError, role_passwords, service_secret
from services.attachments.scanner import Scanner

APP = "postgresql://concordat_app:p%40ss@/concordat?host=%2Ftmp%2Fx"
SIGN_IN = "postgresql://concordat_sign_in:s%40fe@/concordat?host=%2Ftmp%2Fx"
KEY = "a random text that is long enough to seal with"
SAFE = {"ENVIRONMENT": "production", "APP_DATABASE_URL": APP, "PUBLIC_URL": "https://concordat.example"}


def test_a_development_needs_only_the_database() -> None:
    settings = Settings.from_environment({"APP_DATABASE_URL": APP})
    assert (settings.public_url, settings.environment) == ("http://127.0.0.1:8000", "development")


def test_a_complete_production_starts() -> None:
    assert Settings.from_environment(SAFE).public_url == "https://concordat.example"


def test_the_settings_print_no_password() -> None:
    assert "p%40ss" not in repr(Settings.from_environment(SAFE))


@pytest.mark.parametrize(
    ("changed", "name", "remedy"),
    [
        ({"APP_DATABASE_URL": ""}, "APP_DATABASE_URL", "is not set"),
        ({"APP_DATABASE_URL": "mysql://concordat_app@x/y"}, "APP_DATABASE_URL", "postgresql://"),
        ({"APP_DATABASE_URL": "postgresql://postgres:x@/concordat"}, "APP_DATABASE_URL", "connect as concordat_app"),
        ({"ENVIRONMENT": "prod"}, "ENVIRONMENT", "development or production"),
        ({"PUBLIC_URL": ""}, "PUBLIC_URL", "https"),
        ({"PUBLIC_URL": "http://concordat.example"}, "PUBLIC_URL", "use https"),
        ({"PUBLIC_URL": "http://127.0.0.1:8000"}, "PUBLIC_URL", "use https"),
        ({"PUBLIC_URL": "https://concordat.example/"}, "PUBLIC_URL", "scheme and host only"),
        ({"ENVIRONMENT": "development", "PUBLIC_URL": "http://concordat.example"}, "PUBLIC_URL", "127.0.0.1"),
        ({"CONCORDAT_DEVELOPMENT_PEOPLE": "people.json"}, "CONCORDAT_DEVELOPMENT_PEOPLE", "remove"),
        ({"DATABASE_URL": "postgresql://postgres:x@/concordat"}, "DATABASE_URL", "remove"),
    ],
)
def test_what_is_missing_or_unsafe_is_named_with_its_remedy(changed: dict[str, str], name: str, remedy: str) -> None:
    with pytest.raises(SettingsError) as refused:
        Settings.from_environment({**SAFE, **changed})
    assert str(refused.value).startswith(name)
    assert remedy in str(refused.value)
    assert "\n" not in str(refused.value)
    assert "p%40ss" not in str(refused.value)


def test_the_password_for_migrate_is_the_one_the_platform_will_use() -> None:
    known = {"APP_DATABASE_URL": APP, "SIGN_IN_DATABASE_URL": SIGN_IN}
    assert role_passwords(known) == ("p@ss", "s@fe")
    for name in known:
        without = known[name].replace(":p%40ss", "").replace(":s%40fe", "")
        with pytest.raises(SettingsError, match=f"^{name} holds no password"):
            role_passwords({**known, name: without})


def test_only_who_signs_people_in_needs_and_holds_the_address_for_it() -> None:
    assert Settings.from_environment({**SAFE, "SIGN_IN_DATABASE_URL": SIGN_IN}).sign_in_database_url == ""
    serving = Settings.from_environment(
        {**SAFE, "SIGN_IN_DATABASE_URL": SIGN_IN, "PROVIDER_SECRET_KEYS": KEY}, signs_in=True
    )
    assert serving.sign_in_database_url == SIGN_IN
    for wrong, sentence in (("", "is not set"), (APP, "connect as concordat_sign_in")):
        with pytest.raises(SettingsError, match=f"^SIGN_IN_DATABASE_URL .*{sentence}"):
            Settings.from_environment(
                {**SAFE, "SIGN_IN_DATABASE_URL": wrong, "PROVIDER_SECRET_KEYS": KEY}, signs_in=True
            )


def test_production_signs_nobody_in_without_a_key_for_providers_secrets() -> None:
    serving = {**SAFE, "SIGN_IN_DATABASE_URL": SIGN_IN}
    for wrong, sentence in (("", "is not set"), (" , ", "is not set"), (f"{KEY},short", "less than 32 characters")):
        with pytest.raises(SettingsError, match=f"^PROVIDER_SECRET_KEYS .*{sentence}"):
            Settings.from_environment({**serving, "PROVIDER_SECRET_KEYS": wrong}, signs_in=True)
    rotated = Settings.from_environment({**serving, "PROVIDER_SECRET_KEYS": f"{KEY} 2, {KEY}"}, signs_in=True)
    assert rotated.provider_secret_keys == (f"{KEY} 2", KEY)
    assert KEY not in repr(rotated)
    assert (
        Settings.from_environment({**serving, "ENVIRONMENT": "development"}, signs_in=True).provider_secret_keys == ()
    )


def test_a_service_without_its_secret_does_not_start() -> None:
    with pytest.raises(SettingsError, match="CONCORDAT_SERVICE_SECRET is not set"):
        service_secret({})


def test_attachments_have_a_folder_a_key_and_perhaps_a_scanner() -> None:
    serving = {**SAFE, "SIGN_IN_DATABASE_URL": SIGN_IN, "PROVIDER_SECRET_KEYS": KEY}
    assert Settings.from_environment(serving, signs_in=True).attachments.folder is None
    kept = {**serving, "ATTACHMENTS_FOLDER": "/srv/files"}
    assert Settings.from_environment(kept, signs_in=True).attachments.scanner == Scanner()
    for url, scanner in (("unix:/run/clamd", Scanner(path="/run/clamd")), ("tcp://av:1", Scanner(host="av", port=1))):
        assert Settings.from_environment({**kept, "CLAMD_URL": url}, signs_in=True).attachments.scanner == scanner
    for changed, sentence in (
        ({"ATTACHMENTS_FOLDER": "files"}, "ATTACHMENTS_FOLDER is no absolute path"),
        ({"CLAMD_URL": "http://av"}, "CLAMD_URL is neither"),
        ({"ENVIRONMENT": "development", "PROVIDER_SECRET_KEYS": ""}, "ATTACHMENTS_FOLDER needs PROVIDER_SECRET_KEYS"),
    ):
        with pytest.raises(SettingsError, match=f"^{sentence}"):
            Settings.from_environment({**kept, **changed}, signs_in=True)
