"""The files of ``deploy/`` fit the code and each other."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from streamlit import config

from geo.paths import PROJECT
from geo.server.request_limits import BODY, HEADERS, TARGET
from tests.deploy.serving import DEPLOY, container_command

DOCKERFILE = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
KUBERNETES = list(yaml.safe_load_all((DEPLOY / "kubernetes.yaml").read_text(encoding="utf-8")))
NGINX = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
SERVICE = (DEPLOY / "atlas.service").read_text(encoding="utf-8")
CADDYFILE = (DEPLOY / "Caddyfile").read_text(encoding="utf-8")
PORT = 8501
USER = 10001


def code() -> str:
    """Everything that serving reads settings in, and the start script."""
    files = [PROJECT / "app.py", *PROJECT.glob("geo/**/*.py"), DEPLOY / "start"]
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


def kind(name: str) -> dict[str, Any]:
    """The one Kubernetes resource of a kind."""
    (found,) = [resource for resource in KUBERNETES if resource["kind"] == name]
    assert isinstance(found, dict)
    return found


def container() -> dict[str, Any]:
    (found,) = kind("Deployment")["spec"]["template"]["spec"]["containers"]
    assert isinstance(found, dict)
    return found


def settings() -> Iterator[tuple[str, str]]:
    """Each setting that a file of deploy/ gives the server, with the file's name."""
    for name in COMPOSE["services"]["atlas-1"]["environment"]:
        yield "compose.yaml", name
    for name in kind("ConfigMap")["data"]:
        yield "kubernetes.yaml", name
    for entry in container()["env"]:
        yield "kubernetes.yaml", entry["name"]
    for name in re.findall(r"\b((?:ATLAS|STREAMLIT)_[A-Z_]+)=", DOCKERFILE):
        yield "Dockerfile", name
    for name in re.findall(r"\b((?:ATLAS|STREAMLIT)_[A-Z_]+)=", SERVICE):
        yield "atlas.service", name


@pytest.mark.parametrize(("file", "name"), [*settings()])
def test_each_setting_is_one_that_something_reads(file: str, name: str) -> None:
    options = {option.env_var for option in config.get_config_options().values()}
    uvicorns = {"FORWARDED_ALLOW_IPS"}
    assert name in options | uvicorns or re.search(rf"\b{name}\b", code()), (file, name)


def test_each_setting_of_a_publisher_can_be_set() -> None:
    read = set(re.findall(r"\bATLAS_[A-Z]+(?:_[A-Z]+)*\b", code()))
    curators = {"ATLAS_ROLES"}  # who signs off releases, which is not done on the server
    for given in (COMPOSE["services"]["atlas-1"]["environment"], kind("ConfigMap")["data"]):
        assert read - curators - {"ATLAS_DATA"} <= set(given)


# the container ------------------------------------------------------------------------------


def test_the_container_is_one_process_of_a_user_without_rights() -> None:
    command = container_command(PORT)
    assert command[command.index("--workers") + 1] == "1"
    assert re.findall(r"^USER (.*)$", DOCKERFILE, re.MULTILINE) == [f"{USER}:{USER}"]
    last = DOCKERFILE.rpartition("\nFROM ")[2]
    # what runs is the last thing said about the user
    assert last.index("\nUSER ") > last.rindex("\nRUN ")
    assert f"EXPOSE {PORT}" in DOCKERFILE
    assert (DEPLOY / "start").stat().st_mode & 0o111 == 0o111


def test_nothing_that_builds_is_left_in_the_image() -> None:
    _, last = DOCKERFILE.split("\nFROM ")[1:]
    assert not re.search(r"\b(apt-get|pip install|gcc|build-essential)\b", last)
    assert "--without-pip /srv/atlas/.venv" in DOCKERFILE
    assert "--only-binary :all:" in DOCKERFILE


def test_the_health_check_asks_what_the_server_answers() -> None:
    (check,) = re.findall(r"HEALTHCHECK.*\\\n +CMD \[\"python\", \"-c\", \"(.*)\"\]", DOCKERFILE)
    assert f"'127.0.0.1', {PORT}" in check
    assert "'/healthz'" in check
    compile(check, "health check", "exec")


def test_only_what_serving_needs_is_in_the_image_and_never_the_ledger() -> None:
    lines = (PROJECT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    rules = [line for line in lines if line and not line.startswith("#")]
    assert rules[0] == "*"
    named = [line[1:] for line in rules if line.startswith("!")]
    assert [name for name in named if not (PROJECT / name).exists()] == []
    assert [name for name in named if name.startswith("data")] == ["data/datapackage.json"]
    assert {"app.py", "geo", "pages", "requirements.txt", "constraints.txt"} <= set(named)
    assert {"deploy/start", ".streamlit/config.toml"} <= set(named)


# compose ------------------------------------------------------------------------------------


def test_the_replicas_of_compose_are_those_of_nginx() -> None:
    services = {n: s for n, s in COMPOSE["services"].items() if n != "nginx"}
    assert len(services) == 3
    assert set(re.findall(r"server (atlas-\d+):8501", NGINX)) == set(services)
    hosts = dict(line.split(":") for line in COMPOSE["services"]["nginx"]["extra_hosts"])
    given = {n: s["networks"]["inside"]["ipv4_address"] for n, s in services.items()}
    assert hosts == given
    assert len(set(given.values())) == len(given)
    published = COMPOSE["services"]["nginx"]["ports"][0].rpartition(":")[2]
    assert f"listen {published};" in NGINX


@pytest.mark.parametrize("name", [*COMPOSE["services"]])
def test_each_service_of_compose_can_do_little(name: str) -> None:
    service = COMPOSE["services"][name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert "privileged" not in service
    assert "docker.sock" not in str(service)
    if name != "nginx":
        # nothing outside reaches a replica, and it reaches nothing
        assert "ports" not in service
        assert list(service["networks"]) == ["inside"]
        assert service["volumes"][0].endswith(":/data:ro")
        (secret,) = service["secrets"]
        file = service["environment"]["STREAMLIT_SERVER_COOKIE_SECRET_FILE"]
        assert file == f"/run/secrets/{secret}"
        assert secret in COMPOSE["secrets"]
    assert COMPOSE["networks"]["inside"]["internal"] is True


def test_no_secret_is_in_the_repository() -> None:
    secret = COMPOSE["secrets"]["cookie_secret"]["file"].removeprefix("./")
    ignored = (PROJECT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert f"/deploy/{secret}" in ignored
    assert all(resource["kind"] != "Secret" for resource in KUBERNETES)


# Kubernetes ---------------------------------------------------------------------------------


def test_every_selector_finds_the_pods() -> None:
    template = kind("Deployment")["spec"]["template"]
    labels = template["metadata"]["labels"]
    spread = template["spec"]["topologySpreadConstraints"]
    selectors = [
        kind("Deployment")["spec"]["selector"]["matchLabels"],
        kind("Service")["spec"]["selector"],
        kind("PodDisruptionBudget")["spec"]["selector"]["matchLabels"],
        kind("NetworkPolicy")["spec"]["podSelector"]["matchLabels"],
        *(one["labelSelector"]["matchLabels"] for one in spread),
    ]
    assert all(selector.items() <= labels.items() for selector in selectors)


def test_every_port_and_name_leads_somewhere() -> None:
    (port,) = container()["ports"]
    assert port["containerPort"] == PORT
    (service,) = kind("Service")["spec"]["ports"]
    assert service["targetPort"] == port["name"]
    (rule,) = kind("Ingress")["spec"]["rules"]
    (path,) = rule["http"]["paths"]
    assert path["backend"]["service"]["name"] == kind("Service")["metadata"]["name"]
    assert path["backend"]["service"]["port"]["name"] == service["name"]
    assert kind("Ingress")["spec"]["tls"][0]["hosts"] == [rule["host"]]
    for probe in ("startupProbe", "readinessProbe", "livenessProbe"):
        assert container()[probe]["httpGet"]["port"] == port["name"]
    (ingress,) = kind("NetworkPolicy")["spec"]["ingress"]
    assert ingress["ports"] == [{"port": port["name"]}]
    target = kind("HorizontalPodAutoscaler")["spec"]["scaleTargetRef"]
    assert (target["kind"], target["name"]) == ("Deployment", "atlas")
    (source,) = container()["envFrom"]
    assert source["configMapRef"]["name"] == kind("ConfigMap")["metadata"]["name"]
    pod = kind("Deployment")["spec"]["template"]["spec"]
    volumes = {volume["name"]: volume for volume in pod["volumes"]}
    assert {mount["name"] for mount in container()["volumeMounts"]} == set(volumes)
    claim = volumes["data"]["persistentVolumeClaim"]["claimName"]
    assert claim == kind("PersistentVolumeClaim")["metadata"]["name"]


def test_the_cookie_secret_is_the_one_that_the_file_says_how_to_make() -> None:
    text = (DEPLOY / "kubernetes.yaml").read_text(encoding="utf-8")
    (secret,) = container()["env"]
    key = secret["valueFrom"]["secretKeyRef"]
    assert f"create secret generic {key['name']} " in text
    assert f"--from-literal={key['key']}=" in text


def test_a_pod_can_do_little_and_reaches_nothing() -> None:
    pod = kind("Deployment")["spec"]["template"]["spec"]
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["securityContext"]["runAsUser"] == USER
    assert pod["securityContext"]["seccompProfile"]["type"] == "RuntimeDefault"
    assert pod["automountServiceAccountToken"] is False
    own = container()["securityContext"]
    assert own["readOnlyRootFilesystem"] is True
    assert own["allowPrivilegeEscalation"] is False
    assert own["capabilities"] == {"drop": ["ALL"]}
    assert kind("NetworkPolicy")["spec"]["egress"] == []
    mounts = {mount["mountPath"]: mount for mount in container()["volumeMounts"]}
    assert mounts["/data"]["readOnly"] is True


def test_enough_replicas_are_left_whatever_is_done_to_the_cluster() -> None:
    scaler = kind("HorizontalPodAutoscaler")["spec"]
    assert kind("PodDisruptionBudget")["spec"]["minAvailable"] < scaler["minReplicas"] == 3
    # a number here would undo the scaler's at each change
    assert "replicas" not in kind("Deployment")["spec"]
    assert kind("Deployment")["spec"]["strategy"]["rollingUpdate"]["maxUnavailable"] == 0


# one machine --------------------------------------------------------------------------------


def test_the_service_starts_what_the_container_starts() -> None:
    (line,) = re.findall(r"^ExecStart=(.*)$", SERVICE, re.MULTILINE)
    words = line.split()
    assert words[1] == "-m"
    # behind Caddy on the same machine
    assert words[2:] == container_command(PORT)[3:]
    assert f"reverse_proxy 127.0.0.1:{PORT} " in CADDYFILE


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd here")
def test_systemd_takes_the_service_and_finds_it_well_shut(tmp_path: Path) -> None:
    unit = tmp_path / "atlas.service"
    # the program is not on this machine
    unit.write_text(re.sub(r"(?<=ExecStart=)\S+", "/bin/true", SERVICE), encoding="utf-8")
    verified = subprocess.run(
        ["systemd-analyze", "verify", str(unit)], capture_output=True, text=True, check=False
    )
    assert (verified.returncode, str(unit) in verified.stderr) == (0, False), verified.stderr
    exposed = subprocess.run(
        ["systemd-analyze", "security", "--offline=true", "--threshold=15", str(unit)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert exposed.returncode == 0, exposed.stdout


@pytest.mark.skipif(shutil.which("caddy") is None, reason="there is no Caddy here")
def test_caddy_takes_its_file() -> None:
    done = subprocess.run(
        ["caddy", "validate", "--adapter", "caddyfile", "--config", str(DEPLOY / "Caddyfile")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_the_text_to_paste_is_what_the_files_have() -> None:
    readme = (DEPLOY / "README.md").read_text(encoding="utf-8")
    for kind_, text in (("nginx", NGINX), ("caddyfile", CADDYFILE)):
        present = {line.strip(" \t#") for line in text.splitlines()}
        pasted = "\n".join(re.findall(rf"```{kind_}\n(.*?)```", readme, re.DOTALL))
        lines = {line.strip() for line in pasted.splitlines()}
        assert len(lines) > 5
        assert lines <= present


def test_the_proxies_allow_what_the_replicas_allow() -> None:
    (buffers, line) = re.findall(r"^ *large_client_header_buffers (\d+) (\d+)k;$", NGINX, re.M)[0]
    assert int(line) * 1024 > TARGET
    assert int(buffers) * int(line) * 1024 > TARGET + HEADERS
    assert f"client_max_body_size {BODY // 1024}k;" in NGINX
    assert f"max_size {BODY // 1024}KB" in CADDYFILE
    assert f"max_header_size {(TARGET + HEADERS) // 1000 + 1}KB" in CADDYFILE
