# Packages are installed where pip is, and only their folder goes on.
FROM python:3.11-slim AS packages
WORKDIR /packages
COPY requirements.lock .
RUN python -m venv --without-pip /venv \
    && python -m pip --python /venv/bin/python install --no-cache-dir --disable-pip-version-check \
        --require-hashes --only-binary :all: -r requirements.lock

FROM python:3.11-slim
LABEL org.opencontainers.image.title="三进通" org.opencontainers.image.licenses="MIT"
# The image's own pip goes too: nothing is installed in a running house.
RUN python -m pip uninstall -qy --root-user-action ignore pip setuptools wheel || true \
    && useradd --system --uid 10001 --no-create-home sanjin \
    && install -d -o sanjin -g sanjin /app/var
COPY --from=packages /venv /venv
WORKDIR /app
COPY gunicorn.conf.py pyproject.toml LICENSE ./
COPY backend backend
COPY search search
COPY miniprogram_api miniprogram_api
COPY admin admin
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 FLASK_SKIP_DOTENV=1 \
    FLASK_APP=backend.app HOST=0.0.0.0 PORT=8000
USER sanjin
VOLUME /app/var
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
    CMD ["python", "-c", "import os, urllib.request as u; u.urlopen(f'http://127.0.0.1:{os.environ[\"PORT\"]}/healthz', timeout=4)"]
# Migrations are safe to repeat; exec leaves gunicorn as the process that is told to stop.
CMD ["sh", "-c", "flask migrate && exec python -m backend.serve"]
