# Two images:
#   full (the default)  everything: ingestion, extraction, the API. Has spaCy and its model.
#   api                 the API over a database that `full` fills. Without spaCy and the readers:
#                       POST /v1/extract and POST /v1/articles answer 503.
#
#   docker build -t onrecord .
#   docker build -t onrecord:api --target api .
#   docker run -v onrecord:/data -p 127.0.0.1:8000:8000 onrecord
#   docker run -v onrecord:/data -v "$PWD/articles:/articles:ro" onrecord onrecord ingest /articles
#
# A package mirror or a certificate authority of the builder's own is given as a secret, and stays
# out of the image: --secret id=pip.conf,src=FILE --secret id=ca.pem,src=FILE (pip.conf then says
# `cert = /run/secrets/ca.pem`).

# Both stages must have the same interpreter: the virtual environment points at it.
# The locks hold for other versions of Python, too.
ARG BASE=python:3.11-slim-bookworm

FROM ${BASE} AS packages
ENV PIP_CONFIG_FILE=/run/secrets/pip.conf \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PIP_ONLY_BINARY=:all: \
    PIP_REQUIRE_HASHES=1 \
    PIP_ROOT_USER_ACTION=ignore
RUN python3 -m venv /opt/venv
WORKDIR /build
COPY requirements-api.lock ./
RUN --mount=type=secret,id=pip.conf --mount=type=secret,id=ca.pem \
    /opt/venv/bin/pip install --no-cache-dir --no-compile --requirement requirements-api.lock

# Byte code is made here, since the user of the image may not write it; spaCy alone is seconds
# faster to import with it. It is taken unchecked: a copy's file times prove nothing.
FROM packages AS packages-api
RUN /opt/venv/bin/pip uninstall --yes pip setuptools \
    && find /opt/venv -depth -type d -name tests -exec rm -rf '{}' + \
    && python3 -m compileall -q -j 0 --invalidation-mode unchecked-hash /opt/venv/lib

FROM packages AS packages-full
COPY requirements.lock ./
RUN --mount=type=secret,id=pip.conf --mount=type=secret,id=ca.pem \
    /opt/venv/bin/pip install --no-cache-dir --no-compile --requirement requirements.lock \
    && /opt/venv/bin/pip uninstall --yes pip \
    && find /opt/venv -depth -type d -name tests -exec rm -rf '{}' + \
    && python3 -m compileall -q -j 0 --invalidation-mode unchecked-hash /opt/venv/lib

# The application as in a checkout: the migrations stand beside the package, and no build back end
# is needed to install it.
FROM ${BASE} AS application
WORKDIR /opt/onrecord
COPY LICENSE NOTICE ./
COPY migrations ./migrations
COPY app ./app
RUN mkdir bin \
    && printf '%s\n' '#!/opt/venv/bin/python3' 'from app.cli import main' \
        'if __name__ == "__main__":' '    main()' > bin/onrecord \
    && chmod 755 bin/onrecord \
    && python3 -m compileall -q --invalidation-mode unchecked-hash app migrations

FROM ${BASE} AS runtime
# The base brings its standard library without byte code, and installers, which nothing here uses.
RUN find /usr -depth \( -path '*/python3*/pip' -o -path '*/python3*/pip-*' \
        -o -path '*/python3*/ensurepip' -o -path '*/site-packages/*' \
        -o -path '*/bin/pip*' -o -path '*/bin/wheel' \) -exec rm -rf '{}' + \
    && python3 -m compileall -q -j 0 --invalidation-mode unchecked-hash \
        -x '/(site-packages|dist-packages|idlelib|lib2to3|test|tkinter|turtledemo)/' \
        "$(python3 -c 'import sysconfig; print(sysconfig.get_path("stdlib"))')" \
    && groupadd --system --gid 10001 onrecord \
    && useradd --system --uid 10001 --gid 10001 --no-create-home --home-dir /data onrecord \
    && install --directory --owner 10001 --group 10001 --mode 0750 /data
# PYTHONSAFEPATH: no module is ever imported from the working folder, which holds other people's
# files.
ENV LANG=C.UTF-8 \
    PATH=/opt/onrecord/bin:/opt/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONPATH=/opt/onrecord \
    PYTHONSAFEPATH=1 \
    PYTHONUNBUFFERED=1 \
    ONRECORD_DATABASE_URL=sqlite:////data/onrecord.db \
    ONRECORD_GAZETTEER=/data/gazetteer.db
LABEL org.opencontainers.image.title="Onrecord" \
      org.opencontainers.image.description="Who said what, about whom, where and when." \
      org.opencontainers.image.licenses="Apache-2.0"
WORKDIR /data
VOLUME /data
EXPOSE 8000
# By number, so that an orchestrator can see that it is not root.
USER 10001:10001
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python3", "-c", "from urllib.request import ProxyHandler, build_opener; build_opener(ProxyHandler({})).open('http://127.0.0.1:8000/healthz', timeout=4)"]
CMD ["sh", "-c", "onrecord migrate && exec onrecord serve --host 0.0.0.0 --port 8000"]

FROM runtime AS api
COPY --from=packages-api /opt/venv /opt/venv
COPY --from=application /opt/onrecord /opt/onrecord

FROM runtime AS full
COPY --from=packages-full /opt/venv /opt/venv
COPY --from=application /opt/onrecord /opt/onrecord
