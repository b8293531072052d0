"""
Streamlit's settings, the same however the server is started.

They are named in ``.streamlit/config.toml`` beside ``app.py`` alone. ``streamlit run`` reads
that file from any folder, and needs some of it before ``app.py`` is imported. Another ASGI
server, such as uvicorn, reads it from the project's folder alone and ignores Streamlit's
environment variables; `apply_settings` mends both.
"""

from __future__ import annotations

import logging
import os
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from streamlit import config
from streamlit.config_option import ConfigOption

from geo.configuration import BadSetting
from geo.paths import STREAMLIT_SETTINGS
from geo.wording import _

#: how Streamlit marks an option that ``streamlit run`` took from a flag or the environment
BY_OPERATOR = "command-line argument or environment variable"
#: what no flag, variable or file changes: the privacy notice says that nothing is sent
FIXED: Mapping[str, Any] = {"browser.gatherUsageStats": False}
_TRUE = frozenset({"1", "true", "t", "yes", "y", "on"})


def apply_settings() -> None:
    """
    Set Streamlit's options; called before ``st.App`` is made.

    A flag and a ``STREAMLIT_*`` variable go before the atlas's settings, and these before any
    other ``config.toml``. `FIXED` goes before all.
    """
    _name_a_home()
    # Streamlit reads all its files again when one of them changes, which would undo these
    config.on_config_parsed(_set, force_connect=True)
    _set()


def refuse_base_path() -> None:
    """
    Refuse Streamlit's own setting for a path: it would move some addresses and not the others.

    Raises
    ------
    BadSetting
        With the setting to use in its place.
    """
    path = str(config.get_option("server.baseUrlPath")).strip("/")
    if path:
        raise BadSetting(
            _(
                "Set ATLAS_ROOT=/{path} in place of Streamlit’s server.baseUrlPath, which moves "
                "the dashboard without its links, files and feeds."
            ).format(path=path)
        )


def atlas_settings() -> dict[str, Any]:
    """Return the atlas's settings by option, such as ``server.headless``."""
    return dict(_flat(tomllib.loads(STREAMLIT_SETTINGS.read_text(encoding="utf-8"))))


def _flat(table: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in table.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{above}{name}.")
        else:
            yield f"{above}{name}", value


def _name_a_home() -> None:
    """Name a home folder for a user without one: Streamlit looks for settings there."""
    try:
        Path.home()
    except RuntimeError:
        os.environ["HOME"] = os.sep


def _set() -> None:
    options = config.get_config_options()
    for key, value in atlas_settings().items():
        if key in options and options[key].where_defined != BY_OPERATOR:
            config.set_option(key, value, str(STREAMLIT_SETTINGS))
    for key, value in _from_environment(options):
        config.set_option(key, value, BY_OPERATOR)
    for key, value in FIXED.items():
        if options[key].value != value:
            logging.getLogger("atlas").warning("%s stays %s in the atlas", key, value)
            config.set_option(key, value, str(STREAMLIT_SETTINGS))


def _from_environment(options: Mapping[str, ConfigOption]) -> Iterator[tuple[str, Any]]:
    """Read the variables that ``streamlit run`` would have read; it reads secret ones itself."""
    for key, option in options.items():
        text = os.environ.get(option.env_var)
        if text and not option.sensitive and option.where_defined != BY_OPERATOR:
            yield key, _converted(text, option)


def _converted(text: str, option: ConfigOption) -> Any:
    if option.multiple:
        return text.split()
    if option.type is bool:
        return text.strip().lower() in _TRUE
    return option.type(text)
